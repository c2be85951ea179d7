package firstspike.driver.remote;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before each attempt to connect again: 100 ms, doubled up to 5 s, 20 % jitter (playback.md 14.7). */
final class Backoff {

    private static final double FIRST_MILLIS = 100;
    private static final double LONGEST_MILLIS = 5000;
    private static final double JITTER = 0.2;

    private final RandomGenerator random;
    private double millis = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait. */
    Duration next() {
        double wait = millis * (1 - JITTER + 2 * JITTER * random.nextDouble());
        millis = Math.min(2 * millis, LONGEST_MILLIS);
        return Duration.ofNanos((long) (wait * 1e6));
    }

    /** Begins anew after a connection that worked. */
    void reset() {
        millis = FIRST_MILLIS;
    }
}
