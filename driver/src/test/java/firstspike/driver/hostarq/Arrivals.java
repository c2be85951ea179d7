package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.message.WireException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Keeps the words that a listener or an FPGA gets, for tests to wait for. */
final class Arrivals implements FrameListener, EndpointHandler {

    /** Longest wait of a test for what takes microseconds on an idle machine. */
    static final long PATIENCE_SECONDS = 20;

    private static final int OPENINGS = 10;

    private final CompletableFuture<WireException> failure = new CompletableFuture<>();
    private long[] words = new long[1024];
    private int count;
    private int flushes;
    private int sessions;
    private WordSender sender;
    private boolean busy;

    /** Words that a seed stands for. */
    static long[] sequence(int count, long seed) {
        long[] sequence = new long[count];
        for (int i = 0; i < count; i++) {
            sequence[i] = (i + seed) * 0x9e3779b97f4a7c15L;
        }
        return sequence;
    }

    /** Opens a session, again when a machine under load was slower than the 400 ms of the loopback frame. */
    static HostArqClient open(HostArqAddress address, HostArqOptions options, FrameListener listener) {
        for (int attempt = 1; ; attempt++) {
            try {
                return HostArqClient.open(address, options, listener);
            } catch (WireException e) {
                if (e.code() != WireException.Code.LOOPBACK_TIMEOUT || attempt == OPENINGS) {
                    throw e;
                }
            }
        }
    }

    /** Spins until something holds. */
    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for: " + what).isLessThan(end);
            LockSupport.parkNanos(50_000);
        }
    }

    @Override
    public synchronized void words(long[] more, int moreCount) {
        if (count + moreCount > words.length) {
            words = Arrays.copyOf(words, Math.max(2 * words.length, count + moreCount));
        }
        System.arraycopy(more, 0, words, count, moreCount);
        count += moreCount;
        notifyAll();
    }

    @Override
    public void frame(int packetType, long[] more, int moreCount) {
        assertThat(packetType).isEqualTo(Frames.WORDS);
        words(more, moreCount);
    }

    @Override
    public void failed(WireException cause) {
        assertThat(failure.complete(cause)).as("called once").isTrue();
    }

    @Override
    public synchronized void sessionStarted(WordSender started) {
        sender = started;
        sessions++;
        count = 0;
    }

    @Override
    public synchronized void flushRequested() {
        flushes++;
    }

    @Override
    public synchronized boolean ready() {
        return !busy;
    }

    /** What {@link #ready()} says from now on. */
    synchronized void busy(boolean now) {
        busy = now;
    }

    synchronized WordSender sender() {
        return sender;
    }

    synchronized int sessions() {
        return sessions;
    }

    synchronized int flushes() {
        return flushes;
    }

    synchronized int count() {
        return count;
    }

    /** Waits for so many words; all that came. */
    synchronized long[] await(int expected) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (count < expected && !failure.isDone() && System.nanoTime() < end) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted in a test", e);
            }
        }
        return Arrays.copyOf(words, count);
    }

    /** Waits for what the session dies of. */
    WireException failure() throws Exception {
        try {
            return failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the session did not fail", e);
        }
    }

    boolean hasFailed() {
        return failure.isDone();
    }
}
