package firstspike.runtime.recording.replay;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.recording.tap.StimulusProgram;

/** The chip that a log is run on again. One owner thread. */
public interface ReplayChip extends AutoCloseable {

    /**
     * The chip shall be configured as it was.
     *
     * @param program that was run as a set-up
     */
    void setUp(PlaybackProgram program);

    /**
     * Runs a program.
     *
     * @param ordinal with which it ran when it was recorded, which decides the noise of an emulator
     * @param program stimulus and duration
     * @return what the chip sent
     */
    Spikes run(long ordinal, StimulusProgram program);

    @Override
    void close();
}
