package firstspike.driver.link;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.SessionStateLostException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import java.util.List;

/**
 * A chip that executes playback programs: real, remote, emulated or scripted. A link has one owner thread unless its
 * implementation says otherwise; programs run one after another in the order of the calls, and the chip keeps its state
 * from one to the next (playback.md 10).
 *
 * <p>Operations that an implementation has not learnt are refused with {@link UnsupportedOnTargetException}.
 */
public interface ChipLink extends AutoCloseable {

    /** What the target says of itself; cheap, never blocks after opening. */
    ChipDescription describe();

    /**
     * Whether programs are computed by the thread that runs them and nothing else is waited for, so that a short one takes no
     * longer than its computation.
     */
    default boolean computes() {
        return false;
    }

    /**
     * Runs one program and waits for its result. When the calling thread is interrupted, a link that can stop ends the
     * run soon and throws {@link CancelledException} with what there is; one that cannot finishes the run.
     *
     * @param program what to run; the link appends the halt
     * @param options of this run
     * @return the complete result
     * @throws ChipException only leaves of this family
     */
    RunResult run(PlaybackProgram program, RunOptions options);

    /**
     * Runs programs back to back without giving up the chip; the first that fails ends the list.
     *
     * @param programs in order
     * @param options of each run
     * @return one result a program
     */
    default List<RunResult> run(List<PlaybackProgram> programs, RunOptions options) {
        throw notLearnt("a list of programs without giving up the chip", "run them one by one");
    }

    /**
     * Starts a program and returns at once.
     *
     * @param program what to run
     * @param options of this run
     * @return a handle of the running program
     */
    default Submission submit(PlaybackProgram program, RunOptions options) {
        throw notLearnt("asynchronous submission", "call run from a thread of your own");
    }

    /**
     * Runs a program of any length and delivers what arrives while it runs.
     *
     * @param source of the instruction words
     * @param options of this run
     * @param listener called on the link's thread
     */
    default void stream(ProgramSource source, RunOptions options, RunListener listener) {
        throw notLearnt("streaming", "split the program and use run");
    }

    /**
     * The stack of programs that restore this user's configuration when the chip was lent to somebody else. Whoever throws
     * {@link SessionStateLostException} runs it.
     */
    default ReinitStack reinit() {
        throw notLearnt("the re-initialisation stack", "write the configuration before each run");
    }

    /**
     * Captures the entire state of an emulated chip.
     *
     * @return an id for {@link #restore}
     */
    default String snapshot() {
        throw notLearnt("snapshots", "read the registers with a program");
    }

    /**
     * Puts an emulated chip back into a captured state.
     *
     * @param snapshot id that {@link #snapshot} gave
     */
    default void restore(String snapshot) {
        throw notLearnt("snapshots", "write the configuration again");
    }

    /** Gives the chip back; never throws, repeated calls have no effect. */
    @Override
    void close();

    private UnsupportedOnTargetException notLearnt(String feature, String remedy) {
        return new UnsupportedOnTargetException(
                UNSUPPORTED_ON_TARGET,
                "feature of target " + describe().target(),
                feature,
                "not offered by this link",
                remedy);
    }
}
