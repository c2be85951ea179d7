package firstspike.driver.fpga;

import static firstspike.driver.error.RunFailedException.Code.RUN_FAILED;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.ResultTooLargeException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.RunTiming;
import firstspike.driver.link.WallClock;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import java.util.Arrays;
import java.util.List;

/**
 * One run of one program and what became of it: the result, or the typed error with what arrived (errors.md 5, wire.md 10).
 * One owner thread.
 */
final class FpgaRun {

    private final FpgaLink user;
    private final FpgaBoard board;
    private final ProgramSource program;
    private final ProgramSurvey survey;
    private final Reception reception;
    private final FrameCounts first;
    private final RunOptions options;
    private final RunEnd end = new RunEnd();
    private final Execution execution;
    private final boolean syncedBefore;
    private final boolean rebuilt;

    FpgaRun(
            FpgaLink user,
            FpgaBoard board,
            ProgramSource program,
            ProgramSurvey survey,
            Reception reception,
            FrameCounts first,
            RunOptions options,
            WallClock clock) {
        this.user = user;
        this.board = board;
        this.program = program;
        this.survey = survey;
        this.reception = reception;
        this.first = first;
        this.options = options;
        syncedBefore = board.synced();
        rebuilt = board.takeRebuilt();
        execution = new Execution(board.session(), board.inbound(), reception, end, clock);
    }

    /** Sends and waits. */
    Execution execution() {
        return execution;
    }

    /** Where it ends. */
    RunEnd end() {
        return end;
    }

    /**
     * What came of it; called once, when the execution has ended.
     *
     * @param notes of the program
     * @param provenance of the result
     * @param queueNs how long the program waited for its turn
     * @return the complete result
     * @throws ChipException why there is none
     */
    RunResult finish(List<Note> notes, Provenance provenance, long queueNs) {
        RunResult result = result(notes, provenance, queueNs);
        Received received = new Received(survey, reception);
        ChipException failure = failure(result, received);
        if (failure == null) {
            board.ran(user, survey, reception);
            checkLoss(result);
            return result;
        }
        boolean known = failure instanceof RunFailedException failed && failed.chipStateKnown();
        if (known) {
            board.ran(user, survey, reception);
        } else {
            board.failed(user, mustReopen() ? failure.getMessage() : "");
        }
        throw failure;
    }

    /** Something went wrong on this side while the program ran, for example a listener that threw. */
    void abandoned() {
        board.failed(user, "a run was left");
    }

    /** Only a stream that came to its halt, in a run without time-out, leaves a session that can be trusted. */
    private boolean mustReopen() {
        return end.kind() != RunEnd.Kind.HALTED
                || reception.timeouts() > 0
                || !execution.sentWhole() && !execution.cancelled();
    }

    private RunResult result(List<Note> notes, Provenance provenance, long queueNs) {
        long begin = System.nanoTime();
        FpgaHealth health = new FpgaHealth(survey, reception, first, board.counters(), syncedBefore, rebuilt);
        reception.assembler().deliver();
        end.deliverRest();
        RunResult.Builder builder = RunResult.builder().provenance(provenance).health(health.health(notes));
        reception.assembler().fill(builder);
        withoutHealthReads(builder);
        return builder.timing(
                        new RunTiming(execution.sendNs(), queueNs, execution.executeNs(), System.nanoTime() - begin))
                .build();
    }

    /** Where answers of the user are missing, those to health reads had moved up into their places. */
    private void withoutHealthReads(RunResult.Builder builder) {
        long received = reception.received(ResponseKind.OMNIBUS);
        if (received < reception.assembler().responses(ResponseKind.OMNIBUS)) {
            RunResult whole = builder.build();
            int kept = (int) Math.min(received, whole.responses(ResponseKind.OMNIBUS));
            builder.responses(
                    ResponseKind.OMNIBUS,
                    Arrays.copyOf(whole.values(ResponseKind.OMNIBUS), kept),
                    Arrays.copyOf(whole.times(ResponseKind.OMNIBUS), kept));
        }
    }

