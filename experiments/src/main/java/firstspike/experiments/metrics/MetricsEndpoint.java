package firstspike.experiments.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Gives metrics out over HTTP on loopback: one page, {@code /metrics}, one answer a connection. Netty's server rather than the
 * one of the JDK, because that reads requests with a thread each and no time limit of its own.
 */
public final class MetricsEndpoint implements AutoCloseable {

    /** Connections at once; a further one is closed. */
    static final int CONNECTIONS = 16;

    private static final int PATIENCE_SECONDS = 10;
    private static final int LINE_BYTES = 1024;
    private static final int HEADER_BYTES = 8192;
    private static final int CHUNK_BYTES = 1024;

    private final EventLoopGroup thread;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel socket;

    private MetricsEndpoint(int port, MetricsPage page) throws IOException {
        thread = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("firstspike-metrics", true), NioIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, CONNECTIONS)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        begin(channel, page);
                    }
                });
        var bound = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            thread.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "port " + port + " of loopback cannot be had ("
                            + bound.cause().getMessage() + ")",
                    bound.cause());
        }
        socket = bound.channel();
    }

    /**
     * Starts; connections are accepted when it returns.
     *
     * @param port of loopback, 0 takes a free one
     * @param metrics what is given out
     * @return closes to stop
     * @throws IOException when the port cannot be had
     */
    public static MetricsEndpoint start(int port, ServerMetrics metrics) throws IOException {
        return new MetricsEndpoint(port, new MetricsPage(metrics::text));
    }

    private void begin(SocketChannel channel, MetricsPage page) {
        if (connections.size() >= CONNECTIONS) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline()
                .addLast(new ReadTimeoutHandler(PATIENCE_SECONDS))
                .addLast(new WriteTimeoutHandler(PATIENCE_SECONDS))
                .addLast(new HttpServerCodec(LINE_BYTES, HEADER_BYTES, CHUNK_BYTES))
                .addLast(new HttpObjectAggregator(CHUNK_BYTES, true))
                .addLast(page);
    }

    /** Where it listens. */
    public int port() {
        return ((InetSocketAddress) socket.localAddress()).getPort();
    }

    @Override
    public void close() {
        socket.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        thread.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
