package firstspike.driver.link;

import java.time.Duration;

/**
 * Wall time as links and servers see it: everything that waits, expires or is measured asks this, so that tests can move
 * time themselves. Any thread.
 */
public interface WallClock {

    /** Monotonic time in nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** What people call the time: milliseconds since 1970-01-01 UTC; may jump in both directions. */
    long epochMillis();

    /**
     * Waits.
     *
     * @param duration how long
     * @throws InterruptedException when the thread is interrupted first
     */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Calls something once, later, on a thread of the clock.
     *
     * @param delay from now
     * @param action short, never throws
     * @return takes the call back; no effect once it was made
     */
    Alarm after(Duration delay, Runnable action);

    /** The clock of this machine. */
    static WallClock system() {
        return SystemWallClock.INSTANCE;
    }

    /** A call that was arranged. */
    @FunctionalInterface
    interface Alarm {

        /** Takes the call back. */
        void cancel();
    }
}
