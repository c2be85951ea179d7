package firstspike.driver.server.access;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Has each connection watched from its acceptance until its handshake is done: gRPC tells nobody of one that failed. */
@Sharable
final class HandshakeWatch extends ChannelInboundHandlerAdapter {

    private final Audit audit;

    /** @param audit hears of refused connections */
    HandshakeWatch(Audit audit) {
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
