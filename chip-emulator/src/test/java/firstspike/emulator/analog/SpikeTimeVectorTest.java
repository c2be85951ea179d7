package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * the first spike of one neuron in volt, farad and seconds equals spiketime.json: the distance from leak to threshold
 * becomes 0.296 V, the synaptic time constant 6 µs, the capacitance 2.3 pF.
 */
class SpikeTimeVectorTest {
    private static final double THETA_V = 0.29614;
    private static final double TAU_S = 6e-6;

    @TestFactory
    Stream<DynamicTest> firstSpikes() throws IOException {
        return StreamSupport.stream(
                        VectorFiles.read("spiketime.json").get("vectors").spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        JsonNode in = vector.get("input");
        double scale = TAU_S / in.get("tau_s").asDouble();
        double tauM = in.get("tau_m").asDouble() * scale;
        double voltPerUnit =
                THETA_V / (in.get("v_threshold").asDouble() - in.get("v_leak").asDouble());
        List<Integer> order = IntStream.range(0, in.get("times").size())
                .filter(i -> !in.get("times").get(i).isNull())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> in.get("times").get(i).asDouble()))
                .toList();
        double spike = Double.NaN;
        double u = 0;
        double current = 0;
        for (int k = 0; k < order.size() && Double.isNaN(spike); k++) {
            double t = in.get("times").get(order.get(k)).asDouble() * scale;
            current += in.get("weights").get(order.get(k)).asDouble()
                    / in.get("g_leak").asDouble()
                    * voltPerUnit
                    / tauM;
            double next =
                    k + 1 < order.size() ? in.get("times").get(order.get(k + 1)).asDouble() * scale : Double.NaN;
            double gap = Double.isNaN(next) ? Double.POSITIVE_INFINITY : next - t;
            if (gap == 0) {
                continue;
            }
            CrossingSolver solver = new CrossingSolver(60, 1);
            solver.begin(u, tauM);
            solver.add(current, TAU_S);
            spike = t + solver.solve(THETA_V, gap);
            if (gap < Double.POSITIVE_INFINITY) {
                u = solver.potential(gap);
                current *= Kinetics.decay(gap, TAU_S);
            }
        }
        JsonNode expected = vector.get("expected").get("spike_time");
        if (expected.isNull()) {
            assertThat(spike).isNaN();
        } else {
            double tolerance =
                    Math.max(1e-9, vector.get("tolerance").get("time_rel_tau").asDouble()) * TAU_S;
            assertThat(spike).isCloseTo(expected.asDouble() * scale, within(tolerance));
        }
    }
}
