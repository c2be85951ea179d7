package firstspike.emulator.digital;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import java.util.Locale;
import java.util.Random;

/**
 * Prints µs per sample of Yin-Yang size through crossbar, drivers and membranes: 25 input events to 120 neurons of two
 * circuits, each spike going on to 3 label neurons and out. A program, not a test.
 */
public final class SampleBenchmark {
    private static final int HIDDEN = 120;
    private static final int NEURONS = 123;
    private static final int INPUTS = 25;
    private static final int WINDOW = 22_500;
    private static final int SAMPLES = 2000;
    private static final int ROUNDS = 8;

    private final FabricRig rig;
    private final Random random = new Random(3);
    private long tick = WorkingPoint.SETTLED;
    private long spikes;

    private SampleBenchmark(Fidelity fidelity) {
        rig = new FabricRig(new DigitalChip(ChipModel.of(fidelity, 7), FabricOptions.DEFAULT));
        rig.chip.probe(null);
        rig.control(0, ChipEffects.Kind.ORDINAL_TAKEN, 0);
        WorkingPoint point = WorkingPoint.of(rig);
        for (int neuron = 0; neuron < NEURONS; neuron++) {
            point.neuron(2 * neuron, 2 * neuron & 31).neuron(2 * neuron + 1, 0).code(2 * neuron + 1, 8, 0);
            rig.write(
                    4,
                    WorkingPoint.config(AtomicNeuron.of(2 * neuron))
                            .withThresholdComparator(true)
                            .withConnectMembraneRight(true));
            rig.write(4, WorkingPoint.config(AtomicNeuron.of(2 * neuron + 1)).withMembraneCapacitorSize(0).withFire(false));
        }
        for (int driver = 0; driver < 128; driver++) {
            rig.driver(4, driver, 31, RowMode.INHIBITORY, RowMode.EXCITATORY);
        }
        for (int input = 8; input < 12; input++) {
            for (int output = 0; output < 12; output++) {
                if (Crossbar.exists(input, output) && output != input - 8) {
                    rig.write(4, FabricRig.node(input, output), 1 << 16);
                }
            }
        }
        for (int input = 0; input < INPUTS; input++) {
            int driver = 4 * (31 - input / 4) + input % 4;
            for (int neuron = 0; neuron < HIDDEN; neuron++) {
                weight(point, driver, 63, 2 * neuron, 9, 16);
            }
        }
        for (int neuron = 0; neuron < HIDDEN; neuron++) {
            int label = 2 * neuron / 32 << 8 | 2 * neuron & 31;
            int driver = 4 * (label >> 6 & 31) + (2 * neuron / 32 & 3);
            for (int k = HIDDEN; k < NEURONS; k++) {
                weight(point, driver, label & 63, 2 * k, 3, 20);
            }
        }
        rig.run(tick);
    }

    private void weight(WorkingPoint point, int driver, int label, int column, double mean, double spread) {
        int w = (int) Math.round(mean + spread * random.nextGaussian());
        int row = 2 * driver + (w < 0 ? 1 : 0);
        point.synapse(5, 0, row, column, label, Math.min(63, Math.abs(w)));
    }

    private double round() {
        ChipEffects effects = new ChipEffects();
        for (int s = 0; s < SAMPLES; s++) {
            long at = tick + 100;
            for (int e = 0; e < INPUTS; e++) {
                at += random.nextInt(60);
                int channel = e % 4;
                effects.add(at, ChipEffects.Kind.SPIKES, 13L << 56 | channel << 14 | 31 - e / 4 << 6 | 63);
            }
            tick += WINDOW;
        }
        rig.events.clear();
        long start = ProcessorTime.nanos();
        rig.chip.advance(effects, tick, rig);
        double micros = (ProcessorTime.nanos() - start) / 1000.0 / SAMPLES;
        spikes += rig.events.size();
        return micros;
    }

    /**
     * Runs both fidelities and prints the fastest round of each.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        for (Fidelity fidelity : new Fidelity[] {Fidelity.NOMINAL, Fidelity.VARIED_RESIDUAL}) {
            SampleBenchmark bench = new SampleBenchmark(fidelity);
            double best = Double.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                best = Math.min(best, bench.round());
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-16s %7.1f us a sample, %.1f spikes",
                    fidelity,
                    best,
                    bench.spikes / (double) ROUNDS / SAMPLES));
        }
    }
}
