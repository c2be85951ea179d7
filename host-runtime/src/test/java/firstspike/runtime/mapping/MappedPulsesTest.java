package firstspike.runtime.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.message.ToFpga;
import firstspike.driver.register.NeuronReset;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import firstspike.emulator.digital.ChipEffects;
import firstspike.emulator.digital.DigitalChip;
import firstspike.emulator.digital.FabricOptions;
import firstspike.emulator.digital.FabricSink;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.mapping.CircuitGrades.Grade;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.PathCheck;
import firstspike.runtime.session.WordPatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random networks on the emulated fabric: every input and every neuron is fired once, and the driver pulses that a probe sees
 * must add up, synapse by synapse, to the weights of the network and to nothing else.
 */
class MappedPulsesTest {

    /** The build tries some, the acceptance profile a thousand. */
    private static final int NETWORKS = Integer.getInteger("firstspike.networks", 15);

    private static final long FIRST_EVENT = 2_000_000;
    private static final int SPACING = 200;

    private int placed;
    private int refused;

    @Test
    @DisplayName("inloop 13.6: in random networks each source reaches exactly the synapses that the network gives it")
    void pulses() {
        Random random = new Random(136);
        for (int i = 0; i < NETWORKS; i++) {
            Case tried = Case.random(random);
            ChipMapping mapping;
            try {
                mapping = tried.map();
            } catch (ExperimentException e) {
                assertThat(e.code()).isEqualTo(ExperimentException.Code.DOES_NOT_FIT);
                assertThat(e.detail().fields()).containsKeys("resource", "needed", "available", "layer");
                refused++;
                continue;
            }
            placed++;
            check(tried, mapping);
        }
        assertThat(placed).as("%d placed, %d refused", placed, refused).isGreaterThan(NETWORKS / 2);
    }

    private static void check(Case tried, ChipMapping mapping) {
        Network network = tried.network();
        short[][] integers = integers(mapping, tried.weights());
        WordPatch patch = mapping.weightWords().set(integers);
        assertThat(mapping.weightWords().read(patch.words())).isDeepEqualTo(integers);
        PathCheck.require(mapping.configuration(), mapping.paths(), mapping.outputCircuits(), false);

        Array array = Array.of(mapping.configuration(), patch);
        List<int[]> hits = fire(mapping, patch, array);

        // sources in the order in which they were fired: external events by layer and row, then neurons
        int at = 0;
        int[] externals = mapping.externalLabels();
        for (int l = 0, e = 0; l < network.layers().size(); l++) {
            for (int row = l == 0 ? 0 : network.inputRows(l); row < network.rows(l); row++, e++, at++) {
                assertThat(hits.get(at))
                        .as("external event %04x, layer %d row %d of %s", externals[e], l, row, tried)
                        .isEqualTo(expected(mapping, integers, l, row));
            }
        }
        for (int l = 0; l < network.layers().size(); l++) {
            for (int n = 0; n < network.layers().get(l).size(); n++, at++) {
                assertThat(hits.get(at))
                        .as("neuron %d of layer %d of %s", n, l, tried)
                        .isEqualTo(
                                l + 1 < network.layers().size()
                                        ? expected(mapping, integers, l + 1, n)
                                        : new int[mapping.neurons() + 1]);
            }
        }
    }

    /** Signed weight that an event of a row brings to each neuron; the last entry is for circuits of no neuron. */
    private static int[] expected(ChipMapping mapping, short[][] integers, int layer, int row) {
        int[] sums = new int[mapping.neurons() + 1];
        int size = mapping.network().layers().get(layer).size();
        for (int n = 0; n < size; n++) {
            sums[mapping.firstNeuron(layer) + n] = integers[layer][row * size + n];
        }
        return sums;
    }

    private static short[][] integers(ChipMapping mapping, double[][] weights) {
        short[][] integers = new short[weights.length][];
        for (int l = 0; l < weights.length; l++) {
            int size = mapping.network().layers().get(l).size();
            integers[l] = new short[weights[l].length];
            for (int i = 0; i < integers[l].length; i++) {
                int largest = mapping.largestInteger(l, i / size);
                integers[l][i] =
                        (short) Math.max(-largest, Math.min(largest, Math.rint(weights[l][i] * mapping.scale(l))));
            }
        }
        return integers;
    }

