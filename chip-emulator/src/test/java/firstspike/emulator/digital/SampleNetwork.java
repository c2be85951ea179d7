package firstspike.emulator.digital;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import java.util.Random;

/**
 * A network of Yin-Yang size on a chip: 25 inputs to 120 neurons of two circuits, and on to 3 label neurons, with
 * random weights; and samples for it. The same seed gives the same chip, network and samples.
 */
final class SampleNetwork {
    static final int INPUTS = 25;
    /** Ticks of a sample's window, 30 time constants of 6 µs. */
    static final int WINDOW = 22_500;

    /** 6.4 µs, of which 5.4 µs are clamp. */
    private static final int INSTANT_REFRACTORY = 200;

    private static final int HIDDEN = 120;
    private static final int NEURONS = 123;

    final FabricRig rig;
    /** Tick at which the next sample begins. */
    long tick = WorkingPoint.SETTLED;

    private final Random random;

    SampleNetwork(Fidelity fidelity, long seed) {
        random = new Random(seed);
        rig = new FabricRig(new DigitalChip(ChipModel.of(fidelity, seed), FabricOptions.DEFAULT));
        rig.chip.probe(null);
        rig.control(0, ChipEffects.Kind.ORDINAL_TAKEN, 0);
        WorkingPoint point = WorkingPoint.of(rig);
        for (int neuron = 0; neuron < NEURONS; neuron++) {
            neuron(point, 2 * neuron);
        }
        routing();
        for (int input = 0; input < INPUTS; input++) {
            for (int neuron = 0; neuron < HIDDEN; neuron++) {
                weight(point, 4 * rowSelect(input) + input % 4, 63, 2 * neuron, 9, 16);
            }
        }
        for (int neuron = 0; neuron < HIDDEN; neuron++) {
            int label = 2 * neuron / 32 << 8 | 2 * neuron & 31;
            for (int k = HIDDEN; k < NEURONS; k++) {
                weight(point, 4 * (label >> 6 & 31) + (2 * neuron / 32 & 3), label & 63, 2 * k, 3, 20);
            }
        }
        rig.write(6, 0x0013_0000, 0xFFF0)
                .control(7, ChipEffects.Kind.PROGRAM_STARTED, 0)
                .run(tick);
    }

    private void neuron(WorkingPoint point, int circuit) {
        point.neuron(circuit, circuit & 31).neuron(circuit + 1, 0).code(circuit + 1, 8, 0);
        rig.write(
                4,
                WorkingPoint.config(AtomicNeuron.of(circuit))
                        .withThresholdComparator(true)
                        .withConnectMembraneRight(true));
        rig.write(
                4,
                WorkingPoint.config(AtomicNeuron.of(circuit + 1))
                        .withMembraneCapacitorSize(0)
                        .withFire(false));
    }

    private void routing() {
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
    }

    private static int rowSelect(int input) {
        return 31 - input / 4;
    }

    private void weight(WorkingPoint point, int driver, int label, int column, double mean, double spread) {
        int w = (int) Math.round(mean + spread * random.nextGaussian());
        point.synapse(5, 0, 2 * driver + (w < 0 ? 1 : 0), column, label, Math.min(63, Math.abs(w)));
    }

    /** The same network with refractory periods so long that resets are instant, as experiments have them. */
    static SampleNetwork withInstantResets(Fidelity fidelity, long seed) {
        SampleNetwork network = new SampleNetwork(fidelity, seed);
        for (int neuron = 0; neuron < NEURONS; neuron++) {
            network.rig.write(
                    network.tick,
                    NeuronBackendConfig.defaults(AtomicNeuron.of(2 * neuron))
                            .withAddressOut(2 * neuron & 31)
                            .withFastClock(true)
                            .withRefractoryTime(INSTANT_REFRACTORY)
                            .withSpikeOut(true));
        }
        network.tick += WINDOW;
        network.rig.run(network.tick);
        return network;
    }

    /** Adds a circuit that never fires and takes longer than a window to rest, reached by the first input. */
    void slowPassiveNode() {
        int circuit = 255;
        WorkingPoint.settled(rig, tick)
                .neuron(circuit, 0)
                .code(circuit, 8, 10)
                .synapse(tick, 0, 2 * 4 * rowSelect(0), circuit, 63, 20);
        rig.write(tick, WorkingPoint.config(AtomicNeuron.of(circuit)));
        tick += WorkingPoint.SETTLED;
        rig.run(tick);
    }

    /** Adds a sample: all inputs within about 2 time constants. */
    void sample(ChipEffects effects) {
        long at = tick + 100;
        for (int e = 0; e < INPUTS; e++) {
            at += random.nextInt(60);
            spike(effects, at, e);
        }
        tick += WINDOW;
    }

    /** Adds one input spike. */
    void spike(ChipEffects effects, long at, int input) {
        effects.add(at, ChipEffects.Kind.SPIKES, 13L << 56 | input % 4 << 14 | rowSelect(input) << 6 | 63);
    }
}
