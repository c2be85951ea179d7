package firstspike.driver.playback;

/**
 * A cursor over the instruction words of a program, be it in memory, in chunks or in frames: the only way in which
 * executors read programs. One owner thread.
 */
public interface InstructionSource {

    /**
     * Moves to the next instruction.
     *
     * @return false at the end
     */
    boolean next();

    /** Word of the current instruction. */
    long word();

    /** Index of the current instruction, counted from 0. */
    long index();
}
