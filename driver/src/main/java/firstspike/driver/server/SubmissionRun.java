package firstspike.driver.server;

import firstspike.driver.error.ChipErrors;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunResult;
import firstspike.driver.remote.ResultEncoder;
import firstspike.driver.server.spool.SpooledUpload;
import firstspike.driver.server.spool.StoredSubmission;
import firstspike.proto.chip.v1.SubmissionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs the programs of one submission and stores what comes of them, each record as soon as it is there. One owner thread, that
 * of the chip.
 */
final class SubmissionRun {

    private final StoredSubmission submission;
    private final ResultEncoder encoder;
    private final List<SubmissionState> parts = new ArrayList<>();

    /**
     * @param session that it belongs to
     * @param submission to run
     */
    SubmissionRun(String session, StoredSubmission submission) {
        this.submission = submission;
        this.encoder = new ResultEncoder(session, submission.id().toString(), submission.result());
    }

    /**
     * Runs the next program.
     *
     * @param link to the chip
     * @param part index of the program
     * @param unwanted asked when the program ended well: whether its result is discarded because somebody stopped it
     * @return why it failed, without the partial result, which is stored; empty: it did not
     */
    Optional<ChipException> part(ChipLink link, int part, BooleanSupplier unwanted) {
        Optional<ChipException> error = run(link, part, unwanted)
                .map(SubmissionRun::withoutPartial)
                .or(() -> submission.result().refusal());
        parts.add(state(error));
        return error;
    }

    private Optional<ChipException> run(ChipLink link, int part, BooleanSupplier unwanted) {
        SpooledUpload upload = submission.upload();
        try {
            // an emulator waits for its listener; hardware would run late, and its link has a limit of its own
            if (upload.streamed(part) || link.describe().kind() == ChipDescription.Kind.EMULATOR) {
                stream(link, part);
            } else {
                whole(link, part, unwanted);
            }
            return Optional.empty();
        } catch (ChipException e) {
            return Optional.of(e);
        } catch (RuntimeException | Error e) {
            return Optional.of(Incidents.record(e));
        }
    }

    private void whole(ChipLink link, int part, BooleanSupplier unwanted) {
        try {
            RunResult result = link.run(
                    submission.upload().program(part), submission.upload().options());
            Objects.requireNonNull(result.provenance(), "provenance of a result");
            if (!unwanted.getAsBoolean()) {
                encoder.part(result);
            }
        } catch (RunFailedException e) {
            partial(e).ifPresent(encoder::part);
            throw e;
        }
    }

    private void stream(ChipLink link, int part) {
        SpooledUpload upload = submission.upload();
        RunListener pieces = encoder.part(upload.sha256(part), upload.streamed(part));
        try {
            link.stream(upload.source(part), upload.options(), pieces);
        } catch (RunFailedException e) {
            partial(e).ifPresent(rest -> {
                pieces.ran(rest.provenance());
                pieces.finished(rest.health());
            });
            throw e;
        }
    }

    private static Optional<RunResult> partial(RunFailedException failed) {
        return RunResult.before(failed).filter(result -> result.provenance() != null);
    }

    /** The stored part of a result need not be kept in the heap too. */
    private static ChipException withoutPartial(ChipException error) {
        return error instanceof RunFailedException failed
                        && failed.partialResult().isPresent()
                ? ChipErrors.rebuild(error.code(), error.detail(), error.getCause(), null, failed.chipStateKnown())
                : error;
    }

    /**
     * Closes the result; nothing is run any more. Programs that did not run are skipped.
     *
     * @param queueNs time that the submission waited
     * @param executeNs time that it ran
     * @param error why it did not end well
     */
    void finish(long queueNs, long executeNs, Optional<ChipException> error) {
        if (error.isPresent() && !parts.isEmpty()) {
            // who stopped it knows better than the link why it ended
            parts.set(parts.size() - 1, state(error));
        }
        while (parts.size() < submission.upload().parts()) {
            parts.add(SubmissionState.SUBMISSION_STATE_SKIPPED);
        }
        encoder.finish(state(error), parts, queueNs, executeNs, error);
        submission.upload().close();
        submission.result().end(error);
    }

    private static SubmissionState state(Optional<ChipException> error) {
        if (error.isEmpty()) {
            return SubmissionState.SUBMISSION_STATE_DONE;
        }
        return error.get().code().equals("CANCELLED")
                ? SubmissionState.SUBMISSION_STATE_CANCELLED
                : SubmissionState.SUBMISSION_STATE_FAILED;
    }
}
