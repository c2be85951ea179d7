package firstspike.experiments.bench;

import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import firstspike.driver.service.ChipServer;
import firstspike.driver.service.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ServiceLoader;

/** A server on loopback in this process, and clients of it. */
final class ServedChips implements AutoCloseable {

    private static final LinkOptions LINKS = LinkOptions.defaults();

    private final ChipSource source;
    private final ChipServer server;

    private ServedChips(ChipSource source, ChipServer server) {
        this.source = source;
        this.server = server;
    }

    /**
     * Serves.
     *
     * @param source of the chips; belongs to the server from now on
     * @param options of the server
     * @return the running server
     */
    static ServedChips serve(ChipSource source, ServerOptions options) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new ServedChips(source, ChipServer.start(source, address, options));
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
        return "grpc://127.0.0.1:" + server.port() + "?chip=" + chip;
    }

    /** A session of its own on the first chip; the caller closes it. */
    ChipLink open() {
        ChipId chip = server.chips().get(0).chipId();
        return source(target(chip)).open(chip, LINKS);
    }

    @Override
    public void close() {
        server.close();
        source.close();
    }
}
