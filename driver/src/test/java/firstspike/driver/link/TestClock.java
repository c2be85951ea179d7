package firstspike.driver.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A clock that stands still until a test moves it. Any thread.
 *
 * <p>{@link #stopped()} lets {@link #pause} wait until a test {@linkplain #advance advances} far enough; {@link #jumping()}
 * moves on by itself whenever somebody pauses, so that nothing ever waits.
 */
public final class TestClock implements WallClock {

    private static final Duration REAL_PATIENCE = Duration.ofSeconds(20);

    private final boolean jumping;
    private final List<Call> calls = new ArrayList<>();
    private long now;
    private long epochOrigin = Instant.parse("2027-01-01T00:00:00Z").toEpochMilli();
    private int pausing;

    private TestClock(boolean jumping) {
        this.jumping = jumping;
    }

    /** A clock that only {@link #advance} moves. */
    public static TestClock stopped() {
        return new TestClock(false);
    }

    /** A clock that a pause moves. */
    public static TestClock jumping() {
        return new TestClock(true);
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    /** 2027-01-01 when nothing has moved yet. */
    @Override
    public synchronized long epochMillis() {
        return epochOrigin + now / 1_000_000;
    }

    /**
     * Sets what people call the time to another value, as an operator or a time service does; nothing falls due.
     *
     * @param by how far, either direction
     */
    public synchronized void jumpEpoch(Duration by) {
        epochOrigin += by.toMillis();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (jumping) {
            advance(duration);
            return;
        }
        synchronized (this) {
            long end = now + duration.toNanos();
            pausing++;
            notifyAll();
            try {
                while (now < end) {
                    wait();
                }
            } finally {
                pausing--;
                notifyAll();
            }
        }
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable action) {
        Call call = new Call(now + delay.toNanos(), action);
        calls.add(call);
        return () -> {
            synchronized (this) {
                calls.remove(call);
            }
        };
    }

    /**
     * Moves time; what falls due is called on this thread, in order of time.
     *
     * @param duration 0 or more
     */
    public void advance(Duration duration) {
        List<Call> due;
        synchronized (this) {
            now += duration.toNanos();
            due = calls.stream()
                    .filter(call -> call.time <= now)
                    .sorted(Comparator.comparingLong(Call::time))
                    .toList();
            calls.removeAll(due);
            notifyAll();
        }
        due.forEach(call -> call.action.run());
    }

    /**
     * Waits until so many threads are in {@link #pause}.
     *
     * @param threads how many, at least
     * @throws AssertionError when they do not come within 20 s of real time
     */
    public synchronized void awaitPausing(int threads) {
        long end = System.nanoTime() + REAL_PATIENCE.toNanos();
        try {
            while (pausing < threads) {
                long leftMillis = (end - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    throw new AssertionError("threads in pause: " + pausing + " (wanted: " + threads + ")");
                }
                wait(leftMillis);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for threads to pause", e);
        }
    }

    private record Call(long time, Runnable action) {}
}
