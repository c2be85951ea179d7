package firstspike.driver.server.spool;

import java.util.concurrent.atomic.AtomicLong;

/** How much all small things of a spool together may keep in memory; beyond it they go to disk too. Any thread. */
final class HeapBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    HeapBudget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes if there are so many. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }
}
