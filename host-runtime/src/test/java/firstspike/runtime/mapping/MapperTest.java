package firstspike.runtime.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.register.Container;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.PathCheck;
import firstspike.runtime.session.WordPatch;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MapperTest {

    @Test
    @DisplayName("U23 the report of the published Yin-Yang network")
    void report() {
        MappingReport report = Networks.mapped(Networks.yinYang()).report();

        assertThat(report.circuits()).isEqualTo(new Usage(246, 512));
        assertThat(report.externalLabels()).isEqualTo(new Usage(25, 256));
        assertThat(report.neuronLabels()).isEqualTo(new Usage(123, 256));
        // the 25 rows of the first layer share their row pairs with hidden neurons
        assertThat(report.drivers()).isEqualTo(new Usage(120, 256));
        assertThat(report.rows()).isEqualTo(new Usage(240, 512));
        assertThat(report.eventsPerSample()).isEqualTo(25);
        assertThat(report.eventsMovedPerSample()).isEqualTo(10);
        assertThat(report.sampleTimeUs()).isEqualTo(180);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.layers()).extracting(LayerReport::fanIn).containsExactly(25, 120);
        assertThat(report.lines()).anySatisfy(line -> assertThat(line).contains("published scheme, 123 neurons"));
        assertThat(report.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    @DisplayName("J20 what does not fit is named: resource, needed, available, layer")
    void doesNotFit() {
        ExperimentException neurons =
                catchThrowableOfType(ExperimentException.class, () -> Networks.mapped(Networks.plain(4, 200, 57)));
        assertThat(neurons.code()).isEqualTo(Code.DOES_NOT_FIT);
        assertThat(neurons.detail().fields())
                .containsEntry("resource", "neurons")
                .containsEntry("needed", "257")
                .containsEntry("available", "256")
                .containsEntry("layer", "layer1");

        ExperimentException fanIn =
                catchThrowableOfType(ExperimentException.class, () -> Networks.mapped(Networks.plain(257, 2)));
        assertThat(fanIn.detail().fields())
                .containsEntry("resource", "fan-in of layer layer0")
                .containsEntry("layer", "layer0");

        Network labels = new Network(
                250,
                1,
                Networks.neuron(),
                List.of(new Layer("a", 2, List.of(), 1), new Layer("b", 2, List.of(0.5), 7)));
        ExperimentException rows = catchThrowableOfType(ExperimentException.class, () -> Networks.mapped(labels));
        assertThat(rows.detail().fields())
                .containsEntry("resource", "labels of external events")
                .containsEntry("layer", "b");

        assertThat(Networks.mapped(Networks.plain(256, 246, 10)).neurons()).isEqualTo(256);
    }

    @Test
    @DisplayName("inloop 13.5: a chip that needs a calibration is refused, unless nominal codes are allowed")
    void calibrationMissing() {
        ChipDescription c = Networks.chip();
        ChipDescription raw = new ChipDescription(
                c.kind(),
                c.target(),
                c.chipId(),
                c.fidelity(),
                c.chipRevision(),
                true,
                c.softwareVersion(),
                c.tickPicoseconds(),
                c.inputLatencyTicks(),
                c.outputLatencyTicks(),
                c.maxInstructions(),
                c.properties());

        assertThatThrownBy(() -> Mapper.map(Networks.yinYang(), Networks.SETTINGS, raw, false))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING)
                .hasMessageContaining("--allow-uncalibrated");
        assertThat(Mapper.map(Networks.yinYang(), Networks.SETTINGS, raw, true).neurons())
                .isEqualTo(123);
    }

    @Test
    @DisplayName("I-21 weights and signs land where 13.1 says, and reading them back restores the matrices")
    void weightsLand() {
        Network network = Networks.plain(200, 140, 20);
        ChipMapping mapping = Networks.mapped(network);
        short[][] integers = random(network, 7);
        WeightWords words = mapping.weightWords();

        WordPatch patch = words.set(integers);

        ChipConfiguration chip = patched(mapping.configuration(), patch);
        for (int l = 0; l < integers.length; l++) {
            int size = network.layers().get(l).size();
            for (int i = 0; i < integers[l].length; i += 13) {
                int source = l == 0
                        ? PublishedScheme.sourceOfRow(
                                i / size, mapping.settings().sourceOrder())
                        : i / size;
                int neuron = mapping.firstNeuron(l) + i % size;
                int pair = PublishedScheme.rowPair(source);
                int column = 2 * (neuron % 128) + (source >= 128 ? 1 : 0);
                assertThat(synapse(chip, Container.SYNAPSE_WEIGHT_QUAD, neuron / 128, 2 * pair, column))
                        .isEqualTo(Math.max(integers[l][i], 0));
                assertThat(synapse(chip, Container.SYNAPSE_WEIGHT_QUAD, neuron / 128, 2 * pair + 1, column))
                        .isEqualTo(Math.max(-integers[l][i], 0));
                assertThat(synapse(chip, Container.SYNAPSE_LABEL_QUAD, neuron / 128, 2 * pair, column))
                        .isEqualTo(PublishedScheme.synapseLabel(source, l == 0));
            }
        }
        assertThat(words.read(patch.words().clone())).isDeepEqualTo(integers);
    }

    @Test
    @DisplayName("I-21 labels lead to their neurons and no other label does")
    void labels() {
        ChipMapping mapping = Networks.mapped(Networks.plain(16, 246, 10));

        assertThat(IntStream.range(0, 256).map(mapping::labelOf).distinct().count())
                .isEqualTo(256);
        for (int n = 0; n < 256; n++) {
            assertThat(mapping.neuronOf(mapping.labelOf(n))).isEqualTo(n);
        }
        assertThat(IntStream.range(0, 1 << 16)
                        .filter(label -> mapping.neuronOf(label) != ChipMapping.UNKNOWN)
                        .count())
                .isEqualTo(256);
    }

    @Test
    @DisplayName("registers 18.1: a mapped network is complete, later biases included")
    void pathsAreComplete() {
        Network network = new Network(
                5,
                2,
                Networks.neuron(),
                List.of(new Layer("a", 130, List.of(0.9, 1.1), 2), new Layer("b", 20, List.of(0.3), 3)));
        ChipMapping mapping = Networks.mapped(network);

        PathCheck.require(mapping.configuration(), mapping.paths(), mapping.outputCircuits(), false);

        assertThat(mapping.externalLabels()).hasSize(10 + 4 + 3).doesNotHaveDuplicates();
    }

    private static short[][] random(Network network, long seed) {
        Random random = new Random(seed);
        short[][] integers = new short[network.layers().size()][];
        for (int l = 0; l < integers.length; l++) {
            integers[l] = new short[network.rows(l) * network.layers().get(l).size()];
            for (int i = 0; i < integers[l].length; i++) {
                integers[l][i] = (short) (random.nextInt(127) - 63);
            }
        }
        return integers;
    }

    private static ChipConfiguration patched(ChipConfiguration base, WordPatch patch) {
        ChipConfiguration.Builder builder = base.change();
        int[] quadOfPlace = new int[ChipConfiguration.size()];
        IntStream.range(0, SynapseQuad.COUNT).forEach(q -> quadOfPlace[ChipConfiguration.weightPlace(q)] = q);
        for (int i = 0; i < patch.places().length; i++) {
            int word = patch.words()[i];
            builder.set(new SynapseWeightQuad(
                    SynapseQuad.of(quadOfPlace[patch.places()[i]]),
                    SynapseWeightQuad.weight(word, 0),
                    SynapseWeightQuad.weight(word, 1),
                    SynapseWeightQuad.weight(word, 2),
                    SynapseWeightQuad.weight(word, 3)));
        }
        return builder.build();
    }

    private static long synapse(ChipConfiguration chip, Container container, int hemisphere, int row, int column) {
        int quad = SynapseQuad.index(hemisphere, row, SynapseQuadColumn.ofColumn(column));
        return chip.values(container, quad).value("values", SynapseQuadColumn.entryOfColumn(column));
    }
}