    private ChipException failure(RunResult result, Received received) {
        if (reception.timeouts() > 0) {
            return new StuckReport(program, reception.reads())
                    .error(reception.assembler().timeouts().get(0), received, result);
        }
        return switch (end.kind()) {
            case HALTED -> halted(result, received);
            case FAILED -> broken(result, received);
            case LIMIT -> {
                ErrorDetail detail = late("run of " + survey.instructions() + " instructions", "the execution limit")
                        .with("reason", "EXECUTION_LIMIT");
                ErrorDetail told = received.addTo(detail);
                yield new DeadlineExceededException(
                        told, new WireException(WireException.Code.RUN_TIMEOUT, told), result, false);
            }
            case DEADLINE ->
                new DeadlineExceededException(
                        received.addTo(
                                late("run of " + survey.instructions() + " instructions", "the caller's deadline")
                                        .with("reason", "CALL_DEADLINE")),
                        null,
                        result,
                        false);
            case ABANDONED -> cancelled(result, received);
        };
    }

    private static ErrorDetail late(String what, String limit) {
        return ErrorDetail.of(
                what,
                "no halt in time",
                limit,
                "give it longer, or see whether the program ends; the session is opened again");
    }

    private ChipException halted(RunResult result, Received received) {
        if (execution.cancelled()) {
            return cancelled(result, received);
        }
        if (!execution.sentWhole()) {
            return FpgaFailures.inRun(earlyHalt(), received, result);
        }
        WireException overflow = reception.assembler().failure().orElse(null);
        if (overflow != null) {
            return FpgaFailures.inRun(overflow, received, result);
        }
        for (ResponseKind kind : ResponseKind.values()) {
            long expected = survey.expected(kind);
            long got = reception.received(kind);
            if (got != expected) {
                return incomplete(kind, expected, got, result, received);
            }
        }
        return null;
    }

    private static WireException earlyHalt() {
        return new WireException(
                WireException.Code.UNEXPECTED_HALT,
                ErrorDetail.of(
                        "halt answer",
                        "before the program was sent",
                        "one behind each program",
                        "see whether somebody else uses the FPGA; the session is opened again"));
    }

    private static IncompleteResponseException incomplete(
            ResponseKind kind, long expected, long got, RunResult result, Received received) {
        ErrorDetail detail = received.addTo(ErrorDetail.of(
                        kind + " responses",
                        got,
                        "exactly " + expected,
                        got < expected ? "end the program with a barrier behind its reads" : "report this target")
                .with("kind", kind)
                .with("expected", expected)
                .with("received", got));
        return new IncompleteResponseException(
                detail, new WireException(WireException.Code.RESPONSE_COUNT, detail), result, true);
    }

    private ChipException broken(RunResult result, Received received) {
        if (end.cause() instanceof WireException wire) {
            return FpgaFailures.inRun(wire, received, result);
        }
        if (end.cause() instanceof ResultTooLargeException tooLarge) {
            return new ResultTooLargeException(received.addTo(tooLarge.detail()), null, result, false);
        }
        throw end.cause();
    }

    private ChipException cancelled(RunResult result, Received received) {
        return new CancelledException(
                received.addTo(ErrorDetail.of(
                        "run of " + survey.instructions() + " instructions",
                        "cancelled",
                        "",
                        "write the configuration again before the next run")),
                null,
                result,
                false);
    }

    private void checkLoss(RunResult result) {
        if (options.failOnLoss() && !result.health().lossFree()) {
            throw new RunFailedException(
                    RUN_FAILED,
                    ErrorDetail.of(
                            "events of the run",
                            "lost: " + result.health().counters(),
                            "no loss",
                            "send fewer events at a time, or accept the loss"),
                    null,
                    result,
                    true);
        }
    }
}
