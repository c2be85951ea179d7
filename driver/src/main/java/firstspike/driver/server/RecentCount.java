package firstspike.driver.server;

import firstspike.driver.link.WallClock;
import java.util.concurrent.TimeUnit;

/** How often something happened in the last 60 s, to the second. Any thread. */
final class RecentCount {

    private static final int SECONDS = 60;

    private final WallClock clock;
    private final long origin;
    private final long[] counts = new long[SECONDS];
    private long newest;

    RecentCount(WallClock clock) {
        this.clock = clock;
        this.origin = clock.nanoTime();
    }

    synchronized void increment() {
        turn();
        counts[(int) (newest % SECONDS)]++;
    }

    /** What happened in this second and the 59 before. */
    synchronized long lastMinute() {
        turn();
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Empties the seconds that went by since somebody looked. */
    private void turn() {
        long second = Math.max(newest, TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - origin));
        for (long passed = Math.max(newest + 1, second - SECONDS + 1); passed <= second; passed++) {
            counts[(int) (passed % SECONDS)] = 0;
        }
        newest = second;
    }
}
