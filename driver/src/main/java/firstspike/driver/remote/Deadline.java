package firstspike.driver.remote;

import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.WallClock;
import java.time.Duration;
import java.util.UUID;

/**
 * When the caller of one submission gives up (playback.md 14.5). Immutable.
 *
 * @param id of the submission
 * @param clock by which it counts
 * @param end on that clock, {@link Long#MAX_VALUE}: never
 * @param limit as the caller gave it, for people
 */
record Deadline(UUID id, WallClock clock, long end, String limit) {

    /**
     * @param id of the submission
     * @param options that may hold a deadline
     * @param clock by which it counts
     * @param begin when the caller asked
     * @return the deadline
     */
    static Deadline of(UUID id, RunOptions options, WallClock clock, long begin) {
        return options.deadline()
                .map(limit -> new Deadline(id, clock, begin + limit.toNanos(), limit.toMillis() + " ms"))
                .orElse(new Deadline(id, clock, Long.MAX_VALUE, ""));
    }

    /** For calls that wait as long as it takes. */
    static Deadline never(WallClock clock) {
        return new Deadline(new UUID(0, 0), clock, Long.MAX_VALUE, "");
    }

    /** Whether it has passed. */
    boolean passed() {
        return passedAfter(Duration.ZERO);
    }

    /** Whether it will have passed by then. */
    boolean passedAfter(Duration wait) {
        return end != Long.MAX_VALUE && clock.nanoTime() + wait.toNanos() >= end;
    }

    /** Calls something when it passes, or never. */
    WallClock.Alarm alarm(Runnable action) {
        return end == Long.MAX_VALUE
                ? () -> {}
                : clock.after(Duration.ofNanos(Math.max(0, end - clock.nanoTime())), action);
    }

    /** The shorter of a time and what is left. */
    Duration atMost(Duration time) {
        if (end == Long.MAX_VALUE) {
            return time;
        }
        Duration left = Duration.ofNanos(Math.max(1, end - clock.nanoTime()));
        return left.compareTo(time) < 0 ? left : time;
    }

    /** The error that says so. */
    DeadlineExceededException exceeded(Throwable cause) {
        return new DeadlineExceededException(
                ErrorDetail.of("submission " + id, "no result", limit, "raise the deadline, or split the program")
                        .with(ErrorDetail.REASON, "CALL_DEADLINE"),
                cause,
                null,
                false);
    }
}
