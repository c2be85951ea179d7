package firstspike.experiments.bench;

import firstspike.driver.credential.FileWatch;
import firstspike.driver.credential.TlsFiles;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A server on loopback in this process, and clients of it. */
final class ServedChips implements AutoCloseable {

    private static final LinkOptions LINKS = LinkOptions.defaults();
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int MESSAGE_BYTES = 8 << 20;

    private final ChipSource source;
    private final ChipServer server;
    private final Optional<OwnCertificate> certificate;

    private ServedChips(ChipSource source, ChipServer server, Optional<OwnCertificate> certificate) {
        this.source = source;
        this.server = server;
        this.certificate = certificate;
    }

    /**
     * Serves.
     *
     * @param source of the chips; belongs to the server from now on
     * @param certificate makes it speak TLS; stays the caller's
     * @return the running server
     */
    static ServedChips serve(ChipSource source, Optional<OwnCertificate> certificate) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ServerOptions options = ServerOptions.defaults();
            if (certificate.isPresent()) {
                options = options.withAccess(
                        options.access().withTls(certificate.get().files()));
            }
            return new ServedChips(source, ChipServer.start(source, address, options), certificate);
        } catch (IOException e) {
            source.close();
            throw new IllegalStateException("no port on loopback: " + e.getMessage(), e);
        }
    }

    /**
     * @param text of a target
     * @return what the provider of its scheme gives
     */
    static ChipSource source(String text) {
        TargetUri uri = TargetUri.parse(text);
        for (LinkProvider provider : ServiceLoader.load(LinkProvider.class)) {
            if (provider.schemes().contains(uri.scheme())) {
                return provider.source(uri, LINKS);
            }
        }
        throw new IllegalStateException("no provider of " + uri.scheme() + " on the class path; build it again");
    }

    /** Target of a chip of the server. */
    String target(ChipId chip) {
        return certificate
                .map(own -> "grpcs://localhost:" + server.port() + "?chip=" + chip + "&ca_file=" + own.authority())
                .orElseGet(() -> "grpc://127.0.0.1:" + server.port() + "?chip=" + chip);
    }

    /** A session of its own on the first chip; the caller closes it. */
    ChipLink open() {
        ChipId chip = server.chips().get(0).chipId();
        return source(target(chip)).open(chip, LINKS);
    }

    /** A connection without a session, set up as the product's own client does it; the caller shuts it down. */
    ManagedChannel channel() {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress("localhost", server.port())
                .directExecutor()
                .flowControlWindow(WINDOW_BYTES)
                .maxInboundMessageSize(MESSAGE_BYTES);
        if (certificate.isEmpty()) {
            return builder.usePlaintext().build();
        }
        try {
            TlsFiles believed = new TlsFiles(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(certificate.get().authority()));
            return builder.sslContext(believed.client(new FileWatch() {
                                @Override
                                public void reread(List<Path> files) {}

                                @Override
                                public void kept(List<Path> files, IOException why) {}
                            })
                            .current())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        source.close();
    }
}
