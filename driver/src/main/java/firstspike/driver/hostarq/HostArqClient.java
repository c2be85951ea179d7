package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One session with an FPGA over UDP, host side (wire.md 12 to 16). Any thread may call; frames arrive at the {@link
 * FrameListener} on the session's own network thread, which ends with the session.
 */
public final class HostArqClient implements AutoCloseable {

    /** Most words of a frame (wire.md 11). */
    public static final int WORDS_PER_FRAME = 180;

    /** Frames after which a long {@code send} wakes the network thread, so that it sends while the rest is queued. */
    private static final int FRAMES_A_WAKE = 32;

    /** The good-bye takes at most 500 ms (wire.md 16); the rest is for a machine under load. */
    private static final long CLOSE_SECONDS = 2;

    /**
     * FPGAs with which this process has a session: a second one would reset the first (wire.md 12). Process-wide on purpose,
     * like the ports that it guards.
     */
    private static final Set<InetSocketAddress> BUSY = ConcurrentHashMap.newKeySet();

    private final HostArqAddress address;
    private final InetSocketAddress data;
    private final NetworkThread thread;
    private final ClientNetwork network;
    private final ReentrantLock oneSender = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private BitfileInformation information;

    private HostArqClient(
            HostArqAddress address, InetSocketAddress data, HostArqOptions options, FrameListener listener) {
        this.address = address;
        this.data = data;
        this.thread = NetworkThread.named(
                "hostarq-" + data.getAddress().getHostAddress() + "-" + data.getPort(), options.nativeTransport());
        this.network = new ClientNetwork(
                thread,
                data,
                new InetSocketAddress(data.getAddress(), address.resetPort()),
                address.toString(),
                options,
                listener,
                ThreadLocalRandom.current().nextLong());
    }

    /**
     * Resets the FPGA's side, checks its settings and its bitfile, and opens. Takes at most about 7 s.
     *
     * @param address of the FPGA; one session at a time in this process
     * @param options of the session
     * @param listener takes frames from now on, until closed
     * @return the open session
     * @throws WireException {@code ENDPOINT_BUSY}, {@code RESET_TIMEOUT}, {@code SETTINGS_MISMATCH}, {@code CFG_MALFORMED},
     *     {@code BITFILE_…}, {@code LOOPBACK_…}, {@code SOCKET}
     * @throws CancellationException when the calling thread is interrupted; its status stays set
     */
    public static HostArqClient open(HostArqAddress address, HostArqOptions options, FrameListener listener) {
        Objects.requireNonNull(listener, "listener");
        InetSocketAddress data = new InetSocketAddress(resolve(address), address.dataPort());
        if (!BUSY.add(data)) {
            throw error(
                    WireException.Code.ENDPOINT_BUSY,
                    address,
                    "a session is open",
                    "one session of a process with an FPGA",
                    "close the first one");
        }
        HostArqClient client = null;
        try {
            client = new HostArqClient(address, data, options, listener);
            client.awaitOpen();
            return client;
        } catch (RuntimeException | Error e) {
            if (client != null) {
                client.abandon();
            }
            BUSY.remove(data);
            throw e;
        }
    }

    private static InetAddress resolve(HostArqAddress address) {
        try {
            for (InetAddress candidate : InetAddress.getAllByName(address.host())) {
                if (candidate instanceof Inet4Address) {
                    return candidate;
                }
            }
        } catch (UnknownHostException e) {
            WireException unknown = unresolved(address);
            unknown.initCause(e);
            throw unknown;
        }
        throw unresolved(address);
    }

    private static WireException unresolved(HostArqAddress address) {
        return error(
                WireException.Code.SOCKET,
                address,
                "no IPv4 address for " + address.host(),
                "a name that resolves, or four numbers",
                "correct the name or write the address");
    }

    private void awaitOpen() {
        ConfigurationAnswer.prepare();
        network.start();
        try {
            information = network.openedFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WireException cause) {
                throw cause;
            }
            throw new IllegalStateException("session with " + address + " did not open", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException("interrupted while opening a session with " + address);
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /** What the FPGA said of itself when the session opened. */
    public BitfileInformation information() {
        return information;
    }

    /**
     * Sends words in frames of 180, the last one shorter. Returns when all are queued; blocks while 512 frames wait. Frames of
     * one call are together, whatever other threads send.
     *
     * @param packetType 0x0010 for words of the FPGA
     * @param words from where to copy
     * @param from index of the first
     * @param count of words
     * @throws WireException {@code TX_STALLED} after 10 s without room, {@code CLOSED}, or what the session died of
     * @throws CancellationException when the thread is interrupted while it waits; its status stays set, and frames that
     *     were queued before leave
     */
    public void send(int packetType, long[] words, int from, int count) {
        Objects.checkFromIndexSize(from, count, words.length);
        oneSender.lock();
        try {
            int sinceWake = 0;
            for (int at = from; at < from + count; at += WORDS_PER_FRAME) {
                int length = Math.min(WORDS_PER_FRAME, from + count - at);
                checkUsable();
                while (!network.session().offer(packetType, words, at, length)) {
                    network.wake();
                    awaitRoom();
                }
                if (++sinceWake == FRAMES_A_WAKE) {
                    sinceWake = 0;
                    network.wake();
                }
            }
        } finally {
            oneSender.unlock();
        }
        network.wake();
    }

    private void awaitRoom() {
        boolean room =
                network.gate().await(() -> unusable() || network.session().free() >= SendGate.BATCH);
        checkUsable();
        if (!room && network.session().free() == 0) {
            throw network.stalled(TimeUnit.SECONDS.toMillis(SendGate.STALL_SECONDS));
        }
    }

    private boolean unusable() {
        return network.closing() || network.ended() != null;
    }

    private void checkUsable() {
        WireException cause = network.ended();
        if (network.closing()) {
            throw closedError();
        }
        if (cause != null) {
            throw cause;
        }
    }

    private WireException closedError() {
        return error(
                WireException.Code.CLOSED, address, "the session was closed", "an open session", "open another one");
    }

    /** Hands everything that waits to the network thread now; {@link #send} does so with its last frame. */
    public void flush() {
        checkUsable();
        network.wake();
    }

    /** The listener has room again after {@link FrameListener#ready()} was false. Never blocks. */
    public void resume() {
        network.wake();
    }

    /** The counters now. */
    public HostArqCounters counters() {
        return network.session().counters();
    }

    /**
     * Tells the FPGA, waits at most 500 ms until everything is acknowledged, closes the socket and ends the thread. What was
     * not acknowledged is logged ({@code CLOSE_INCOMPLETE}). Idempotent; waiting calls end with {@code CLOSED}. On the network
     * thread it only begins all that.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        network.startClose();
        if (thread.loop().inEventLoop()) {
            network.finishedFuture().thenRun(this::release);
            return;
        }
        awaitFinished(network.finishedFuture());
        release();
    }

    private void release() {
        thread.stop();
        BUSY.remove(data);
    }

    private void abandon() {
        closed.set(true);
        thread.stop();
    }

    private static void awaitFinished(CompletableFuture<Void> finished) {
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                finished.get(CLOSE_SECONDS, TimeUnit.SECONDS);
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException | ExecutionException e) {
                // the thread is stopped next, whatever it did
                waiting = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static WireException error(
            WireException.Code code, HostArqAddress address, String value, String limit, String remedy) {
        return new WireException(code, ErrorDetail.of("session with " + address, value, limit, remedy));
    }
}
