package firstspike.driver.link;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Handle of a program that was started with {@link ChipLink#submit}. */
public interface Submission {

    /** Chosen by the client; the same id with the same bytes is never executed twice. */
    UUID id();

    /** Where it stands now. */
    State state();

    /**
     * Waits for the result.
     *
     * @param patience how long
     * @return the complete result
     * @throws ChipException as {@link ChipLink#run}; {@link DeadlineExceededException} when the patience ends
     */
    RunResult result(Duration patience);

    /** Asks for the end of the run; without effect on a finished one. */
    void cancel();

    /** The result as a future that completes exceptionally with a {@link ChipException}. */
    CompletableFuture<RunResult> asFuture();

    /** States of a submission; the last four never change (playback.md 14.3). */
    enum State {
        /** Words are still on their way. */
        UPLOADING,
        /** Waits for its turn. */
        QUEUED,
        /** Executes. */
        RUNNING,
        /** Result complete. */
        DONE,
        /** Ended with an error. */
        FAILED,
        /** Ended by a cancel. */
        CANCELLED,
        /** Given up because nobody was connected. */
        EXPIRED
    }
}
