package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training in the loop: the published chip experiment and our own, on chips without and with residual mismatch. */
@Tag("acceptance")
class Shows03TrainOnChipIT {

    private static final String NOMINAL = "emu:nominal?seed=1";

    @Test
    @DisplayName("J03 trainings in the loop reach their accuracies")
    void accuracies() throws Exception {
        // one training keeps one core busy: two at a time
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<JsonNode>> ours = new ArrayList<>();
            for (int chip = 1; chip <= 3; chip++) {
                ours.add(start(pool, "yin-yang", residual(chip)));
            }
            Future<JsonNode> oursNominal = start(pool, "yin-yang", NOMINAL);
            Future<JsonNode> publishedResidual = start(pool, "yin-yang-chip", residual(1));
            Future<JsonNode> publishedNominal = start(pool, "yin-yang-chip", NOMINAL);
            Future<JsonNode> short20 = start(pool, "yin-yang", NOMINAL, "--set", "training.epochs=20");

            List<String> failures = new ArrayList<>();
            row(failures, "train yin-yang --set training.epochs=20", 0.93, short20.get());
            row(failures, "train yin-yang-chip --target " + NOMINAL, 0.915, publishedNominal.get());
            row(failures, "train yin-yang-chip --target " + residual(1), 0.915, publishedResidual.get());
            row(failures, "train yin-yang --target " + NOMINAL, 0.960, oursNominal.get());
            double sum = 0;
            double seconds = 0;
            List<Double> each = new ArrayList<>();
            for (Future<JsonNode> result : ours) {
                each.add(accuracy(result.get()));
                sum += accuracy(result.get());
                seconds += result.get().get("wall_s").asDouble();
            }
            try {
                Table.row(
                        3,
                        "train yin-yang --target emu:varied?seed=1..3&mismatch=residual",
                        "mean >= 0.950",
                        String.format(Locale.ROOT, "mean %.4f, each %s", sum / 3, each),
                        seconds,
                        sum / 3 >= 0.950);
            } catch (AssertionError e) {
                failures.add(e.getMessage());
            }
            if (!failures.isEmpty()) {
                throw new AssertionError(String.join("", failures));
            }
        } finally {
            pool.shutdown();
        }
    }

    private static String residual(int chip) {
        return "emu:varied?seed=" + chip + "&mismatch=residual";
    }

    private static Future<JsonNode> start(ExecutorService pool, String experiment, String target, String... more) {
        List<String> arguments = new ArrayList<>(List.of(experiment, "--target", target, "--threads", "1"));
        arguments.addAll(List.of(more));
        return pool.submit(() -> Program.train(arguments.toArray(String[]::new)));
    }

    private static double accuracy(JsonNode result) {
        return result.get("result").get("test/accuracy").asDouble();
    }

    private static void row(List<String> failures, String command, double bound, JsonNode result) {
        try {
            Table.row(
                    3,
                    command,
                    "test accuracy >= " + bound,
                    String.format(
                            Locale.ROOT,
                            "%.3f after %d epochs, health %s",
                            accuracy(result),
                            result.get("epochs").asInt(),
                            result.get("health").get("verdict").asText()),
                    result.get("wall_s").asDouble(),
                    accuracy(result) >= bound);
        } catch (AssertionError e) {
            failures.add(e.getMessage());
        }
    }
}
