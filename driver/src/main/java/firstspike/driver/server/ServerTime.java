package firstspike.driver.server;

import firstspike.driver.link.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Time of a server: nanoseconds since it started for what it decides by, dates for people. Any thread. */
final class ServerTime {

    private final WallClock clock;
    private final long origin;

    ServerTime(WallClock clock) {
        this.clock = clock;
        this.origin = clock.nanoTime();
    }

    /** What it goes by. */
    WallClock clock() {
        return clock;
    }

    /** Nanoseconds since the server started; never goes back. */
    long now() {
        return clock.nanoTime() - origin;
    }

    /** Milliseconds since 1970-01-01 UTC, as the clock of the machine says now. */
    long epochMs() {
        return clock.epochMillis();
    }

    /** The date of an instant of {@link #now}, by what the clock of the machine says now. */
    long epochMs(long ns) {
        return clock.epochMillis() + TimeUnit.NANOSECONDS.toMillis(ns - now());
    }

    /** The date of an instant for people, in seconds. */
    String text(long ns) {
        return Instant.ofEpochMilli(epochMs(ns)).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Calls something once, at an instant of {@link #now} or soon after. */
    WallClock.Alarm at(long ns, Runnable action) {
        return clock.after(Duration.ofNanos(Math.max(0, ns - now())), action);
    }
}
