package firstspike.runtime.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.mapping.CircuitGrades.Grade;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnPlacerTest {

    @Test
    @DisplayName("inloop 13.6: the example, a trained Yin-Yang network on nominal codes")
    void example() {
        String file = System.getProperty("firstspike.pretrained", "");
        assumeFalse(file.isBlank(), "needs the network of data/pretrained: -Dfirstspike.pretrained=FILE");
        double[][] weights;
        try (NpzFile npz = NpzFile.open(Path.of(file))) {
            weights = new double[][] {npz.array("w0").doubles(), npz.array("w1").doubles()};
        }
        Network network = new Network(
                4,
                1,
                new NeuronModel(1, 1, 1, 0, 1),
                List.of(new Layer("hidden", 120, List.of(0.9), 1), new Layer("label", 3, List.of(0.9), 1)));

        RowCopies demand = RowCopies.forWeights(network, ChipSettings.forNetworksWithout(), weights);

        Placement loose = place(network, demand, 31, 32);
        assertThat(loose.layers()).extracting(LayerPlacement::circuits).containsExactly(1, 2);
        assertThat(loose.layers()).extracting(LayerPlacement::places).containsExactly(15, 213);
        assertThat(loose.layers().get(1).largestCopies()).isEqualTo(4);
        assertThat(placesOfClasses(loose.layers().get(1)))
                .containsExactly(14, 14, 14, 13, 13, 13, 13, 13, 16, 16, 15, 15, 11, 11, 11, 11);
        assertThat(loose.circuits()).isEqualTo(126);

        Placement tight = place(network, demand, 45, 45);
        assertThat(tight.layers()).extracting(LayerPlacement::circuits).containsExactly(1, 3);
        assertThat(tight.layers()).extracting(LayerPlacement::places).containsExactly(22, 276);
    }

    /** @param one LSB a unit weight has in neurons of one circuit, {@code more} in larger ones */
    private static Placement place(Network network, RowCopies demand, double one, double more) {
        boolean[] usable = new boolean[512];
        Arrays.fill(usable, true);
        return OwnPlacer.place(network, demand, size -> size == 1 ? one : more, usable);
    }

    private static int[] placesOfClasses(LayerPlacement layer) {
        int[] places = new int[OwnPlacer.CLASSES];
        for (int pair : layer.rowPair()) {
            places[OwnPlacer.classOf(pair)]++;
        }
        return places;
    }

    @Test
    @DisplayName("inloop 13.6: neurons are as small as the fan-in of their layer allows")
    void sizes() {
        MappingReport report = map(Networks.plain(100, 200, 30, 4), OptionalInt.empty(), OptionalInt.of(1))
                .report();

        assertThat(report.layers()).extracting(LayerReport::circuitsPerNeuron).containsExactly(1, 2, 1);
        assertThat(report.scheme()).isEqualTo("own");
        assertThat(report.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    @DisplayName("inloop 13.6 step 6: what has no room is named with needed, available and layer")
    void refusals() {
        assertThat(refused(Networks.plain(4, 500, 13), OptionalInt.of(1), OptionalInt.of(1)))
                .containsEntry("resource", "neurons")
                .containsEntry("needed", "513")
                .containsEntry("available", "512")
                .containsEntry("layer", "layer1");
        assertThat(refused(Networks.plain(513, 2), OptionalInt.empty(), OptionalInt.of(1)))
                .containsEntry("resource", "fan-in of layer layer0")
                .containsEntry("needed", "513")
                .containsEntry("available", "512");
        assertThat(refused(Networks.plain(129, 2), OptionalInt.of(1), OptionalInt.of(1)))
                .containsEntry("available", "32")
                .hasEntrySatisfying("resource", resource -> assertThat(resource).startsWith("row pairs of bus"));
        // forty neurons of one circuit lie on two buses only
        assertThat(refused(Networks.plain(2, 40, 2), OptionalInt.of(1), OptionalInt.of(2)))
                .hasEntrySatisfying("resource", resource -> assertThat(resource)
                        .startsWith("row pairs of bus 0 (neuron ")
                        .endsWith("is bound to it)"));
    }

    @Test
    @DisplayName("inloop 13.6 step 6: needed is always more than available, whichever resource runs out")
    void refusalsAddUp() {
        // the fan-in is beyond all sizes: that is said, although neurons of two circuits run out first
        assertThat(refused(Networks.plain(600, 300), OptionalInt.empty(), OptionalInt.of(1)))
                .containsEntry("resource", "fan-in of layer layer0")
                .containsEntry("needed", "600");
        // 320 row pairs in all would do, but those of one bus do not
        assertThat(refused(Networks.plain(2, 40, 2), OptionalInt.empty(), OptionalInt.of(8)))
                .containsEntry("needed", "136")
                .containsEntry("available", "128")
                .hasEntrySatisfying(
                        "resource", resource -> assertThat(resource).startsWith("row pairs of bus 0 (neuron "));
        // four sources of five copies leave three places on each select of a bus
        assertThat(refused(Networks.plain(17, 2), OptionalInt.of(1), OptionalInt.of(5)))
                .containsEntry("resource", "row pairs of bus 0 on one select")
                .containsEntry("needed", "5")
                .containsEntry("available", "3");
    }

    @Test
    @DisplayName("inloop 13.6 step 5: larger neurons are tried too where labels run out on the buses with room")
    void labelsRunOut() {
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l < 5; l++) {
            layers.add(new Layer("layer" + l, 2, List.of(0.5), 240));
        }
        assertThat(refused(new Network(2, 1, Networks.neuron(), layers), OptionalInt.empty(), OptionalInt.of(1)))
                .hasEntrySatisfying("resource", resource -> assertThat(resource).startsWith("labels of class ("))
                .containsEntry("needed", "64")
                .containsEntry("available", "63")
                .containsEntry("layer", "layer4");
    }

    @Test
    @DisplayName("calibration 6: a group with an excluded circuit is stepped over, also when the network needs it")
    void excluded() {
        CircuitGrades grades = CircuitGrades.of(Map.of(0, Grade.EXCLUDED, 11, Grade.EXCLUDED));

        ChipMapping few = map(Networks.plain(2, 4), OptionalInt.of(3), OptionalInt.of(1), grades);
        assertThat(few.outputCircuits()).containsExactly(4, 12, 16, 20);
        assertThat(refusedOn(grades, Networks.plain(2, 127)))
                .containsEntry("resource", "neurons")
                .containsEntry("needed", "127")
                .containsEntry("available", "126");
    }

    @Test
    @DisplayName("calibration 6: an avoided circuit is taken when no others are left, counted and warned of")
    void avoided() {
        CircuitGrades grades = CircuitGrades.of(Map.of(5, Grade.AVOIDED, 13, Grade.AVOIDED));

        ChipMapping few = map(Networks.plain(2, 4), OptionalInt.of(3), OptionalInt.of(1), grades);
        assertThat(few.outputCircuits()).containsExactly(0, 8, 16, 20);
        assertThat(few.report().avoided()).isZero();

        // one group more than are without: the leftmost of them, whose second circuit is the avoided one
        ChipMapping more = map(Networks.plain(2, 127), OptionalInt.of(3), OptionalInt.of(1), grades);
        assertThat(more.outputCircuits()).startsWith(0, 4, 8, 16).hasSize(127);
        assertThat(more.report().avoided()).isOne();
        assertThat(more.report().warnings())
                .anySatisfy(line -> assertThat(line).startsWith("1 neurons lie on circuits that are out of tolerance"));

        ChipMapping all = map(Networks.plain(2, 128), OptionalInt.of(3), OptionalInt.of(1), grades);
        assertThat(all.report().avoided()).isEqualTo(2);
    }

    @Test
    @DisplayName("inloop 13.1: in a pair whose even circuit is bad the two swap roles; a pair of bad ones is used last")
    void pairs() {
        CircuitGrades grades = CircuitGrades.of(
                Map.of(2, Grade.AVOIDED, 4, Grade.AVOIDED, 5, Grade.AVOIDED, 6, Grade.EXCLUDED, 7, Grade.EXCLUDED));
        ChipMapping few = map(Networks.plain(2, 3), OptionalInt.of(2), OptionalInt.of(1), grades);
        assertThat(few.report().scheme()).isEqualTo("published");
        assertThat(few.outputCircuits()).containsExactly(0, 3, 8);
        assertThat(IntStream.range(0, 10).map(c -> few.neuronOfCircuit()[c]))
                .containsExactly(0, 0, 1, 1, -1, -1, -1, -1, 2, 2);

        ChipMapping whole = map(Networks.plain(2, 255), OptionalInt.of(2), OptionalInt.of(1), grades);
        assertThat(whole.outputCircuits()).startsWith(0, 3, 4, 8).hasSize(255);
        assertThat(whole.report().avoided()).isOne();
        assertThat(whole.report().warnings())
                .anySatisfy(line -> assertThat(line).contains("out of tolerance"));
        assertThat(refusedOn(grades, Networks.plain(2, 256))).containsEntry("available", "255");
    }

    private static Map<String, String> refusedOn(CircuitGrades grades, Network network) {
        OptionalInt size = OptionalInt.of(network.layers().get(0).size() > 200 ? 2 : 3);
        return catchThrowableOfType(ExperimentException.class, () -> map(network, size, OptionalInt.of(1), grades))
                .detail()
                .fields();
    }

    private static Map<String, String> refused(Network network, OptionalInt size, OptionalInt copies) {
        return catchThrowableOfType(ExperimentException.class, () -> map(network, size, copies))
                .detail()
                .fields();
    }

    private static ChipMapping map(Network network, OptionalInt size, OptionalInt copies) {
        return map(network, size, copies, CircuitGrades.allGood());
    }

    private static ChipMapping map(Network network, OptionalInt size, OptionalInt copies, CircuitGrades grades) {
        ChipSettings settings = Networks.settings(size, copies);
        return Mapper.map(
                network, settings, Networks.chip(), false, RowCopies.withoutWeights(network, settings), grades);
    }
}
