package firstspike.runtime.recording.log;

import firstspike.driver.link.WallClock;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits between the caller of a log and the thread that writes it: 64 chunks, then the caller waits (formats.md 2.5), and
 * for how long is counted. Any thread; methods with {@code lock} in their comment want it held.
 */
final class LogQueue {

    /** Weight of a full chunk; small records count 1. */
    static final int CHUNK = 1 << 10;

    private static final int CHUNKS = 64;
    private static final long MOST = (long) CHUNKS * CHUNK;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private final ArrayDeque<PendingRecord> waiting = new ArrayDeque<>();
    private final WallClock clock;
    private long weight;
    private long put;
    private long written;
    private long stallNanos;
    private boolean wanted;
    private boolean closed;
    private Throwable failure;

    LogQueue(WallClock clock) {
        this.clock = clock;
    }

    /** Weight of a chunk of so many events. */
    static int weight(int events) {
        return 1 + (int) ((long) events * (CHUNK - 1) / Limits.CHUNK_EVENTS);
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Whether a record would make the caller wait. With lock. */
    boolean isTooFullFor(PendingRecord entry) {
        return weight + entry.weight() > MOST;
    }

    /** Adds a record behind all others, when there is room for it. With lock. */
    void put(PendingRecord entry) {
        if (weight + entry.weight() > MOST && failure == null) {
            long begin = clock.nanoTime();
            wake();
            while (weight + entry.weight() > MOST && failure == null) {
                emptied.awaitUninterruptibly();
            }
            stallNanos += clock.nanoTime() - begin;
        }
        offer(entry);
        if (entry.weight() >= CHUNK) {
            wake();
        }
    }

    /** Adds a record without waiting for room. With lock. */
    void offer(PendingRecord entry) {
        if (failure == null) {
            waiting.add(entry);
            weight += entry.weight();
            put++;
        }
    }

    /** Lets the writing thread go on now. With lock. */
    void wake() {
        wanted = true;
        filled.signal();
    }

    /** Waits until all that was put so far is written, or writing failed. With lock. */
    void drain() {
        long upTo = put;
        wake();
        while (written < upTo && failure == null) {
            emptied.awaitUninterruptibly();
        }
    }

    /** No more records. With lock. */
    void end() {
        closed = true;
        wake();
    }

    /** Writing failed: nothing more will be written. With lock. */
    void fail(Throwable cause) {
        failure = cause;
        waiting.clear();
        weight = 0;
        emptied.signalAll();
    }

    /** What writing failed with, or null. With lock. */
    Throwable failure() {
        return failure;
    }

    /** Milliseconds that callers waited for the disk. With lock. */
    long stallMs() {
        return stallNanos / 1_000_000;
    }

    /**
     * The next record to write; waits for one.
     *
     * @param due called, with lock, when the queue was woken and has nothing: what is still being collected may go
     * @return null at the end
     */
    PendingRecord take(Runnable due) {
        lock.lock();
        try {
            while (true) {
                PendingRecord next = wanted ? waiting.poll() : null;
                if (next != null) {
                    return next;
                }
                if (wanted) {
                    wanted = false;
                    due.run();
                    if (!waiting.isEmpty()) {
                        wanted = true;
                        continue;
                    }
                    if (closed) {
                        return null;
                    }
                }
                filled.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A record that {@link #take} gave is in the file. */
    void done(PendingRecord entry) {
        lock.lock();
        try {
            written++;
            weight -= entry.weight();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
