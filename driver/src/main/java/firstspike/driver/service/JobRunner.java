package firstspike.driver.service;

import firstspike.driver.link.ChipException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.DeadlineExceededException;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.LinkLostException;
import firstspike.driver.link.ResultEncoder;
import firstspike.driver.link.ResultTooLargeException;
import firstspike.driver.link.RunFailedException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.WallClock;
import firstspike.driver.link.WireErrors;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.SubmissionState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs jobs on the thread of their session, within their execution limit, and encodes what comes of it. */
final class JobRunner {

    private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);

    private final WallClock clock;
    private final ServerLimits limits;
    private final Totals totals;

    JobRunner(WallClock clock, ServerLimits limits, Totals totals) {
        this.clock = clock;
        this.limits = limits;
        this.totals = totals;
    }

    void run(Session session, Job job, Upload upload, ChipLink link, long queuedAt) {
        PlaybackProgram program;
        try {
            if (job.ended()) {
                return;
            }
            program = upload.program();
        } catch (ChipException e) {
            // nothing ran: the id stays free for the right words
            session.forget(job);
            job.refuse(e);
            return;
        }
        if (!job.start()) {
            return;
        }
        long startedAt = clock.nanoTime();
        RunOptions options = upload.options();
        Duration limit = options.executionLimit().orElseGet(() -> limit(program));
        WallClock.Alarm alarm = clock.after(limit, () -> job.exceed(limit));
        RunResult result = null;
        ChipException error = null;
        try {
            result = link.run(program, options);
            Objects.requireNonNull(result.provenance(), "provenance of a result");
        } catch (ChipException e) {
            error = e;
            result = e instanceof RunFailedException failed
                    ? failed.partialResult().orElse(null)
                    : null;
        } catch (RuntimeException | Error e) {
            error = Incidents.record(e);
        } finally {
            alarm.cancel();
        }
        Optional<ChipException> stopped = job.stopRunning();
        // a link that was lost is why it took so long
        boolean lost = error instanceof LinkLostException
                && stopped.filter(DeadlineExceededException.class::isInstance).isPresent();
        if (stopped.isPresent() && !lost) {
            // a link that could not stop has a complete result, which nobody wants any more
            result = error == null ? null : result;
            error = Job.withPartial(stopped.get(), result);
        }
        long now = clock.nanoTime();
        finish(session, job, result, error, startedAt - queuedAt, now - startedAt);
    }

    private void finish(
            Session session, Job job, RunResult result, ChipException failure, long queueNs, long executeNs) {
        totals.programRan(failure == null);
        ChipException error = failure;
        List<ResultChunk> chunks = List.of();
        if (result != null && result.provenance() != null) {
            ChunkList records = new ChunkList(limits.resultBytes());
            ResultEncoder encoder =
                    new ResultEncoder(session.id(), job.id().toString(), records);
            encoder.part(result);
            if (error == null && records.produced() > limits.resultBytes()) {
                error = new ResultTooLargeException(
                        ErrorDetail.of(
                                        "result in bytes",
                                        records.produced(),
                                        limits.resultBytes(),
                                        "record less or split the program")
                                .with(WireErrors.REASON, "RESULT_TOO_LARGE"),
                        null,
                        null,
                        true);
            }
            encoder.finish(state(error), List.of(state(error)), queueNs, executeNs, Optional.ofNullable(error));
            chunks = records.chunks();
        }
        job.end(state(error), chunks, error);
    }

    private static SubmissionState state(ChipException error) {
        if (error == null) {
            return SubmissionState.SUBMISSION_STATE_DONE;
        }
        return error.code().equals("CANCELLED")
                ? SubmissionState.SUBMISSION_STATE_CANCELLED
                : SubmissionState.SUBMISSION_STATE_FAILED;
    }

    /** 10 s and three times the predicted duration (playback.md 14.5). */
    static Duration limit(PlaybackProgram program) {
        long ticks = 0;
        long sinceReset = 0;
        for (int i = 0; i < program.size(); i++) {
            long word = program.word(i);
            switch (ToFpga.kind(word)) {
                case TIMER_SETUP -> {
                    ticks += sinceReset;
                    sinceReset = 0;
                }
                case WAIT_UNTIL -> sinceReset = Math.max(sinceReset, ToFpga.value(word));
                default -> sinceReset++;
            }
        }
        Duration predicted = Duration.ofNanos(Math.multiplyExact(ticks + sinceReset, 8L));
        Duration limit = LEAST_LIMIT.plus(predicted.multipliedBy(3));
        return limit.compareTo(ServerLimits.LONGEST_EXECUTION) < 0 ? limit : ServerLimits.LONGEST_EXECUTION;
    }
}
