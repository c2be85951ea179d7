package firstspike.driver.access;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import java.util.concurrent.TimeUnit;

/**
 * The sockets of a server that speaks TLS: those that gRPC would open, with event loops of their own, and each connection
 * watched until its handshake is done. gRPC tells nobody of a handshake that failed.
 */
final class ServerSockets implements AutoCloseable {

    private static final long QUIET_MILLIS = 0;
    private static final long PATIENCE_MILLIS = 2000;

    private final EventLoopGroup accepting;
    private final EventLoopGroup working;
    private final Watch watch;

    /** @param audit hears of refused connections */
    ServerSockets(Audit audit) {
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        accepting = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("firstspike-accept", true), handlers);
        working = new MultiThreadIoEventLoopGroup(0, new DefaultThreadFactory("firstspike-server", true), handlers);
        watch = new Watch(audit);
    }

    void apply(NettyServerBuilder server) {
        server.bossEventLoopGroup(accepting).workerEventLoopGroup(working).channelFactory(this::open);
    }

    private ServerChannel open() {
        ServerChannel channel = Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        channel.pipeline().addLast(watch);
        return channel;
    }

    /** After the server has ended. */
    @Override
    public void close() {
        accepting.shutdownGracefully(QUIET_MILLIS, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        working.shutdownGracefully(QUIET_MILLIS, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sees connections as they are accepted. */
    @Sharable
    private static final class Watch extends ChannelInboundHandlerAdapter {

        private final Audit audit;

        Watch(Audit audit) {
            this.audit = audit;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (accepted instanceof Channel channel) {
                channel.pipeline().addLast(new RefusedConnection(audit));
            }
            context.fireChannelRead(accepted);
        }
    }
}
