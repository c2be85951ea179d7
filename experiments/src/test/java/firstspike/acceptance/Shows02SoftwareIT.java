package firstspike.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten seeds of the published software experiment in exact arithmetic. */
@Tag("acceptance")
class Shows02SoftwareIT {

    @Test
    @DisplayName("J01 yin-yang-software, seeds 0 to 9")
    void publishedSoftwareExperiment() {
        List<Double> accuracies = new ArrayList<>();
        double seconds = 0;
        for (int seed = 0; seed < 10; seed++) {
            var result = Program.train("yin-yang-software", "--target", "ideal:", "--seed", Integer.toString(seed));
            accuracies.add(result.at("/result").get("test/accuracy").asDouble());
            seconds += result.get("wall_s").asDouble();
        }

        double mean = accuracies.stream().mapToDouble(a -> a).average().orElseThrow();
        double worst = accuracies.stream().mapToDouble(a -> a).min().orElseThrow();
        Table.row(
                2,
                "train yin-yang-software --target ideal: --seed 0..9",
                "mean >= 0.952, worst >= 0.930",
                String.format(Locale.ROOT, "mean %.4f, worst %.3f, each %s", mean, worst, accuracies),
                seconds,
                mean >= 0.952 && worst >= 0.930);
    }
}
