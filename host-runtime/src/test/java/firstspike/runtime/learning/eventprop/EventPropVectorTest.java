package firstspike.runtime.learning.eventprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;
import firstspike.runtime.learning.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Trains, gradients, excess and lists of every network of the vectors. */
class EventPropVectorTest {
    private static final Map<String, String> NUMBERS = Map.of(
            "first", "E-01",
            "feed", "E-02",
            "recurrent", "E-03",
            "holdoff", "E-04",
            "cap", "E-05",
            "given", "E-06",
            "given-floor", "E-07",
            "given-flat", "E-07",
            "first-given", "E-08",
            "recurrent-given", "E-08");

    @TestFactory
    Stream<DynamicTest> networks() {
        JsonNode networks = VectorFiles.read("eventprop.json").get("networks");
        return StreamSupport.stream(networks.spliterator(), false)
                .map(vector -> dynamicTest(
                        NUMBERS.get(vector.get("category").asText()) + " "
                                + vector.get("category").asText() + " "
                                + vector.get("id").asText(),
                        () -> check(new NetworkCase(vector))));
    }

    private static void check(NetworkCase network) {
        JsonNode expected = network.vector.get("expected");
        List<SpikeTrains> trains = new ArrayList<>();
        if (network.given()) {
            for (int layer = 0; layer < network.layers.size(); layer++) {
                trains.add(network.ofLayer(network.vector.at("/input/given_spikes"), layer));
            }
        } else {
            trains.addAll(solve(network));
            for (int layer = 0; layer < network.layers.size(); layer++) {
                SpikeTrains wanted = network.ofLayer(expected.get("spike_times"), layer);
                assertThat(trains.get(layer).first()).isEqualTo(wanted.first());
                double within = network.vector.at("/tolerance/time_abs_tau").doubleValue();
                for (int i = 0; i < wanted.time().length; i++) {
                    assertThat(Math.abs(trains.get(layer).time()[i] - wanted.time()[i]))
                            .as("layer %d, spike %d", layer, i)
                            .isLessThanOrEqualTo(within);
                }
            }
        }
        gradients(network, trains, expected);
    }

    private static List<SpikeTrains> solve(NetworkCase network) {
        try (Shards shards = new Shards(1)) {
            TrainForward forward = new TrainForward(network.layers, network.tEnd, 10_000, shards);
            forward.load(network.weights);
            return forward.run(network.inputs);
        }
    }

    private static void gradients(NetworkCase network, List<SpikeTrains> trains, JsonNode expected) {
        int count = network.layers.size();
        List<LayerAdjoint> chain = network.layers.stream()
                .map(l -> new LayerAdjoint(l, network.settings(), network.margin()))
                .toList();
        double[][] sums = new double[count][];
        for (int layer = 0; layer < count; layer++) {
            sums[layer] = new double[network.layers.get(layer).weights()];
        }
        List<List<Integer>> forced = new ArrayList<>();
        List<List<Integer>> flat = new ArrayList<>();
        List<List<Integer>> floored = new ArrayList<>();
        double value = 0;
        JsonNode tolerance = network.vector.get("tolerance");
        double relative = tolerance.get("gradient_rel").doubleValue();
        for (int sample = 0; sample < network.inputs.samples(); sample++) {
            TrainTally tally = new TrainTally();
            for (int layer = 0; layer < count; layer++) {
                SpikeTrains below = layer == 0 ? network.inputs : trains.get(layer - 1);
                chain.get(layer).forward(below, trains.get(layer), sample, network.weights[layer], List.of(), tally);
                lists(network, chain.get(layer), trains.get(layer), sample, layer, forced, flat, floored, expected);
            }
            int k = 0;
            for (JsonNode train : network.vector.at("/input/output_errors").get(sample)) {
                for (JsonNode error : train) {
                    chain.get(count - 1).hang(k, error.doubleValue());
                    SpikeTrains last = trains.get(count - 1);
                    value += error.doubleValue() * last.time()[last.begin(sample, 0) + k];
                    k++;
                }
            }
            for (int layer = count - 1; layer >= 0; layer--) {
                SpikeTrains sources = layer == 0 ? network.inputs : trains.get(layer - 1);
                double[] below = new double[sources.end(sample, sources.neurons() - 1) - sources.begin(sample, 0)];
                chain.get(layer).backward(network.weights[layer], sums[layer], below);
                for (int i = 0; layer > 0 && i < below.length; i++) {
                    chain.get(layer - 1).hang(i, below[i]);
                }
                if (layer == 0) {
                    int i = 0;
                    for (JsonNode events : expected.get("d_value_d_input").get(sample)) {
                        for (JsonNode event : events) {
                            near("input event " + i, below[i++], event, relative);
                        }
                    }
                }
            }
        }
        assertThat(Math.abs(value - expected.get("value").doubleValue())).isLessThan(1e-9 * (1 + Math.abs(value)));
        for (int layer = 0; layer < count; layer++) {
            int i = 0;
            for (JsonNode row : expected.get("d_value_d_weight").get(layer)) {
                for (JsonNode weight : row) {
                    near("layer " + layer + ", weight " + i, sums[layer][i++], weight, relative);
                }
            }
            for (JsonNode row : expected.get("d_value_d_recurrent").get(layer)) {
                for (JsonNode weight : row) {
                    near("layer " + layer + ", recurrent weight", sums[layer][i++], weight, relative);
                }
            }
            assertThat(i).isEqualTo(sums[layer].length);
        }
        assertThat(forced).as("forced").isEqualTo(list(expected, "forced"));
        if (network.given()) {
            assertThat(flat).as("flat").isEqualTo(list(expected, "flat"));
            assertThat(floored).as("floored").isEqualTo(list(expected, "floored"));
        }
    }

