package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** the next crossing of a membrane with two currents, all cases of membrane.json; their time unit taken as 1 µs. */
class MembraneVectorTest {
    private static final double UNIT_S = 1e-6;

    @TestFactory
    @DisplayName("A-03 vectors of membrane.json")
    Stream<DynamicTest> crossings() throws IOException {
        return StreamSupport.stream(
                        VectorFiles.read("membrane.json").get("vectors").spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        JsonNode in = vector.get("input");
        JsonNode expected = vector.get("expected");
        double tauM = in.get("tau_m").asDouble();
        CrossingSolver solver = new CrossingSolver(60, 2);
        solver.begin(in.get("v0").asDouble() - in.get("v_inf").asDouble(), tauM * UNIT_S);
        solver.add(in.get("je").asDouble() / UNIT_S, in.get("tau_e").asDouble() * UNIT_S);
        solver.add(-in.get("ji").asDouble() / UNIT_S, in.get("tau_i").asDouble() * UNIT_S);
        double until = in.get("until").isNull()
                ? Double.POSITIVE_INFINITY
                : in.get("until").asDouble() * UNIT_S;

        double s =
                solver.solve(in.get("v_threshold").asDouble() - in.get("v_inf").asDouble(), until);

        if (expected.get("crossing").isNull()) {
            assertThat(s).isNaN();
            return;
        }
        double tolerance = vector.get("tolerance").get("time_rel_tau_m").asDouble() * tauM;
        assertThat(s / UNIT_S).isCloseTo(expected.get("crossing").asDouble(), within(tolerance));
        double slope = expected.get("slope").asDouble();
        assertThat(solver.slope(s) * UNIT_S).isCloseTo(slope, within(1e-8 * (1 + slope)));
        assertThat(solver.rootSlope() * UNIT_S).isCloseTo(slope, within(1e-8 * (1 + slope)));
    }
}
