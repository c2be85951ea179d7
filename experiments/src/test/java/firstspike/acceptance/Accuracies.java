package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Test accuracies of trainings that differ in their seed, 1 and up.
 *
 * @param command without the program's name
 * @param each accuracy of each seed
 * @param seconds time of all
 */
record Accuracies(String command, List<Double> each, double seconds) {

    /** Trains them, one after the other. */
    static Accuracies of(String experiment, String target, int epochs, int seeds) {
        List<Double> each = new ArrayList<>();
        double seconds = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            JsonNode run = Program.train(
                    experiment,
                    "--target",
                    target,
                    "--seed",
                    Integer.toString(seed),
                    "--set",
                    "training.epochs=" + epochs);
            each.add(run.at("/result").get("test/accuracy").asDouble());
            seconds += run.get("wall_s").asDouble();
        }
        String command = "train " + experiment + " --target " + target + " --seed 1.." + seeds
                + " --set training.epochs=" + epochs;
        return new Accuracies(command, each, seconds);
    }

    /** A row of the table, which must hold. */
    void row(String line, double leastMean, double leastOfEach) {
        double mean = each.stream().mapToDouble(a -> a).average().orElseThrow();
        double worst = each.stream().mapToDouble(a -> a).min().orElseThrow();
        Table.row(
                line,
                command,
                "mean >= " + leastMean + ", each >= " + leastOfEach,
                String.format(Locale.ROOT, "mean %.4f, each %s", mean, each),
                seconds,
                mean >= leastMean && worst >= leastOfEach);
    }

    /** Health of the last epoch of a run. */
    static JsonNode health(JsonNode run) {
        Path metrics = Path.of(run.get("run").asText()).resolve("metrics.jsonl");
        try {
            List<String> lines = Files.readAllLines(metrics);
            return new ObjectMapper().readTree(lines.get(lines.size() - 1)).get("health");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