    private static void lists(
            NetworkCase network,
            LayerAdjoint adjoint,
            SpikeTrains trains,
            int sample,
            int layer,
            List<List<Integer>> forced,
            List<List<Integer>> flat,
            List<List<Integer>> floored,
            JsonNode expected) {
        int k = 0;
        for (int neuron = 0; neuron < trains.neurons(); neuron++) {
            for (int i = 0; i < trains.count(sample, neuron); i++, k++) {
                List<Integer> place = List.of(sample, layer, neuron, i);
                double slope = adjoint.normalisedSlope(neuron, k);
                if (adjoint.forced(k)) {
                    forced.add(place);
                } else if (!(slope > 0) || slope < network.settings().minNormalisedSlope()) {
                    flat.add(place);
                } else if (slope < network.settings().minSlope()) {
                    floored.add(place);
                }
                if (network.given()) {
                    JsonNode excess = expected.get("excess")
                            .get(sample)
                            .get(layer)
                            .get(neuron)
                            .get(i);
                    if (excess.isNull()) {
                        assertThat(adjoint.excess(k)).isNaN();
                    } else {
                        assertThat(adjoint.excess(k)).isCloseTo(excess.doubleValue(), within());
                    }
                }
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-10);
    }

    private static List<List<Integer>> list(JsonNode expected, String name) {
        List<List<Integer>> places = new ArrayList<>();
        expected.get(name).forEach(place -> {
            List<Integer> numbers = new ArrayList<>();
            place.forEach(n -> numbers.add(n.intValue()));
            places.add(numbers);
        });
        return places;
    }

    private static void near(String what, double actual, JsonNode expected, double relative) {
        double wanted = expected.doubleValue();
        assertThat(Math.abs(actual - wanted))
                .as("%s: %s instead of %s", what, actual, wanted)
                .isLessThanOrEqualTo(relative * (Math.abs(wanted) + 0.001));
    }

    @TestFactory
    Stream<DynamicTest> losses() {
        JsonNode losses = VectorFiles.read("eventprop.json").get("losses");
        return StreamSupport.stream(losses.spliterator(), false)
                .map(vector -> dynamicTest(
                        "E-09 " + vector.get("kind").asText() + " "
                                + vector.get("id").asText(),
                        () -> checkLoss(vector)));
    }

    private static void checkLoss(JsonNode vector) {
        JsonNode given = vector.get("trains");
        com.fasterxml.jackson.databind.node.ArrayNode one =
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        one.add(given);
        SpikeTrains trains = NetworkCase.trains(one, given.size());
        double[] gradient = new double[trains.time().length];
        JsonNode target = vector.get("target");
        int label = target.isArray() ? 0 : target.intValue();

        double value = LossCase.of(vector).evaluate(trains, 0, label, gradient);

        double within = vector.at("/tolerance/absolute").doubleValue();
        assertThat(Math.abs(value - vector.at("/expected/value").doubleValue())).isLessThanOrEqualTo(within);
        int i = 0;
        for (JsonNode train : vector.at("/expected/d_value_d_time")) {
            for (JsonNode derivative : train) {
                assertThat(Math.abs(gradient[i++] - derivative.doubleValue())).isLessThanOrEqualTo(within);
            }
        }
        assertThat(i).isEqualTo(gradient.length);
    }
}
