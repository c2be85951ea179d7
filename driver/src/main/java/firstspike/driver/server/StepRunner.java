package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.error.SessionStateLostException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.turn.Step;
import firstspike.driver.server.turn.StepEnd;
import java.util.Optional;

/** Does what the machine of a chip says: runs the programs of submissions and those around them. Never throws. Any thread. */
final class StepRunner {

    private final ServerTime time;
    private final Totals totals;

    StepRunner(ServerTime time, Totals totals) {
        this.time = time;
        this.totals = totals;
    }

    /**
     * Runs one step on the calling thread.
     *
     * @param session for whom
     * @param step what
     * @return how it ended
     */
    StepEnd<PlaybackProgram> run(Session session, Step<PlaybackProgram> step) {
        try {
            return switch (step.kind()) {
                case PART -> part(session, (Step.Part<PlaybackProgram>) step);
                case RESET -> quiet(session, ResetProgram.PROGRAM);
                case REINIT -> quiet(session, ((Step.Reinit<PlaybackProgram>) step).program());
                case SNAPSHOT -> snapshot(session, ((Step.Snapshot<PlaybackProgram>) step).program());
            };
        } catch (ChipException e) {
            return StepEnd.failed(e, stateKnown(e));
        } catch (RuntimeException | Error e) {
            return StepEnd.failed(Incidents.record(e), false);
        }
    }

    private StepEnd<PlaybackProgram> part(Session session, Step.Part<PlaybackProgram> step) {
        Lane lane = session.lane();
        Optional<ChipException> error =
                session.job(step.unit()).run(session.link(), step.part(), lane::stopping, time.now());
        totals.programRan(error.isEmpty());
        return error.map(e -> StepEnd.<PlaybackProgram>failed(e, stateKnown(e))).orElseGet(StepEnd::done);
    }

    private static StepEnd<PlaybackProgram> quiet(Session session, PlaybackProgram program) {
        runWhateverTheState(session.link(), program);
        return StepEnd.done();
    }

    private static StepEnd<PlaybackProgram> snapshot(Session session, PlaybackProgram program) {
        // a link that lost its chip has nothing to read any more
        RunResult result = session.link().run(program, RunOptions.forSetup());
        return StepEnd.taken(SnapshotPrograms.writing(program, result));
    }

    /** A link that was opened again says so once and runs nothing; to what follows here the state does not matter. */
    private static void runWhateverTheState(ChipLink link, PlaybackProgram program) {
        try {
            link.run(program, RunOptions.forSetup());
        } catch (LinkLostException | SessionStateLostException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            link.run(program, RunOptions.forSetup());
        }
    }

    private static boolean stateKnown(ChipException error) {
        if (error instanceof RunFailedException failed) {
            return failed.chipStateKnown();
        }
        return error.branch() != ChipException.Branch.INTERNAL;
    }
}
