package firstspike.driver.hostarq;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where senders wait while the send queue is full. They are let in again in batches: a quarter of the queue at a time costs
 * a thread change for 128 frames instead of for each.
 */
final class SendGate {

    /** Free places at which waiting senders are woken. */
    static final int BATCH = 128;

    /** Longest wait for room (wire.md 13, D17). */
    static final long STALL_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private volatile int waiting;

    /** Whether somebody waits: one volatile read for the network thread. */
    boolean somebodyWaits() {
        return waiting > 0;
    }

    /**
     * Waits until there is room for a batch, or the session ended.
     *
     * @param enough whether to go on; read again after each wake-up
     * @return false after 10 s
     * @throws CancellationException when the thread is interrupted, whose status stays set
     */
    boolean await(BooleanSupplier enough) {
        long left = TimeUnit.SECONDS.toNanos(STALL_SECONDS);
        lock.lock();
        try {
            waiting++;
            while (!enough.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = room.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting to send");
            cancelled.initCause(e);
            throw cancelled;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Wakes everybody who waits. */
    void open() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
