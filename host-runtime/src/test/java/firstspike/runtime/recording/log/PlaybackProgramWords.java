package firstspike.runtime.recording.log;

import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;

/** The words of a program, for comparison. */
final class PlaybackProgramWords {

    private PlaybackProgramWords() {}

    static long[] of(PlaybackProgram program) {
        long[] words = new long[program.size()];
        InstructionSource source = program.open();
        for (int i = 0; source.next(); i++) {
            words[i] = source.word();
        }
        return words;
    }
}
