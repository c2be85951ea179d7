package firstspike.driver.remote;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/**
 * What a TLS handshake with a server agreed on.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipher suite
 * @param server subject of its certificate
 * @param end of that certificate
 */
public record TlsHandshake(String protocol, String cipher, String server, Instant end) {

    /**
     * Shakes hands once and closes the connection.
     *
     * @param address of the server
     * @param host name that its certificate must bear
     * @param tls what this side shows and whom it believes
     * @param patience how long it may take
     * @return what was agreed on
     * @throws IOException when there is no connection, or one side refuses the other
     */
    static TlsHandshake with(InetSocketAddress address, String host, SslContext tls, Duration patience)
            throws IOException {
        int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, patience.toMillis()));
        EventLoopGroup thread = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("firstspike-handshake", true), NioIoHandler.newFactory());
        try {
            Bootstrap bootstrap = new Bootstrap()
                    .group(thread)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            SslHandler handler = tls.newHandler(channel.alloc(), host, address.getPort());
                            handler.setHandshakeTimeoutMillis(millis);
                            channel.pipeline().addLast(handler);
                        }
                    });
            ChannelFuture connected = bootstrap.connect(address).awaitUninterruptibly();
            if (!connected.isSuccess()) {
                throw new IOException(connected.cause().getMessage(), connected.cause());
            }
            SslHandler handler = connected.channel().pipeline().get(SslHandler.class);
            if (!handler.handshakeFuture().awaitUninterruptibly().isSuccess()) {
                Throwable cause = handler.handshakeFuture().cause();
                throw new IOException(cause.getMessage(), cause);
            }
            TlsHandshake agreed = of(handler.engine().getSession());
            connected.channel().close().awaitUninterruptibly();
            return agreed;
        } finally {
            thread.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
        }
    }

    private static TlsHandshake of(SSLSession session) throws IOException {
        X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
        return new TlsHandshake(
                session.getProtocol(),
                session.getCipherSuite(),
                shown.getSubjectX500Principal().getName(),
                shown.getNotAfter().toInstant());
    }
}
