package firstspike.driver.server.access;

import firstspike.driver.link.WallClock;
import java.time.Instant;

/**
 * The time by which tokens expire: that of the clock, but never less than has passed since the server began. A clock that
 * is set back gives no token a second life; one that was set forward by mistake, and is set right again, locks nobody out.
 */
final class TokenTime {

    private final WallClock clock;
    private final long beginMillis;
    private final long beginNanos;

    TokenTime(WallClock clock) {
        this.clock = clock;
        beginMillis = clock.epochMillis();
        beginNanos = clock.nanoTime();
    }

    Instant now() {
        long passed = (clock.nanoTime() - beginNanos) / 1_000_000;
        return Instant.ofEpochMilli(Math.max(clock.epochMillis(), beginMillis + passed));
    }
}
