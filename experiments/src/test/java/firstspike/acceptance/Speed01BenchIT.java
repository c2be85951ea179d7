package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code bench} measures beside the speeds that were wanted; a row for each, whatever became of the others. */
@Tag("acceptance")
class Speed01BenchIT {

    private static final String LINE = "speed 1";
    private static final double CHIP = 20_800;
    private static final double VARIED = 15_000;
    private static final double IDEAL_SECONDS = 5;
    private static final double LOOP_SECONDS = 45;
    private static final double REMOTE_SECONDS = 60;
    private static final double DIGITS = 8_000;
    private static final double START_SECONDS = 0.4;
    private static final double ALLOCATED_KIB = 1;
    private static final int WHOLE_RUN = 300;

    @Test
    @DisplayName("Inference, training and start-up against their goals")
    void goals() {
        Program.Outcome ideal = Program.run("bench", "ideal", "--json").succeeded();
        double seconds = ideal.json().get("measurements").get(0).get("seconds").asDouble();
        row(ideal, "300 epochs in 5 s", String.format(Locale.ROOT, "%.1f s", seconds), seconds <= IDEAL_SECONDS);

        Program.Outcome inference = Program.run("bench", "inference", "--json").succeeded();
        for (JsonNode rate : inference.json().get("rates")) {
            String subject = rate.get("subject").asText();
            if (subject.startsWith("256-")) {
                double goal = subject.contains("nominal") ? CHIP : VARIED;
                assertThat(rate.get("unit").asText()).isEqualTo("samples/s");
                row(inference, subject + ": " + (int) goal + " samples/s", median(rate), value(rate) >= goal);
                if (subject.endsWith("in process")) {
                    double kib = rate.at("/facts/allocated_beyond_result_kib_per_sample")
                            .asDouble();
                    row(
                            inference,
                            subject + ": 1 KiB allocated a sample beyond the result",
                            kib + " KiB",
                            kib <= ALLOCATED_KIB);
                }
            }
        }

        Program.Outcome train = Program.run("bench", "train", "--json").succeeded();
        for (JsonNode rate : train.json().get("rates")) {
            String subject = rate.get("subject").asText();
            boolean holds = subject.startsWith("256-")
                    ? rate.at("/facts/trained_samples_a_second").asDouble() >= DIGITS
                    : WHOLE_RUN * value(rate)
                            <= (subject.contains("exact")
                                    ? IDEAL_SECONDS
                                    : subject.contains("gRPC") ? REMOTE_SECONDS : LOOP_SECONDS);
            row(train, subject + ": " + rate.get("goal").asText(), median(rate), holds);
        }

        double best = Double.POSITIVE_INFINITY;
        Program.Outcome help = null;
        for (int i = 0; i < 5; i++) {
            help = Program.run("--help").succeeded();
            best = Math.min(best, help.seconds());
        }
        row(help, "start in 0.4 s", String.format(Locale.ROOT, "%.2f s, best of 5", best), best <= START_SECONDS);
    }

    private static double value(JsonNode rate) {
        return rate.get("median").asDouble();
    }

    private static String median(JsonNode rate) {
        return String.format(
                Locale.ROOT,
                "%.4g %s (%.4g to %.4g) %s",
                value(rate),
                rate.get("unit").asText(),
                rate.get("lowest").asDouble(),
                rate.get("highest").asDouble(),
                rate.get("facts"));
    }

    private static void row(Program.Outcome outcome, String goal, String measured, boolean holds) {
        Table.speed(LINE, outcome.command(), goal, measured, outcome.seconds(), holds);
    }
}