    /** Fires every source once and adds up what its pulses reach, source by source. */
    private static List<int[]> fire(ChipMapping mapping, WordPatch patch, Array array) {
        ChipEffects effects = new ChipEffects(1 << 17);
        effects.add(0, ChipEffects.Kind.PROGRAM_STARTED, 0);
        for (int place = 0; place < ChipConfiguration.size(); place++) {
            write(
                    effects,
                    1,
                    ChipConfiguration.address(place),
                    mapping.configuration().word(place));
        }
        for (int i = 0; i < patch.places().length; i++) {
            write(effects, 2, ChipConfiguration.address(patch.places()[i]), patch.words()[i]);
        }
        long tick = FIRST_EVENT;
        for (int label : mapping.externalLabels()) {
            effects.add(tick, ChipEffects.Kind.SPIKES, ToFpga.spike(label));
            tick += SPACING;
        }
        for (int circuit : mapping.outputCircuits()) {
            NeuronReset reset = new NeuronReset(AtomicNeuron.of(circuit));
            write(effects, tick, reset.writeAddresses()[0], reset.words()[0]);
            tick += SPACING;
        }
        int[] owner = mapping.neuronOfCircuit();
        List<int[]> hits = new ArrayList<>();
        while (FIRST_EVENT + (long) hits.size() * SPACING < tick) {
            hits.add(new int[mapping.neurons() + 1]);
        }
        DigitalChip chip = new DigitalChip(ChipModel.of(Fidelity.NOMINAL, 1), FabricOptions.DEFAULT);
        chip.probe((when, half, driver, label) -> {
            int[] sums = hits.get((int) ((when - FIRST_EVENT) / SPACING));
            for (int column = 0; column < 256; column++) {
                int weight = array.signed(half, driver, column, label);
                int neuron = owner[256 * half + column];
                sums[neuron < 0 ? sums.length - 1 : neuron] += weight;
            }
        });
        chip.advance(effects, tick, new Nowhere());
        return hits;
    }

    private static void write(ChipEffects effects, long tick, int address, int word) {
        effects.write(tick, address, word, 15);
    }

    /** Both synapse arrays as words: what a driver's pulse with a label means to a column. */
    private record Array(int[] labels, int[] weights) {

        static Array of(ChipConfiguration chip, WordPatch patch) {
            Map<Integer, Integer> patched = new HashMap<>();
            for (int i = 0; i < patch.places().length; i++) {
                patched.put(patch.places()[i], patch.words()[i]);
            }
            int[] labels = new int[SynapseQuad.COUNT];
            int[] weights = new int[SynapseQuad.COUNT];
            for (int quad = 0; quad < SynapseQuad.COUNT; quad++) {
                labels[quad] = chip.word(ChipConfiguration.labelPlace(quad));
                int place = ChipConfiguration.weightPlace(quad);
                weights[quad] = patched.getOrDefault(place, chip.word(place));
            }
            return new Array(labels, weights);
        }

        int signed(int half, int driver, int column, int label) {
            return weight(half, 2 * driver, column, label) - weight(half, 2 * driver + 1, column, label);
        }

        private int weight(int half, int row, int column, int label) {
            int quad = SynapseQuad.index(half, row, SynapseQuadColumn.ofColumn(column));
            int entry = SynapseQuadColumn.entryOfColumn(column);
            return (labels[quad] >>> 24 - 8 * entry & 0x3f) == label
                    ? SynapseWeightQuad.weight(weights[quad], entry)
                    : 0;
        }
    }

    /** A network with its settings, weights and chip. */
    private record Case(Network network, ChipSettings settings, double[][] weights, CircuitGrades grades) {

        static Case random(Random random) {
            List<Layer> layers = new ArrayList<>();
            int depth = 1 + random.nextInt(3);
            for (int l = 0; l < depth; l++) {
                List<Double> biases = new ArrayList<>();
                for (int b = random.nextInt(3); b > 0; b--) {
                    biases.add(0.1 + random.nextDouble());
                }
                layers.add(new Layer("layer" + l, 1 + random.nextInt(100), biases, 1 + random.nextInt(2)));
            }
            Network network = new Network(1 + random.nextInt(120), 1 + random.nextInt(2), Networks.neuron(), layers);
            int copies = random.nextInt(4);
            int size = random.nextInt(5);
            ChipSettings settings = Networks.settings(
                    size == 0 ? OptionalInt.empty() : OptionalInt.of(size),
                    copies == 0 ? OptionalInt.empty() : OptionalInt.of(copies == 3 ? 1 : copies));
            double[][] weights = new double[depth][];
            for (int l = 0; l < depth; l++) {
                weights[l] = new double[network.rows(l) * layers.get(l).size()];
                double spread = random.nextInt(3) == 0 ? 2 : 0.6;
                for (int i = 0; i < weights[l].length; i++) {
                    weights[l][i] = spread * random.nextGaussian();
                }
            }
            Map<Integer, Grade> bad = new HashMap<>();
            for (int b = random.nextInt(2) * random.nextInt(12); b > 0; b--) {
                bad.put(random.nextInt(512), random.nextBoolean() ? Grade.AVOIDED : Grade.EXCLUDED);
            }
            return new Case(network, settings, weights, CircuitGrades.of(bad));
        }

        ChipMapping map() {
            return Mapper.map(
                    network,
                    settings,
                    Networks.chip(),
                    false,
                    RowCopies.forWeights(network, settings, weights),
                    grades);
        }

        @Override
        public String toString() {
            return network + ", neuron size " + settings.neuronSize() + ", copies " + settings.rowCopies();
        }
    }

    /** Takes what leaves the chip. */
    private static final class Nowhere implements FabricSink {

        @Override
        public void event(long tick, int label, int stamp) {}

        @Override
        public void sample(long tick, int raw, int stamp) {}

        @Override
        public void value(long tick, int value) {}
    }
}
