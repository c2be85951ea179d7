package firstspike.driver.link;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for one run (playback.md 13.4).
 *
 * @param setup true for initialisation and full configuration: takes no program ordinal
 * @param deadline when the caller gives up, counted from the call; empty: never
 * @param executionLimit how long the execution itself may take; empty: 10 s and three times the predicted duration
 * @param allowStreaming whether more instructions than the playback memory holds are accepted
 * @param failOnLoss whether a result with any loss becomes an exception
 */
public record RunOptions(
        boolean setup,
        Optional<Duration> deadline,
        Optional<Duration> executionLimit,
        boolean allowStreaming,
        boolean failOnLoss) {

    private static final Duration SETUP_LIMIT = Duration.ofMinutes(2);

    /** A normal run without deadline. */
    public static RunOptions defaults() {
        return new RunOptions(false, Optional.empty(), Optional.empty(), false, false);
    }

    /**
     * A set-up run: its draws use the set-up ordinal and it takes none. It writes a whole chip in next to no predicted time,
     * so its execution limit is 2 min: a busy machine must not break it.
     */
    public static RunOptions forSetup() {
        return new RunOptions(true, Optional.empty(), Optional.of(SETUP_LIMIT), false, false);
    }

    /**
     * @param limit counted from the call
     * @return the same options with a deadline
     */
    public RunOptions withDeadline(Duration limit) {
        return new RunOptions(setup, Optional.of(limit), executionLimit, allowStreaming, failOnLoss);
    }

    /**
     * @param limit of the execution itself
     * @return the same options with that limit
     */
    public RunOptions withExecutionLimit(Duration limit) {
        return new RunOptions(setup, deadline, Optional.of(limit), allowStreaming, failOnLoss);
    }

    /** The same options, loss being an error. */
    public RunOptions failingOnLoss() {
        return new RunOptions(setup, deadline, executionLimit, allowStreaming, true);
    }

    /** The same options, a program longer than the playback memory being accepted: its timing is then not exact. */
    public RunOptions allowingStreaming() {
        return new RunOptions(setup, deadline, executionLimit, true, failOnLoss);
    }
}
