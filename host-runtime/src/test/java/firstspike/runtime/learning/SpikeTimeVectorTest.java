package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.vectors.VectorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** I-01: spike time, silence, causal set and gradients of every vector, by the general solution and by the fast form. */
class SpikeTimeVectorTest {

    @TestFactory
    Stream<DynamicTest> spikeTimes() {
        return VectorFile.cases("spiketime.json").stream()
                .map(vector -> dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        JsonNode input = vector.get("input");
        NeuronConstants neuron = new NeuronConstants(
                input.get("tau_s").doubleValue(),
                input.get("tau_m").doubleValue(),
                input.get("g_leak").doubleValue(),
                input.get("v_leak").doubleValue(),
                input.get("v_threshold").doubleValue());
        double[] times = VectorFile.times(input.get("times"));
        double[] weights = VectorFile.times(input.get("weights"));
        check(vector, neuron, times, weights, new GeneralKernel(neuron, times.length));
        check(vector, neuron, times, weights, FirstSpikeKernel.of(neuron, times.length, 1));
    }

    private static void check(
            JsonNode vector, NeuronConstants neuron, double[] times, double[] weights, FirstSpikeKernel kernel) {
        LayerModel model = new LayerModel(times.length, new double[0], 1, neuron);
        double[] out = new double[1];
        new LayerSolver(0, model, kernel).solve(times, 0, weights, out);

        JsonNode expected = vector.get("expected");
        String how = kernel.kind().toString();
        if (expected.get("spike_time").isNull()) {
            assertThat(out[0]).as(how).isEqualTo(Double.POSITIVE_INFINITY);
            return;
        }
        double time = expected.get("spike_time").doubleValue();
        double within = vector.at("/tolerance/time_rel_tau").doubleValue() * neuron.tauSyn();
        assertThat(Math.abs(out[0] - time))
                .as("%s: %s instead of %s", how, out[0], time)
                .isLessThanOrEqualTo(within);
        assertThat(causal(times, out[0])).as(how).isEqualTo(indices(expected.get("causal")));
        for (LearningRule rule : LearningRule.values()) {
            if (!rule.measured() && !rule.manySpikes() && rule.fits(neuron)) {
                derivatives(vector, rule, neuron, times, weights, out[0]);
            }
        }
    }

    private static void derivatives(
            JsonNode vector,
            LearningRule rule,
            NeuronConstants neuron,
            double[] times,
            double[] weights,
            double spike) {
        GradientSettings settings = new GradientSettings(rule, 0, Double.POSITIVE_INFINITY, 0);
        SpikeDerivative derivative = SpikeDerivative.of(settings, neuron, times.length, new GradientTally());
        derivative.prepare(times);

        assertThat(derivative.derive(weights, 0, spike)).as(rule.id()).isTrue();

        double relative = vector.at("/tolerance/gradient_rel").doubleValue();
        JsonNode expected = vector.get("expected");
        for (int i = 0; i < times.length; i++) {
            near(
                    rule,
                    derivative.byWeight[i],
                    expected.get("d_time_d_weight").get(i),
                    relative,
                    1e-9 * neuron.tauSyn());
            near(rule, derivative.byTime[i], expected.get("d_time_d_input").get(i), relative, 1e-9);
        }
    }

    private static void near(LearningRule rule, double actual, JsonNode expected, double relative, double floor) {
        double wanted = expected.doubleValue();
        assertThat(Math.abs(actual - wanted))
                .as("%s: %s instead of %s", rule.id(), actual, wanted)
                .isLessThanOrEqualTo(relative * (Math.abs(wanted) + floor));
    }

    private static List<Integer> causal(double[] times, double spike) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            if (times[i] < spike) {
                indices.add(i);
            }
        }
        return indices;
    }

    private static List<Integer> indices(JsonNode array) {
        List<Integer> indices = new ArrayList<>();
        array.forEach(node -> indices.add(node.intValue()));
        return indices;
    }
}
