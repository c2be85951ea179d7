package firstspike.runtime.learning.eventprop;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.vectors.VectorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A network of the vectors with its input trains. */
final class NetworkCase {
    final JsonNode vector;
    final List<TrainLayer> layers = new ArrayList<>();
    final double[][] weights;
    final SpikeTrains inputs;
    final double tEnd;

    NetworkCase(JsonNode vector) {
        this.vector = vector;
        JsonNode input = vector.get("input");
        int before = input.get("inputs").intValue();
        weights = new double[input.get("layers").size()][];
        for (JsonNode layer : input.get("layers")) {
            double[] feed = VectorFile.matrix(layer.get("weights"));
            JsonNode recurrent = layer.get("recurrent");
            double[] own = recurrent.isNull() ? new double[0] : VectorFile.matrix(recurrent.get("weights"));
            double[] all = java.util.Arrays.copyOf(feed, feed.length + own.length);
            System.arraycopy(own, 0, all, feed.length, own.length);
            weights[layers.size()] = all;
            int size = layer.get("size").intValue();
            layers.add(new TrainLayer(
                    before,
                    VectorFile.times(layer.get("bias_times")),
                    size,
                    List.of(neuron(layer.get("neuron"))),
                    layer.get("max_spikes").isNull()
                            ? TrainLayer.NO_CAP
                            : layer.get("max_spikes").intValue(),
                    recurrent.isNull()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(recurrent.get("delay").doubleValue())));
            before = size;
        }
        inputs = trains(input.get("times"), input.get("inputs").intValue());
        tEnd = input.get("t_end").isNull()
                ? Double.POSITIVE_INFINITY
                : input.get("t_end").doubleValue();
    }

    private static SpikingNeuron neuron(JsonNode n) {
        return new SpikingNeuron(
                new NeuronConstants(
                        n.get("tau_s").doubleValue(),
                        n.get("tau_m").doubleValue(),
                        n.get("g_leak").doubleValue(),
                        n.get("v_leak").doubleValue(),
                        n.get("v_threshold").doubleValue()),
                n.get("refractory").doubleValue(),
                n.get("holdoff").doubleValue(),
                n.get("v_reset").doubleValue());
    }

    /** Trains of [sample][neuron] lists. */
    static SpikeTrains trains(JsonNode samples, int neurons) {
        List<Double> times = new ArrayList<>();
        int[] first = new int[samples.size() * neurons + 1];
        int i = 0;
        for (JsonNode sample : samples) {
            for (JsonNode train : sample) {
                train.forEach(t -> times.add(t.doubleValue()));
                first[++i] = times.size();
            }
        }
        return new SpikeTrains(
                samples.size(),
                neurons,
                first,
                times.stream().mapToDouble(Double::doubleValue).toArray());
    }

    boolean given() {
        return vector.get("input").has("given_spikes");
    }

    /** Trains of a layer from a [sample][layer][neuron] list. */
    SpikeTrains ofLayer(JsonNode all, int layer) {
        com.fasterxml.jackson.databind.node.ArrayNode samples =
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        all.forEach(sample -> samples.add(sample.get(layer)));
        return trains(samples, layers.get(layer).size());
    }

    GradientSettings settings() {
        JsonNode input = vector.get("input");
        double floor = input.has("min_slope") && !input.get("min_slope").isNull()
                ? input.get("min_slope").doubleValue()
                : 0;
        double flat = input.has("min_normalised_slope")
                ? input.get("min_normalised_slope").doubleValue()
                : 0;
        return new GradientSettings(LearningRule.IMPLICIT, floor, Double.POSITIVE_INFINITY, flat);
    }

    double margin() {
        return given() ? vector.get("input").get("forced_margin").doubleValue() : 0;
    }
}
