package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.SpikeCounterRead;
import firstspike.driver.register.SpikeCounterReset;
import java.util.function.Consumer;

/** How often neurons fire in a while, by their counters, which count up to 255 (registers.md 6.4). */
public final class SpikeCounts {

    /** Counts above this are not told apart. */
    public static final int MOST = 255;

    private SpikeCounts() {}

    /**
     * Adds resets of all counters, a pause, and their reads, neuron after neuron in both passes: each counts for the pause
     * and the time that a pass takes.
     *
     * @param program gets the instructions
     * @param ticks of the pause
     * @return spikes of each neuron, {@link #MOST} + 1 where the counter has overflowed
     */
    public static Ticket<int[]> over(PlaybackProgramBuilder program, long ticks) {
        return over(program, ticks, stimulus -> {});
    }

    /**
     * The same with something that happens in the beginning of the pause.
     *
     * @param program gets the instructions
     * @param ticks of the pause, counted from its beginning
     * @param stimulus adds instructions; takes less time than the pause
     * @return as {@link #over(PlaybackProgramBuilder, long)}
     */
    public static Ticket<int[]> over(
            PlaybackProgramBuilder program, long ticks, Consumer<PlaybackProgramBuilder> stimulus) {
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            SpikeCounterReset reset = new SpikeCounterReset(AtomicNeuron.of(n));
            program.write(reset.writeAddresses(), reset.words());
        }
        program.barrier(Barrier.OMNIBUS).timerReset();
        stimulus.accept(program);
        program.waitUntil(ticks);
        int[] addresses = new int[AtomicNeuron.COUNT];
        for (int n = 0; n < addresses.length; n++) {
            addresses[n] = SpikeCounterRead.readAddress(AtomicNeuron.of(n));
        }
        return program.read(addresses, SpikeCounts::decode);
    }

    private static int[] decode(int[] words) {
        int[] counts = new int[words.length];
        for (int n = 0; n < counts.length; n++) {
            SpikeCounterRead counter = SpikeCounterRead.decode(words[n]);
            counts[n] = counter.overflow() ? MOST + 1 : counter.count();
        }
        return counts;
    }
}
