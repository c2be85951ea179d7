package firstspike.emulator.digital;

import firstspike.emulator.analog.Fidelity;
import java.util.Locale;

/**
 * Prints µs per sample of Yin-Yang size through crossbar, drivers and membranes: processor time of one thread, and time
 * of the clock with 1 and 2 threads. A program, not a test.
 */
public final class SampleBenchmark {
    private static final int SAMPLES = 300;
    private static final int ROUNDS = 40;

    private SampleBenchmark() {}

    /**
     * Runs both fidelities and prints the fastest round of each.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        for (Fidelity fidelity : new Fidelity[] {Fidelity.NOMINAL, Fidelity.VARIED_RESIDUAL}) {
            for (int threads = 1; threads <= 2; threads++) {
                measure(fidelity, threads);
            }
        }
    }

    private static void measure(Fidelity fidelity, int threads) {
        SampleNetwork network = new SampleNetwork(fidelity, 7);
        WindowedChip chip = new WindowedChip(network.rig.chip, threads, 256);
        double clock = Double.MAX_VALUE;
        double processor = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            ChipEffects effects = new ChipEffects();
            for (int s = 0; s < SAMPLES; s++) {
                network.sample(effects);
            }
            long start = System.nanoTime();
            long busy = ProcessorTime.nanos();
            chip.advance(effects, network.tick, network.rig);
            processor = Math.min(processor, (ProcessorTime.nanos() - busy) / 1000.0 / SAMPLES);
            clock = Math.min(clock, (System.nanoTime() - start) / 1000.0 / SAMPLES);
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%-16s %d threads: %7.1f us a sample (caller's processor time %7.1f), %.1f spikes, %d windows, %d again",
                fidelity,
                threads,
                clock,
                processor,
                network.rig.events.size() / (double) ROUNDS / SAMPLES,
                chip.windowsJoined(),
                chip.windowsRepeated()));
    }
}
