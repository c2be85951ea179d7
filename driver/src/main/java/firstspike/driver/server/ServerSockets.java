package firstspike.driver.server;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The sockets of a server: those that gRPC would open, with event loops of their own, and each connection seen before gRPC has
 * it.
 */
final class ServerSockets implements AutoCloseable {

    /**
     * Loggers of gRPC that tell at length of clients that go while they are sent something, send too much or speak no HTTP/2: as
     * often as such a client likes. Held, or their level is forgotten.
     */
    private static final List<Logger> LOUD = List.of(
            Logger.getLogger("io.grpc.netty.NettyServerHandler"),
            Logger.getLogger("io.grpc.netty.NettyServerStream"),
            Logger.getLogger("io.grpc.netty.NettyServerTransport.connections"));

    private static final long QUIET_MILLIS = 0;
    private static final long PATIENCE_MILLIS = 2000;

    private final EventLoopGroup accepting;
    private final EventLoopGroup working;
    private final List<ChannelHandler> watchers;

    /** @param watchers sharable; read accepted channels in this order, and pass on those that gRPC is to serve */
    ServerSockets(List<ChannelHandler> watchers) {
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        accepting = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("firstspike-accept", true), handlers);
        working = new MultiThreadIoEventLoopGroup(0, new DefaultThreadFactory("firstspike-server", true), handlers);
        this.watchers = List.copyOf(watchers);
        LOUD.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    void apply(NettyServerBuilder server) {
        server.bossEventLoopGroup(accepting).workerEventLoopGroup(working).channelFactory(this::open);
    }

    private ServerChannel open() {
        ServerChannel channel = Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        watchers.forEach(channel.pipeline()::addLast);
        return channel;
    }

    /** After the server has ended. */
    @Override
    public void close() {
        accepting.shutdownGracefully(QUIET_MILLIS, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        working.shutdownGracefully(QUIET_MILLIS, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
