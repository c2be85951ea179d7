package firstspike.driver.remote;

import firstspike.driver.credential.BearerToken;
import firstspike.driver.credential.CredentialException;
import firstspike.driver.credential.FileWatch;
import firstspike.driver.credential.TlsFiles;
import firstspike.driver.credential.WatchedFiles;
import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.Endpoint;
import firstspike.driver.link.TargetUri;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the connections of one target are encrypted, and who they say they are (targets.md 3). Files are read when the
 * target is named and again when they change: certificates for the next connection, tokens for the next call. Any thread.
 */
final class ClientAccess {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAccess.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Optional<WatchedFiles<SslContext>> tls;
    private final Optional<WatchedFiles<BearerToken>> token;

    private final boolean provesUser;

    private ClientAccess(
            Optional<WatchedFiles<SslContext>> tls, Optional<WatchedFiles<BearerToken>> token, boolean provesUser) {
        this.tls = tls;
        this.token = token;
        this.provesUser = provesUser;
    }

    /**
     * Reads what a target names.
     *
     * @param uri of the target, its options checked
     * @param endpoint of the server
     * @return its access
     * @throws UnknownTargetException for options that contradict each other
     * @throws CredentialException when a file cannot be used
     */
    static ClientAccess of(TargetUri uri, Endpoint endpoint) {
        boolean secure = uri.scheme().equals("grpcs");
        Optional<Path> tokenFile = file(uri, "token_file");
        if (tokenFile.isPresent() && !secure && !endpoint.isLoopback()) {
            throw new UnknownTargetException("target: '" + uri
                    + "' would send a token in plain text beyond loopback; use grpcs://, or leave token_file out");
        }
        if (file(uri, "cert_file").isPresent() != file(uri, "key_file").isPresent()) {
            throw new UnknownTargetException(
                    "target: '" + uri + "' names only one of cert_file and key_file; name both, or none");
        }
        try {
            Optional<WatchedFiles<SslContext>> tls = Optional.empty();
            if (secure) {
                TlsFiles files = new TlsFiles(file(uri, "cert_file"), file(uri, "key_file"), file(uri, "ca_file"));
                tls = Optional.of(files.client(new Log()));
            }
            Optional<WatchedFiles<BearerToken>> token = Optional.empty();
            if (tokenFile.isPresent()) {
                Path path = tokenFile.get();
                token = Optional.of(new WatchedFiles<>(List.of(path), () -> BearerToken.read(path), new Log()));
            }
            return new ClientAccess(
                    tls, token, token.isPresent() || file(uri, "cert_file").isPresent());
        } catch (IOException e) {
            throw new CredentialException(e);
        }
    }

    private static Optional<Path> file(TargetUri uri, String option) {
        return Optional.ofNullable(uri.options().get(option)).map(Path::of);
    }

    /** Whether a token or certificate says who calls. */
    boolean provesUser() {
        return provesUser;
    }

    /** How connections are encrypted now; empty: not at all. */
    Optional<SslContext> encryption() {
        return tls.map(WatchedFiles::current);
    }

    /**
     * Makes a channel what the target asks for.
     *
     * @param channel to one address
     * @param address of it
     * @return the same builder
     */
    NettyChannelBuilder apply(NettyChannelBuilder channel, InetSocketAddress address) {
        if (tls.isPresent()) {
            channel.sslContext(tls.get().current());
        } else {
            channel.usePlaintext();
        }
        // a name of this machine may have been given another address
        if (token.isPresent() && (tls.isPresent() || address.getAddress().isLoopbackAddress())) {
            channel.intercept(new Bearer(token.get()));
        }
        return channel;
    }

    /** Shows the token with every call. */
    private record Bearer(WatchedFiles<BearerToken> token) implements ClientInterceptor {

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    headers.put(AUTHORIZATION, "Bearer " + token.current().text());
                    super.start(listener, headers);
                }
            };
        }
    }

    private static final class Log implements FileWatch {

        @Override
        public void reread(List<Path> files) {
            LOG.info("{} changed and were read again", files);
        }

        @Override
        public void kept(List<Path> files, IOException why) {
            LOG.warn("{} changed, but cannot be used; the old content stays in force: {}", files, why.getMessage());
        }
    }
}
