package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets and thread of an {@link EndpointSession}. Everything happens on the network thread but {@link #wake},
 * {@link #bind}, {@link #stop} and what a {@link SessionSender} calls.
 */
final class EndpointNetwork implements EndpointPort, EndpointEvents {

    /** What {@link #currentSession} says after a host fell silent. */
    static final int NO_SESSION = 0;

    private static final Logger LOG = LoggerFactory.getLogger(EndpointNetwork.class);

    private static final Runnable NOTHING = () -> {};

    private final long origin = System.nanoTime();
    private final NetworkThread thread;
    private final EndpointHandler handler;
    private final EndpointSession session;
    private final DueWork dueWork;
    private final SendGate gate = new SendGate();
    private final WakeUp wakeUp;

    private volatile boolean stopped;
    private volatile int currentSession;
    private Channel data;
    private Channel reset;
    private boolean written;

    EndpointNetwork(NetworkThread thread, String informationText, EndpointHandler handler) {
        this.thread = thread;
        this.handler = handler;
        this.session = new EndpointSession(informationText, this, this);
        this.dueWork = new DueWork(thread.loop(), () -> guarded(NOTHING));
        this.wakeUp = new WakeUp(thread, () -> guarded(NOTHING));
    }

    /**
     * Binds both sockets; blocks shortly.
     *
     * @throws WireException {@code SOCKET}
     */
    void bind(InetSocketAddress dataAddress, int resetPort) {
        data = bound("data port of " + dataAddress, dataAddress, new DataPort());
        InetSocketAddress resetAddress = new InetSocketAddress(dataAddress.getAddress(), resetPort);
        reset = bound("reset port of " + resetAddress, resetAddress, new ResetPort());
        NetworkThread.noteBuffers(data);
    }

    private Channel bound(
            String what, InetSocketAddress address, SimpleChannelInboundHandler<DatagramPacket> datagrams) {
        var future = thread.bind(address, datagrams).awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw SocketFailure.bind(what, future.cause());
        }
        return future.channel();
    }

    int dataPort() {
        return ((InetSocketAddress) data.localAddress()).getPort();
    }

    int resetPort() {
        return ((InetSocketAddress) reset.localAddress()).getPort();
    }

    /** The endpoint's clock: ns since this object was made, since sessions want times that are not negative. */
    long now() {
        return System.nanoTime() - origin;
    }

    EndpointSession session() {
        return session;
    }

    SendGate gate() {
        return gate;
    }

    /** Whether {@link #stop} was called. */
    boolean isStopped() {
        return stopped;
    }

    /** Number of the session that senders may use. */
    int currentSession() {
        return currentSession;
    }

    /** Lets the network thread look at what was queued; any thread. */
    void wake() {
        wakeUp.ask();
    }

    /** Closes the sockets and ends the thread; any thread. */
    void stop() {
        stopped = true;
        gate.open();
        thread.stop();
    }

    /** The edge of the thread: errors of the handler end here and cost one step, not the endpoint. */
    private void guarded(Runnable step) {
        try {
            step.run();
            settle();
        } catch (RuntimeException e) {
            LOG.error("an endpoint failed on its network thread", e);
            dueWork.arm(session.nextWakeNanos(), now());
        }
    }

    private void settle() {
        long now = now();
        if (dueWork.isDue(session.nextWakeNanos(), now)) {
            session.tick(now);
        }
        while (handler.ready() && session.deliver(1) > 0) {
            // one at a time, since each may take the last room
        }
        // answers to what was delivered, and frames that others queued meanwhile
        session.pump(now());
        if (written) {
            written = false;
            data.flush();
        }
        if (gate.somebodyWaits() && session.free() >= SendGate.BATCH) {
            gate.open();
        }
        dueWork.arm(session.nextWakeNanos(), now());
    }

    @Override
    public void datagram(SocketAddress to, byte[] bytes, int from, int length) {
        if (!data.isWritable()) {
            return;
        }
        ByteBuf buffer = data.alloc().directBuffer(length, length).writeBytes(bytes, from, length);
        data.write(new DatagramPacket(buffer, (InetSocketAddress) to), data.voidPromise());
        written = true;
    }

    @Override
    public void sessionStarted(int number) {
        currentSession = number;
        // whoever waits for room in the session before has to hear of its end
        gate.open();
        handler.sessionStarted(new SessionSender(this, number));
    }

    @Override
    public void words(long[] words, int count) {
        handler.words(words, count);
    }

    @Override
    public void flushRequested() {
        handler.flushRequested();
    }

    @Override
    public void stopped(WireException cause) {
        LOG.warn("session {} given up until the next reset: {}", currentSession, cause.getMessage());
        currentSession = NO_SESSION;
        gate.open();
    }

    private final class DataPort extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            dueWork.received();
            session.datagram(packet.sender(), bytes(packet), now());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            dueWork.readComplete();
            guarded(NOTHING);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ignored(cause);
        }
    }

    private final class ResetPort extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            session.reset(packet.sender(), bytes(packet), now());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            guarded(NOTHING);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ignored(cause);
        }
    }

    private static ByteBuffer bytes(DatagramPacket packet) {
        ByteBuf content = packet.content();
        return content.internalNioBuffer(content.readerIndex(), content.readableBytes());
    }

    private void ignored(Throwable cause) {
        if (SocketFailure.isRefusal(cause)) {
            session.refused();
        } else {
            LOG.warn("socket of an endpoint: {}", SocketFailure.text(cause), cause);
        }
    }
}
