package firstspike.driver.fpga;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may use the chip: one at a time, in the order of asking, but whoever had it last may go on within a short grace, so
 * that writing a configuration and using it are not torn apart by others (playback.md 14.2). Any thread.
 */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final long graceNs;
    private final long turnNs;
    private Object last;
    private long since;
    private long released;
    private boolean taken;

    /**
     * @param graceNs how long the last user keeps its right after it gave the chip back
     * @param turnNs how long a turn with its graces may last while somebody waits
     */
    Turns(long graceNs, long turnNs) {
        this.graceNs = graceNs;
        this.turnNs = turnNs;
    }

    /**
     * Waits for the turn.
     *
     * @param user who asks
     * @param patienceNs how long
     * @return false when the patience ended first
     * @throws InterruptedException when the thread is interrupted first
     */
    boolean take(Object user, long patienceNs) throws InterruptedException {
        long end = System.nanoTime() + Math.min(patienceNs, Long.MAX_VALUE / 4);
        lock.lockInterruptibly();
        Object ticket = new Object();
        waiting.addLast(ticket);
        try {
            while (!mayTake(user, ticket)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.await(Math.min(left, untilGraceEnds()), TimeUnit.NANOSECONDS);
            }
            if (last != user) {
                since = System.nanoTime();
            }
            last = user;
            taken = true;
            return true;
        } finally {
            waiting.remove(ticket);
            changed.signalAll();
            lock.unlock();
        }
    }

    private boolean mayTake(Object user, Object ticket) {
        if (taken) {
            return false;
        }
        if (last != null && inGrace()) {
            return user == last;
        }
        return waiting.peekFirst() == ticket;
    }

    private boolean inGrace() {
        long now = System.nanoTime();
        return now - released < graceNs && now - since < turnNs;
    }

    private long untilGraceEnds() {
        return taken || last == null || !inGrace() ? Long.MAX_VALUE : graceNs;
    }

    /**
     * Takes the chip for a look at it when nobody has it or waits for it; who had it last keeps its right.
     *
     * @return whether it was free
     */
    boolean borrow() {
        lock.lock();
        try {
            boolean free = !taken && waiting.isEmpty();
            taken |= free;
            return free;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what was borrowed. */
    void giveBack() {
        lock.lock();
        try {
            taken = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the chip back. */
    void release() {
        lock.lock();
        try {
            taken = false;
            released = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody will not come back: its grace ends. */
    void forget(Object user) {
        lock.lock();
        try {
            if (last == user && !taken) {
                last = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
