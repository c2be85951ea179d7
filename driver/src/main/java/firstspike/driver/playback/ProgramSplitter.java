package firstspike.driver.playback;

import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;

import firstspike.driver.error.ProgramRejectedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins samples to programs of at most half the playback memory, in order and without cutting inside a sample, for the timer
 * restarts between samples only (playback.md 9). Half, because each read may cost a response and a time message in the trace.
 */
public final class ProgramSplitter {

    /** Most instructions of one program. */
    public static final int MOST_INSTRUCTIONS = PlaybackProgram.MAX_INSTRUCTIONS / 2;

    private ProgramSplitter() {}

    /**
     * Joins as many samples as fit into each program.
     *
     * @param samples in the order they shall run; empty afterwards, their tickets belong to the programs
     * @return the programs in order, none for no samples
     * @throws ProgramRejectedException when one sample alone is too long; no sample is changed then
     */
    public static List<PlaybackProgram> split(List<PlaybackProgramBuilder> samples) {
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).instructionCount() > MOST_INSTRUCTIONS) {
                throw new ProgramRejectedException(
                        PROGRAM_TOO_LARGE,
                        "sample " + i + " in instructions",
                        samples.get(i).instructionCount(),
                        MOST_INSTRUCTIONS,
                        "make the sample shorter, or stream it");
            }
        }
        List<PlaybackProgram> programs = new ArrayList<>();
        PlaybackProgramBuilder chunk = new PlaybackProgramBuilder();
        for (PlaybackProgramBuilder sample : samples) {
            if ((long) chunk.instructionCount() + sample.instructionCount() > MOST_INSTRUCTIONS) {
                programs.add(chunk.done());
            }
            chunk.append(sample);
        }
        if (!chunk.isEmpty()) {
            programs.add(chunk.done());
        }
        return programs;
    }
}
