package firstspike.driver.credential;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * A context whose new connections use what the files say now. A whole context is exchanged rather than a key: nothing of
 * an old one, such as a session to be resumed, reaches past the change of its files.
 */
final class ReloadedContext extends SslContext {

    private final WatchedFiles<SslContext> files;

    ReloadedContext(WatchedFiles<SslContext> files) {
        this.files = files;
    }

    @Override
    public boolean isClient() {
        return files.current().isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return files.current().cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // the only way to say it
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return files.current().applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return files.current().newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return files.current().newEngine(allocator, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return files.current().sessionContext();
    }
}
