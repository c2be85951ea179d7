package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets and thread of a {@link ClientSession}: everything here but {@link #wake}, {@link #ended} and the futures
 * happens on the network thread.
 */
final class ClientNetwork implements ClientPort, ClientEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ClientNetwork.class);

    private static final Runnable NOTHING = () -> {};

    private final long origin = System.nanoTime();
    private final NetworkThread thread;
    private final InetSocketAddress data;
    private final InetSocketAddress reset;
    private final DatagramTap tap;
    private final DatagramFilter filter;
    private final FrameListener listener;
    private final ClientSession session;
    private final DueWork dueWork;
    private final SendGate gate = new SendGate();
    private final WakeUp wakeUp;
    private final CompletableFuture<BitfileInformation> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private volatile WireException ended;
    private volatile boolean closing;
    private Channel channel;
    private boolean written;

    ClientNetwork(
            NetworkThread thread,
            InetSocketAddress data,
            InetSocketAddress reset,
            String peer,
            HostArqOptions options,
            FrameListener listener,
            long loopbackWord) {
        this.thread = thread;
        this.data = data;
        this.reset = reset;
        this.tap = options.tap();
        this.filter = options.filter();
        this.listener = listener;
        this.session = new ClientSession(
                new SessionSettings(
                        peer, options.congestionControl(), options.oldestVersion(), options.newestCompatible()),
                this,
                this,
                loopbackWord);
        this.dueWork = new DueWork(thread.loop(), () -> guarded(NOTHING));
        this.wakeUp = new WakeUp(thread, () -> guarded(() -> session.pump(now())));
    }

    /** Begins the handshake; any thread. */
    void start() {
        thread.loop().execute(() -> guarded(() -> session.open()));
    }

    /** Begins the good-bye; any thread. */
    void startClose() {
        closing = true;
        gate.open();
        thread.loop().execute(() -> guarded(() -> session.close(now())));
    }

    /** Lets the network thread look at what was queued; any thread. */
    void wake() {
        wakeUp.ask();
    }

    /** The session's clock: ns since this object was made, since sessions want times that are not negative. */
    private long now() {
        return System.nanoTime() - origin;
    }

    /**
     * Why there was no room to send for so long; asks the network thread.
     *
     * @param blockedMillis how long
     * @return {@code TX_STALLED}, or what the session died of meanwhile
     */
    WireException stalled(long blockedMillis) {
        CompletableFuture<WireException> asked = new CompletableFuture<>();
        try {
            thread.loop().execute(() -> asked.complete(session.stalled(blockedMillis, now())));
        } catch (RejectedExecutionException e) {
            LOG.debug("session ended meanwhile: {}", e.getMessage());
            return session.failure();
        }
        return asked.join();
    }

    ClientSession session() {
        return session;
    }

    SendGate gate() {
        return gate;
    }

    /** Whether {@link #startClose} was called. */
    boolean closing() {
        return closing;
    }

    /** What the session died of, or null. */
    WireException ended() {
        return ended;
    }

    /** Completes when the handshake is over, one way or the other. */
    CompletableFuture<BitfileInformation> openedFuture() {
        return opened;
    }

    /** Completes when the session is over, for whatever reason. */
    CompletableFuture<Void> finishedFuture() {
        return finished;
    }

    /** A step of the session and what every step is followed by. The edge of the thread: errors of listeners end here. */
    private void guarded(Runnable step) {
        try {
            step.run();
            settle();
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void settle() {
        long now = now();
        if (dueWork.isDue(session.nextWakeNanos(), now)) {
            session.tick(now);
        }
        while (!finished.isDone() && (closing || listener.ready()) && session.deliver(1) > 0) {
            // one at a time, since each may take the last room
        }
        if (finished.isDone()) {
            return;
        }
        if (written) {
            written = false;
            channel.flush();
        }
        if (gate.somebodyWaits() && session.free() >= SendGate.BATCH) {
            gate.open();
        }
        dueWork.arm(session.nextWakeNanos(), now());
    }

    private void broken(RuntimeException e) {
        LOG.error("a session failed on its network thread", e);
        if (!finished.isDone()) {
            session.socketFailed("the listener failed: " + SocketFailure.text(e), e);
        }
    }

    @Override
    public void open(int attempt) {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        ChannelFuture bound = thread.bind(new InetSocketAddress(0), new Datagrams(attempt));
        bound.addListener(done -> guarded(() -> {
            if (!done.isSuccess()) {
                session.socketFailed(SocketFailure.text(done.cause()), done.cause());
                return;
            }
            channel = bound.channel();
            NetworkThread.noteBuffers(channel);
            session.socketReady(attempt, now());
        }));
    }

    @Override
    public void reset(byte[] bytes, int length) {
        // before connecting, since a connected socket of the JDK sends nowhere else
        channel.writeAndFlush(new DatagramPacket(copy(bytes, 0, length), reset), channel.voidPromise());
        Channel connecting = channel;
        connecting.connect(data).addListener(done -> {
            if (!done.isSuccess() && channel == connecting && !finished.isDone()) {
                session.socketFailed(SocketFailure.text(done.cause()), done.cause());
            }
        });
        tapped(local(), reset, bytes, 0, length);
    }

    @Override
    public void datagram(byte[] bytes, int from, int length) {
        tapped(local(), data, bytes, from, length);
        if (passes(true) && channel.isWritable()) {
            channel.write(copy(bytes, from, length), channel.voidPromise());
            written = true;
        }
    }

    private boolean passes(boolean leaving) {
        return filter == DatagramFilter.NONE || !opened.isDone() || filter.passes(leaving);
    }

    private ByteBuf copy(byte[] bytes, int from, int length) {
        return channel.alloc().directBuffer(length, length).writeBytes(bytes, from, length);
    }

    private InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    private void tapped(InetSocketAddress source, InetSocketAddress destination, byte[] bytes, int from, int length) {
        if (tap != DatagramTap.NONE) {
            tap.datagram(
                    source,
                    destination,
                    ByteBuffer.wrap(bytes, from, length).slice().asReadOnlyBuffer());
        }
    }

    @Override
    public void opened(BitfileInformation information) {
        opened.complete(information);
    }

    @Override
    public void frame(int packetType, long[] words, int count) {
        if (!closing) {
            listener.frame(packetType, words, count);
        }
    }

    @Override
    public void failed(WireException cause) {
        ended = cause;
        boolean wasOpen = !opened.completeExceptionally(cause);
        finish();
        if (wasOpen && !closing) {
            listener.failed(cause);
        }
    }

    @Override
    public void closed(Optional<WireException> warning) {
        warning.ifPresent(w -> LOG.warn("{}", w.getMessage()));
        finish();
    }

    private void finish() {
        dueWork.cancel();
        if (channel != null) {
            // the good-bye's last acknowledgement may still wait
            channel.flush();
            channel.close();
        }
        finished.complete(null);
        gate.open();
    }

    /** Datagrams of the socket of one attempt. */
    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {

        private final int attempt;

        Datagrams(int attempt) {
            this.attempt = attempt;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            dueWork.received();
            if (finished.isDone() || !data.equals(packet.sender())) {
                // between binding and connecting anybody may send to the port
                return;
            }
            ByteBuf content = packet.content();
            ByteBuffer bytes = content.internalNioBuffer(content.readerIndex(), content.readableBytes());
            if (tap != DatagramTap.NONE) {
                tap.datagram(data, local(), bytes.slice().asReadOnlyBuffer());
            }
            if (passes(false)) {
                session.datagram(attempt, bytes, now());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            dueWork.readComplete();
            guarded(NOTHING);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (finished.isDone() || context.channel() != channel) {
                return;
            }
            if (SocketFailure.isRefusal(cause)) {
                guarded(session::refused);
            } else if (cause instanceof IOException) {
                guarded(() -> session.socketFailed(SocketFailure.text(cause), cause));
            } else {
                broken(new IllegalStateException(SocketFailure.text(cause), cause));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!finished.isDone() && context.channel() == channel) {
                guarded(() -> session.socketFailed("the socket was closed", null));
            }
        }
    }
}
