package firstspike.runtime.exchange.nir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.exchange.References;
import firstspike.runtime.exchange.hdf.HdfArray;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NirTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("J32 a network with copies and biases in all layers comes back with the same weights")
    void roundTrip() {
        Network network = new Network(
                4,
                5,
                new NeuronModel(1, 1, 3, 0.7, 1.08),
                List.of(
                        new Layer("hidden", 30, List.of(0.9, 1.7), 5),
                        new Layer("second", 7, List.of(), 1),
                        new Layer("label", 3, List.of(0.9), 1)));
        double[][] weights = weights(network);
        Path path = folder.resolve("net.nir");

        NirWriter.write(NirExport.of(network, weights, 6, Optional.of("{}")), path);
        ImportedNetwork back = NirImport.of("net.nir", NirReader.read(path), Optional.empty(), false, 99);

        assertThat(back.network()).isEqualTo(network);
        assertThat(back.tauUs()).isEqualTo(6);
        assertThat(back.experiment()).isEqualTo("{}");
        for (int i = 0; i < weights.length; i++) {
            assertThat(back.weights()[i]).isEqualTo(weights[i]);
        }
    }

    @Test
    void readsWhatTheReferenceWrote() throws IOException {
        NirGraph graph = NirReader.read(References.unpack("two-layers.nir", folder));
        ImportedNetwork imported = NirImport.of("net.nir", graph, Optional.of(TimeUnit.MS), false, 6);

        assertThat(imported.network().inputs()).isEqualTo(2);
        assertThat(imported.network().neuron()).isEqualTo(new NeuronModel(1, 2, 4, 0.7, 1.08));
        assertThat(imported.tauUs()).isEqualTo(6);
        assertThat(imported.network().layers()).extracting(Layer::name).containsExactly("hidden", "label");
        try (NpzFile npz = NpzFile.open(References.unpack("two-layers.npz", folder))) {
            assertThat(imported.weights()[0]).isEqualTo(npz.array("w0").doubles());
            assertThat(imported.weights()[1]).isEqualTo(npz.array("w1").doubles());
        }
    }

    @Test
    @DisplayName("J32 without a time unit an import names the time constants in every unit")
    void asksForTheTimeUnit() throws IOException {
        NirGraph graph = NirReader.read(References.unpack("two-layers.nir", folder));

        FormatException error = catchThrowableOfType(
                FormatException.class, () -> NirImport.of("net.nir", graph, Optional.empty(), false, 6));

        assertThat(error.code()).isEqualTo(FormatException.Code.TIME_UNIT_MISSING);
        assertThat(error.getMessage())
                .contains("0.006 to 0.012")
                .contains("in ms 6.0 to 12.0 us")
                .contains("in s 6000.0 to 12000.0 us")
                .contains("--time-unit");
        assertThat(NirImport.of("net.nir", graph, Optional.of(TimeUnit.S), false, 6)
                        .tauUs())
                .isEqualTo(6000);
        ImportedNetwork inTau = NirImport.of("net.nir", graph, Optional.of(TimeUnit.TAU), false, 6);
        assertThat(inTau.tauUs()).isEqualTo(6);
        assertThat(inTau.network().neuron().tauSyn()).isEqualTo(0.006);
    }

    @Test
    void foldsWhatDiffersIntoWeights() throws IOException {
        NirGraph graph = NirReader.read(References.unpack("folded.nir", folder));
        ImportedNetwork imported = NirImport.of("net.nir", graph, Optional.of(TimeUnit.MS), false, 6);

        NirNode.Linear first = (NirNode.Linear) graph.byName().get("w0");
        NirNode.CubaLif hidden = (NirNode.CubaLif) graph.byName().get("hidden");
        double drive = imported.network().neuron().thresholdDrive();
        for (int j = 0; j < 20; j++) {
            double own = (hidden.vThreshold()[j] - hidden.vLeak()[j]) / hidden.r()[j];
            double expected = 2 * first.weight().values()[j * 40 + 7] * drive / own;
            assertThat(imported.weights()[0][7 * 20 + j]).isCloseTo(expected, within(1e-12));
        }
        assertThat(imported.notes()).anyMatch(note -> note.contains("went into its weights"));
    }

    @Test
    void listsAllThatDoesNotFitAtOnce() throws IOException {
        FormatException error = refused("foreign.nir", false);

        assertThat(error.code()).isEqualTo(FormatException.Code.EXCHANGE_UNSUPPORTED);
        assertThat(error.getMessage()).contains("lif (LIF)").contains("step (Threshold)");
        assertThat(refused("recurrent.nir", false).getMessage())
                .contains("recurrent edges among")
                .contains("label");
    }

    @Test
    void aConstantCurrentIsASpikeOnlyWhenAskedFor() throws IOException {
        assertThat(refused("affine.nir", false).getMessage()).contains("--bias-as-spike");

        NirGraph graph = NirReader.read(References.unpack("affine.nir", folder));
        ImportedNetwork imported = NirImport.of("net.nir", graph, Optional.of(TimeUnit.MS), true, 6);
        assertThat(imported.network().layers().get(0).biasTimes()).containsExactly(0.0);
        assertThat(imported.weights()[0]).endsWith(0.5, -0.5);
    }

    @Test
    void edgesAndShapesMustFit() {
        NirNode input = new NirNode.Input("in", new int[] {2});
        NirNode output = new NirNode.Output("out", new int[] {2});
        NirNode narrow = new NirNode.Linear("w", new HdfArray(new double[6], 2, 3), Optional.empty());
        List<NirGraph.Edge> edges = new ArrayList<>(
                List.of(new NirGraph.Edge("in", "w"), new NirGraph.Edge("w", "n"), new NirGraph.Edge("n", "out")));
        List<NirNode> nodes = List.of(input, narrow, neurons("n", 2, 1), output);

        assertThat(message(nodes, edges)).contains("edge from in towards n").contains("3 channels");
        edges.add(new NirGraph.Edge("n", "nowhere"));
        assertThat(message(nodes, edges)).contains("no node nowhere");
        assertThat(message(List.of(input), List.of())).contains("0 nodes of type Output");
        assertThat(message(List.of(input, output), List.of(new NirGraph.Edge("in", "out"))))
                .contains("not fed by exactly one CubaLIF");
    }

    @Test
    void differingTimeConstantsAreRefusedByName() {
        NirNode input = new NirNode.Input("in", new int[] {2});
        NirNode square = new NirNode.Linear("w", new HdfArray(new double[4], 2, 2), Optional.empty());
        List<NirGraph.Edge> edges =
                List.of(new NirGraph.Edge("in", "w"), new NirGraph.Edge("w", "n"), new NirGraph.Edge("n", "out"));
        NirNode.CubaLif slow = neurons("n", 2, 1);
        slow.tauMem()[1] = 2;

        assertThat(message(List.of(input, square, slow, new NirNode.Output("out", new int[] {2})), edges))
                .contains("n (CubaLIF) neuron 1: time constants");
    }

    @Test
    void namesWithSlashesAreWrittenWithoutAndNoted() {
        Network network = new Network(1, 1, new NeuronModel(1, 1, 1, 0, 1), List.of(new Layer("a/b", 1, List.of(), 1)));
        Path path = folder.resolve("net.nir");
        NirWriter.write(NirExport.of(network, new double[][] {{1.5}}, 6, Optional.empty()), path);

        NirGraph graph = NirReader.read(path);

        assertThat(graph.byName()).containsKeys("a_b", "a_b_weights");
        assertThat(graph.texts().get("firstspike_renamed")).contains("a_b was a/b");
        assertThat(NirImport.of("net", graph, Optional.empty(), false, 6).weights()[0])
                .containsExactly(1.5);
    }

    @Test
    void aLayerWithoutNeuronsIsRefused() {
        Network network =
                new Network(1, 1, new NeuronModel(1, 1, 1, 0, 1), List.of(new Layer("none", 0, List.of(), 1)));

        assertThat(catchThrowableOfType(
                                FormatException.class,
                                () -> NirExport.of(network, new double[][] {{}}, 6, Optional.empty()))
                        .getMessage())
                .contains("layer none");
    }

    @Test
    void dataOfTheReferenceAndOurs() throws IOException {
        NirData theirs = NirData.read(References.unpack("data.h5", folder));
        NirData.Events events = (NirData.Events) theirs.nodes().get("input").get("spikes");
        NirData.Grid grid = (NirData.Grid) theirs.nodes().get("input").get("v");
        assertThat(events.neurons()).isDeepEqualTo(new long[][] {{1, 0, -1}, {2, -1, -1}});
        assertThat(events.times()[0]).containsExactly(0.1, 0.2, Double.POSITIVE_INFINITY);
        assertThat(events.size()).isEqualTo(3);
        assertThat(grid.step()).isEqualTo(0.5);
        assertThat(grid.data().shape()).containsExactly(2, 3, 2);

        double inf = Double.POSITIVE_INFINITY;
        NirData.Events ours = NirData.ofDense(new double[] {2, inf, 1, inf, inf, inf}, 3, 0.5, 4);
        Path path = folder.resolve("ours.h5");
        new NirData(
                        Optional.of(TimeUnit.MS),
                        new TreeMap<>(java.util.Map.of("n", new TreeMap<>(java.util.Map.of("spikes", ours)))))
                .write(path);
        NirData back = NirData.read(path);
        NirData.Events read = (NirData.Events) back.nodes().get("n").get("spikes");

        assertThat(back.unit()).contains(TimeUnit.MS);
        assertThat(read.neurons()).isDeepEqualTo(new long[][] {{2, 0, -1}, {-1, -1, -1}});
        assertThat(read.times()).isDeepEqualTo(new double[][] {{0.5, 1, inf}, {inf, inf, inf}});
        assertThat(read.end()).isEqualTo(4);
    }

    private FormatException refused(String name, boolean biasAsSpike) throws IOException {
        NirGraph graph = NirReader.read(References.unpack(name, folder));
        return catchThrowableOfType(
                FormatException.class, () -> NirImport.of(name, graph, Optional.of(TimeUnit.MS), biasAsSpike, 6));
    }

    private static String message(List<NirNode> nodes, List<NirGraph.Edge> edges) {
        NirGraph graph = new NirGraph(nodes, edges, new TreeMap<>(), new TreeMap<>());
        return catchThrowableOfType(
                        FormatException.class, () -> NirImport.of("net", graph, Optional.of(TimeUnit.MS), false, 6))
                .getMessage();
    }

    private static NirNode.CubaLif neurons(String name, int n, double tau) {
        double[] all = new double[n];
        java.util.Arrays.fill(all, tau);
        return new NirNode.CubaLif(
                name, all.clone(), all.clone(), all.clone(), new double[n], all.clone(), new double[n], all.clone());
    }

    private static double[][] weights(Network network) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] weights = new double[network.layers().size()][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.doubles(
                            (long) network.rows(i) * network.layers().get(i).size(), -2, 2)
                    .toArray();
        }
        return weights;
    }
}
