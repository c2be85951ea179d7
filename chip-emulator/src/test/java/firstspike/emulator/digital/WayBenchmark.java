package firstspike.emulator.digital;

import firstspike.emulator.analog.Fidelity;
import java.util.Locale;

/** Prints µs of processor time per sample of Yin-Yang size on the planned and on the general way. A program, not a test. */
public final class WayBenchmark {
    private static final int SAMPLES = 200;
    private static final int ROUNDS = 12;

    private WayBenchmark() {}

    /**
     * Runs both ways by turns and prints the best round of each.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        SampleNetwork[] network = {
            SampleNetwork.withInstantResets(Fidelity.NOMINAL, 7), SampleNetwork.withInstantResets(Fidelity.NOMINAL, 7)
        };
        network[0].rig.chip.plan(false);
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
        for (int round = 0; round < ROUNDS; round++) {
            for (int way = 0; way < 2; way++) {
                ChipEffects effects = new ChipEffects();
                for (int s = 0; s < SAMPLES; s++) {
                    network[way].sample(effects);
                }
                long busy = ProcessorTime.nanos();
                network[way].rig.chip.advance(effects, network[way].tick, network[way].rig);
                best[way] = Math.min(best[way], (ProcessorTime.nanos() - busy) / 1000.0 / SAMPLES);
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "general %.1f us, planned %.1f us of processor time a sample; same events: %b",
                best[0],
                best[1],
                network[0].rig.events.equals(network[1].rig.events)));
    }
}
