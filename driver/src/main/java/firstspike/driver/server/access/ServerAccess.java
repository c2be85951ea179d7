package firstspike.driver.server.access;

import firstspike.driver.credential.CredentialException;
import firstspike.driver.credential.FileWatch;
import firstspike.driver.credential.TlsFiles;
import firstspike.driver.credential.WatchedFiles;
import firstspike.driver.link.WallClock;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access of one server, its files read: what {@link AccessOptions} ask for, as gRPC takes it. Any thread. */
public final class ServerAccess {

    private static final Logger LOG = LoggerFactory.getLogger(ServerAccess.class);

    private final AccessOptions options;
    private final TokenTime time;
    private final Optional<Supplier<TokenTable>> tokens;
    private final Optional<SslContext> tls;
    private final Optional<ChannelHandler> watch;

    /**
     * Reads the files.
     *
     * @param options what is asked for
     * @param clock by which tokens expire
     * @throws CredentialException when a file cannot be used: it is not there, others may read the tokens, a line is wrong
     */
    public ServerAccess(AccessOptions options, WallClock clock) {
        this.options = options;
        time = new TokenTime(clock);
        FileWatch changes = new AuditedFiles(options.audit());
        tokens = options.tokens().map(file -> tokens(file, changes));
        tls = options.tls().map(files -> context(files, changes));
        watch = tls.map(context -> new HandshakeWatch(options.audit()));
    }

    private static Supplier<TokenTable> tokens(Path file, FileWatch watch) {
        try {
            return new WatchedFiles<>(List.of(file), () -> TokenTable.read(file), watch)::current;
        } catch (IOException e) {
            throw new CredentialException(e);
        }
    }

    private static SslContext context(TlsFiles files, FileWatch watch) {
        try {
            return files.server(watch);
        } catch (IOException e) {
            throw new CredentialException(e);
        }
    }

    /** Takes what has to be answered for. */
    public Audit audit() {
        return options.audit();
    }

    /**
     * Makes a server encrypt, as far as the options say so.
     *
     * @param server that is being built
     */
    public void apply(NettyServerBuilder server) {
        tls.ifPresent(server::sslContext);
    }

    /** Sees connections as they are accepted; empty when nothing is encrypted. Sharable. */
    public Optional<ChannelHandler> watch() {
        return watch;
    }

    /** After the server has ended. */
    public void close() {
        options.audit().sumUp();
    }

    /**
     * What every call has to pass, before anything else.
     *
     * @param refused counts calls that do not
     * @return puts the caller into the context of the call
     */
    public ServerInterceptor gate(Runnable refused) {
        boolean certificates = options.tls().flatMap(TlsFiles::authorities).isPresent();
        return new AccessGate(tokens, certificates, time, options.audit(), refused);
    }

    /** Writes down what happens to the files. */
    private record AuditedFiles(Audit audit) implements FileWatch {

        @Override
        public void reread(List<Path> files) {
            LOG.info("{} changed and was read again", names(files));
            record("in force: " + names(files));
        }

        @Override
        public void kept(List<Path> files, IOException why) {
            LOG.error(
                    "{} changed, but cannot be used; the old content stays in force: {}",
                    names(files),
                    why.getMessage());
            record("old content stays in force: " + why.getMessage());
        }

        private void record(String reason) {
            audit.record(new AuditEvent(AuditEvent.Kind.RELOADED, Caller.unproved(""), "", "", reason));
        }

        private static String names(List<Path> files) {
            return files.stream().map(Path::toString).collect(Collectors.joining(", "));
        }
    }
}
