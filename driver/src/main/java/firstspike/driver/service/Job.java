package firstspike.driver.service;

import com.google.protobuf.ByteString;
import firstspike.driver.link.CancelledException;
import firstspike.driver.link.ChipErrors;
import firstspike.driver.link.ChipException;
import firstspike.driver.link.DeadlineExceededException;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.RunFailedException;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.WireErrors;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SubmissionState;
import firstspike.proto.chip.v1.SubmissionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One submission on the server: its state, and its result until that is acknowledged. A call that brings the same id and
 * the same bytes again waits for the same job. Any thread.
 */
final class Job {

    private final UUID id;
    private final ByteString hash;
    private final List<Outcome> waiting = new ArrayList<>();
    private SubmissionState state = SubmissionState.SUBMISSION_STATE_QUEUED;
    private List<ResultChunk> chunks = List.of();
    private ChipException error;
    private Thread runner;
    private ChipException stopped;

    /** Somebody who wants the result of a job: told once. */
    interface Outcome {

        /**
         * @param chunks of the result, complete with footer, or none
         * @param error why the job ended early
         */
        void deliver(List<ResultChunk> chunks, Optional<ChipException> error);
    }

    Job(Upload upload) {
        this.id = upload.id();
        this.hash = upload.hash();
    }

    UUID id() {
        return id;
    }

    /** SHA-256 of its program, 32 bytes. */
    ByteString hash() {
        return hash;
    }

    synchronized boolean ended() {
        return state != SubmissionState.SUBMISSION_STATE_QUEUED && state != SubmissionState.SUBMISSION_STATE_RUNNING;
    }

    synchronized boolean queued() {
        return state == SubmissionState.SUBMISSION_STATE_QUEUED;
    }

    synchronized SubmissionStatus status() {
        return SubmissionStatus.newBuilder()
                .setSubmissionId(id.toString())
                .setState(state)
                .setResultBytes(bytes())
                .build();
    }

    /** Bytes of the stored result. */
    synchronized long bytes() {
        return chunks.stream().mapToLong(chunk -> chunk.getRecord().size()).sum();
    }

    /** Tells the outcome now, or as soon as there is one. */
    void await(Outcome outcome) {
        List<ResultChunk> result;
        ChipException why;
        synchronized (this) {
            if (!ended()) {
                waiting.add(outcome);
                return;
            }
            result = chunks;
            why = error;
        }
        outcome.deliver(result, Optional.ofNullable(why));
    }

    /** Makes the calling thread the runner; false when there is nothing to run any more. */
    synchronized boolean start() {
        if (!queued()) {
            return false;
        }
        state = SubmissionState.SUBMISSION_STATE_RUNNING;
        runner = Thread.currentThread();
        return true;
    }

    /** The run is over, however: from now on nobody interrupts this thread for it. */
    synchronized Optional<ChipException> stopRunning() {
        runner = null;
        // the interrupt may have come too late for the link to see it
        Thread.interrupted();
        return Optional.ofNullable(stopped);
    }

    /** Ends a waiting job at once and asks a running one to end; no effect on an ended one. */
    void cancel(String byWhom) {
        ErrorDetail detail = ErrorDetail.of("submission " + id, "cancelled by " + byWhom, "", "submit it anew")
                .with("by", byWhom);
        end(
                SubmissionState.SUBMISSION_STATE_QUEUED,
                SubmissionState.SUBMISSION_STATE_CANCELLED,
                List.of(),
                new CancelledException(detail, null, null, true));
        synchronized (this) {
            if (state == SubmissionState.SUBMISSION_STATE_RUNNING) {
                interrupt(new CancelledException(detail, null, null, false));
            }
        }
    }

    /** Ends a waiting job because nobody is connected any more. */
    void expire() {
        ErrorDetail detail = ErrorDetail.of("submission " + id, "expired in the queue", "", "submit it anew");
        end(
                SubmissionState.SUBMISSION_STATE_QUEUED,
                SubmissionState.SUBMISSION_STATE_EXPIRED,
                List.of(),
                new CancelledException(detail, null, null, true));
    }

    /** Ends a waiting job with an error; no effect on one that runs. */
    void refuse(ChipException why) {
        end(SubmissionState.SUBMISSION_STATE_QUEUED, SubmissionState.SUBMISSION_STATE_FAILED, List.of(), why);
    }

    /** Asks a running job to end because it took too long. */
    void exceed(Duration limit) {
        ErrorDetail detail = ErrorDetail.of(
                        "execution of submission " + id,
                        "longer than " + limit.toMillis() + " ms",
                        limit.toMillis() + " ms",
                        "raise the execution limit or split the program")
                .with(WireErrors.REASON, "EXECUTION_LIMIT");
        synchronized (this) {
            if (state == SubmissionState.SUBMISSION_STATE_RUNNING) {
                interrupt(new DeadlineExceededException(detail, null, null, false));
            }
        }
    }

    private void interrupt(ChipException why) {
        if (stopped == null) {
            stopped = why;
            if (runner != null) {
                runner.interrupt();
            }
        }
    }

    /** Closes the running job and tells everybody who waits. */
    void end(SubmissionState terminal, List<ResultChunk> result, ChipException why) {
        end(SubmissionState.SUBMISSION_STATE_RUNNING, terminal, result, why);
    }

    private void end(SubmissionState from, SubmissionState terminal, List<ResultChunk> result, ChipException why) {
        List<Outcome> told;
        synchronized (this) {
            if (state != from) {
                return;
            }
            state = terminal;
            chunks = result;
            error = why;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(outcome -> outcome.deliver(result, Optional.ofNullable(why)));
    }

    /** The reason for a stop with the part of a result that there was. */
    static ChipException withPartial(ChipException reason, RunResult partial) {
        boolean known = !(reason instanceof RunFailedException failed) || failed.chipStateKnown();
        return ChipErrors.rebuild(reason.code(), reason.detail(), reason.getCause(), partial, known);
    }
}
