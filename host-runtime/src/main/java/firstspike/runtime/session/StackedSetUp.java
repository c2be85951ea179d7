package firstspike.runtime.session;

import firstspike.driver.link.ReinitStack;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.util.BitSet;
import java.util.Optional;

/**
 * The set-up of a session on the re-initialisation stack of its server, which runs it in front of the next program whenever
 * another session had the chip (playback.md 10.4). Two entries: the program that sets up the whole chip, and the words that
 * programs change, which the server reads when the session loses the chip and writes back when it has it again. One owner
 * thread.
 */
final class StackedSetUp {

    private static final int WHOLE = 0;
    private static final int CHANGING = 1;

    private final ReinitStack stack;
    private int height;

    /**
     * @param stack of the server, empty
     */
    StackedSetUp(ReinitStack stack) {
        this.stack = stack;
    }

    /**
     * What is restored from now on, and run in front of the next program.
     *
     * @param setUp program that initialises the chip and writes every word
     * @param changing places that programs write
     * @param words of the configuration that the program writes
     */
    void put(PlaybackProgram setUp, BitSet changing, int[] words) {
        set(WHOLE, setUp, Optional.empty());
        changing(changing, words);
    }

    /**
     * Programs write other places than before.
     *
     * @param places all of them
     * @param words of the chip as it is now
     */
    void changing(BitSet places, int[] words) {
        if (places.isEmpty()) {
            return;
        }
        PlaybackProgramBuilder writes = PlaybackProgram.builder();
        PlaybackProgramBuilder reads = PlaybackProgram.builder();
        places.stream().forEach(place -> {
            writes.write(ChipConfiguration.address(place), words[place]);
            reads.read(ChipConfiguration.address(place));
        });
        set(
                CHANGING,
                writes.barrier(Barrier.OMNIBUS).done(),
                Optional.of(reads.barrier(Barrier.OMNIBUS).done()));
    }

    private void set(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        if (index == height) {
            stack.push(program, snapshot);
            height++;
        } else {
            stack.update(index, program, snapshot);
        }
    }
}
