package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.server.spool.StoredSubmission;
import firstspike.driver.server.turn.UnitState;
import firstspike.driver.server.turn.UnitStatus;
import firstspike.proto.chip.v1.SubmissionState;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One submission on the server: what is stored of it, and the run that fills its result. What state it is in says the machine
 * of its chip; this keeps the last that was told. Any thread; programs run on the thread of the chip.
 */
final class Job {

    private final StoredSubmission stored;
    private final SubmissionRun run;
    private volatile UnitStatus status;
    private volatile long queuedNs;
    private volatile long begunNs = -1;

    Job(String session, StoredSubmission stored, UnitStatus status, long now) {
        this.stored = stored;
        this.run = new SubmissionRun(session, stored);
        this.status = status;
        this.queuedNs = now;
    }

    /** Its bytes. */
    StoredSubmission stored() {
        return stored;
    }

    /** It changed its state; told in order, under the lock of the chip. */
    void became(UnitStatus next, long atNs) {
        if (next.state() == UnitState.QUEUED) {
            queuedNs = atNs;
        }
        status = next;
    }

    /**
     * Runs one of its programs on the calling thread.
     *
     * @param link of the chip
     * @param part index of the program
     * @param unwanted whether somebody asked for its end
     * @param now in ns
     * @return why it failed, if it did
     */
    Optional<ChipException> run(ChipLink link, int part, BooleanSupplier unwanted, long now) {
        if (begunNs < 0) {
            begunNs = now;
        }
        return run.part(link, part, unwanted);
    }

    /** It has ended: closes the result, and tells everybody who reads it. Called once. */
    void ended(long now) {
        if (begunNs < 0) {
            stored.result().end(status.error());
            stored.upload().close();
        } else {
            run.finish(begunNs - queuedNs, now - begunNs, status.error());
        }
    }

    /** Drops its bytes; returns how many of its result became free. */
    long drop() {
        long freed = stored.result().bytes();
        stored.close();
        return freed;
    }

    /** The state as the protocol names it. */
    static SubmissionState state(UnitState state) {
        return switch (state) {
            case UPLOADING -> SubmissionState.SUBMISSION_STATE_UPLOADING;
            case QUEUED -> SubmissionState.SUBMISSION_STATE_QUEUED;
            case RUNNING -> SubmissionState.SUBMISSION_STATE_RUNNING;
            case DONE -> SubmissionState.SUBMISSION_STATE_DONE;
            case FAILED -> SubmissionState.SUBMISSION_STATE_FAILED;
            case CANCELLED -> SubmissionState.SUBMISSION_STATE_CANCELLED;
            case EXPIRED -> SubmissionState.SUBMISSION_STATE_EXPIRED;
        };
    }
}
