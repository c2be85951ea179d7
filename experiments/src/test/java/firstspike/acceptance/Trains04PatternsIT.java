package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spike patterns in exact arithmetic: share of target spikes met and surplus spikes a sample of the last validation. */
@Tag("acceptance")
class Trains04PatternsIT {

    private static final int VALIDATION_SAMPLES = 30;

    @Test
    @DisplayName("E-23 spike-patterns in exact arithmetic, seeds 1 to 3")
    void patternsInExactArithmetic() {
        List<String> measured = new ArrayList<>();
        double seconds = 0;
        boolean holds = true;
        for (int seed = 1; seed <= 3; seed++) {
            JsonNode run =
                    Program.train("spike-patterns", "--target", "ideal:", "--seed", Integer.toString(seed));
            JsonNode health = Accuracies.health(run);
            double met = health.get("spikes.met").asDouble()
                    / health.get("spikes.targets").asDouble();
            double surplus = health.get("spikes.surplus").asDouble() / VALIDATION_SAMPLES;
            measured.add(String.format(Locale.ROOT, "met %.3f surplus %.2f", met, surplus));
            holds &= met >= 0.98 && surplus <= 0.1;
            seconds += run.get("wall_s").asDouble();
        }
        Table.row(
                "31.4",
                "train spike-patterns --target ideal: --seed 1..3",
                "met >= 0.98, surplus <= 0.1",
                measured.toString(),
                seconds,
                holds);
    }
}
