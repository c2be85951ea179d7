package firstspike.runtime.exchange.sonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.References;
import firstspike.runtime.exchange.csv.SpikeTable;
import firstspike.runtime.exchange.hdf.HdfInput;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SonataTest {

    @TempDir
    Path folder;

    @Test
    void spikesComeBackOnTheirTicks() {
        SplittableRandom random = new SplittableRandom(5);
        SpikeTable table = new SpikeTable();
        long tick = 0;
        for (int i = 0; i < 80_000; i++) {
            tick += random.nextInt(3000);
            boolean hidden = random.nextBoolean();
            table.add(0, tick, false, SpikeTable.NONE, hidden ? "hidden" : "label", random.nextInt(hidden ? 120 : 3));
        }
        Path path = folder.resolve("spikes.h5");
        SonataSpikes.write(table, ProgramStarts.inTurn(table), 1, path);
        SonataSpikes.Imported back = SonataSpikes.read(path, Map.of());

        assertThat(back.offGrid()).isZero();
        assertThat(back.table().size()).isEqualTo(table.size());
        for (int row = 0; row < table.size(); row++) {
            assertThat(back.table().tick(row)).isEqualTo(table.tick(row));
            assertThat(back.table().neuron(row)).isEqualTo(table.neuron(row));
            assertThat(back.table().populations().get(back.table().population(row)))
                    .isEqualTo(table.populations().get(table.population(row)));
        }
    }

    @Test
    void programsFollowOneAnotherAndDirectionsAreApart() {
        SpikeTable table = new SpikeTable();
        table.add(0, -5, false, 7, "", SpikeTable.NONE);
        table.add(0, 100, true, 8, "", SpikeTable.NONE);
        table.add(1, 0, false, 9, "", SpikeTable.NONE);
        Path path = folder.resolve("spikes.h5");

        SonataSpikes.write(table, ProgramStarts.inTurn(table), 1000, path);

        SpikeTable back = SonataSpikes.read(path, Map.of()).table();
        assertThat(back.size()).isEqualTo(3);
        assertThat(new long[] {back.tick(0), back.tick(1), back.tick(2)}).containsExactly(0, 105, 111);
        assertThat(new int[] {back.label(0), back.label(1), back.label(2)}).containsExactly(7, 8, 9);
        assertThat(back.toChip(1)).isTrue();
        assertThat(back.toChip(2)).isFalse();
    }

    @Test
    void emptyPopulationsAreNamed() {
        Path path = folder.resolve("spikes.h5");
        SpikeTable none = new SpikeTable();
        SonataSpikes.write(none, ProgramStarts.inTurn(none), 1, path);

        assertThat(SonataSpikes.read(path, Map.of()).table().size()).isZero();
        try (HdfInput input = HdfInput.open(path)) {
            assertThat(input.root().textAttribute("firstspike_empty_populations"))
                    .contains("to_chip from_chip");
        }
    }

    @Test
    void filesOfOthersAreSortedRoundedAndMapped() throws IOException {
        Path path = References.unpack("spikes.h5", folder);
        SonataSpikes.Imported imported =
                SonataSpikes.read(path, Map.of(new NodeMap.Node("cortex", 9), new NodeMap.Node("input", 1)));

        SpikeTable table = imported.table();
        assertThat(imported.offGrid()).isEqualTo(1);
        assertThat(new long[] {table.tick(0), table.tick(1), table.tick(2), table.tick(3)})
                .containsExactly(12500, 12500, 25000, 37500);
        assertThat(new int[] {table.neuron(0), table.neuron(1), table.neuron(2), table.neuron(3)})
                .containsExactly(5, 5, 1, 7);
        assertThat(table.populations()).containsExactly("cortex", "input");
        assertThat(table.toChip(0)).isTrue();
    }

    @Test
    void aMapIsATable() throws IOException {
        Path path = folder.resolve("map.csv");
        Files.writeString(path, "population,node_id,to_population,neuron\ncortex,9,input,1\n");
        assertThat(NodeMap.read(path)).containsEntry(new NodeMap.Node("cortex", 9), new NodeMap.Node("input", 1));

        Files.writeString(path, "population,node_id,to_population,neuron\ncortex,x,input,1\n");
        assertThat(catchThrowableOfType(FormatException.class, () -> NodeMap.read(path))
                        .getMessage())
                .contains("map.csv:2")
                .contains("'x'");
    }

    @Test
    void nodesOfANetworkComeBack() {
        Network network = new Network(
                4,
                2,
                new NeuronModel(1, 2, 0.5, 0.7, 1.08),
                List.of(new Layer("hidden", 5, List.of(0.9), 1), new Layer("label", 3, List.of(), 1)));
        Path nodes = folder.resolve("nodes.h5");
        Path types = folder.resolve("node_types.csv");
        SonataNodes.write(SonataNodes.of(network, 6), nodes, types);

        List<SonataPopulation> back = SonataNodes.read(nodes, types);

        assertThat(back).extracting(SonataPopulation::name).containsExactly("bias_hidden", "hidden", "input", "label");
        assertThat(back.get(2).modelType()).isEqualTo("virtual");
        assertThat(back.get(2).nodeIds()).hasSize(8);
        SonataPopulation hidden = back.get(1);
        assertThat(hidden.modelTemplate()).isEqualTo("pynn:IF_curr_exp");
        assertThat(hidden.parameters().get("tau_m")).hasSize(5).containsOnly(0.012);
        assertThat(hidden.parameters().get("tau_syn_E")).containsOnly(0.006);
        assertThat(hidden.parameters().get("v_thresh")).containsOnly(1.08);
        assertThat(hidden.parameters().get("cm")).containsOnly(1.0);
    }

    @Test
    void nodesOfOthersMayHaveGapsAndTheFileWinsOverTheTable() throws IOException {
        List<SonataPopulation> back =
                SonataNodes.read(References.unpack("nodes.h5", folder), References.unpack("nodes-types.csv", folder));

        assertThat(back).hasSize(1);
        assertThat(back.get(0).nodeIds()).containsExactly(3, 5, 9);
        assertThat(back.get(0).parameters().get("tau_m")).containsExactly(10, 11, 12);
        assertThat(back.get(0).parameters().get("v_thresh")).containsExactly(1.5, 1.5, 1.5);
    }

    @Test
    void otherModelsAreRefusedByName() throws IOException {
        Path nodes = References.unpack("foreign-nodes.h5", folder);
        Path types = References.unpack("foreign-nodes-types.csv", folder);

        FormatException error = catchThrowableOfType(FormatException.class, () -> SonataNodes.read(nodes, types));

        assertThat(error.code()).isEqualTo(FormatException.Code.EXCHANGE_UNSUPPORTED);
        assertThat(error.getMessage()).contains("cortex (point_neuron nest:iaf psc alpha)");
    }
}
