package firstspike.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks on chips that were calibrated by the program, and on the same chips without. */
@Tag("acceptance")
class Calibration03TrainIT {

    private static final int[] SEEDS = {1, 2, 3, 4, 5};
    private static final String LINE = "calibration 3";

    @Test
    @DisplayName("J03 trainings on calibrated chips reach their accuracies; without a calibration they exit 7")
    void trainings() {
        Program.Outcome refused =
                Program.run("train", "yin-yang", "--target", "emu:varied?seed=99", "--json", "--quiet");
        Table.row(
                LINE,
                "train yin-yang --target emu:varied?seed=99",
                "exit 7, CALIBRATION_MISSING",
                "exit " + refused.exit() + ", " + refused.json().path("code").asText(),
                refused.seconds(),
                refused.exit() == 7 && refused.json().path("code").asText().equals("CALIBRATION_MISSING"));

        CalibratedSeeds.require(SEEDS);
        double[] accuracy = new double[SEEDS.length];
        double seconds = 0;
        for (int i = 0; i < SEEDS.length; i++) {
            JsonNode result = Program.train("yin-yang", "--target", CalibratedSeeds.target(SEEDS[i]));
            accuracy[i] = accuracy(result);
            seconds += result.get("wall_s").asDouble();
        }
        double worst = Arrays.stream(accuracy).min().orElseThrow();
        Table.row(
                LINE,
                "train yin-yang --target emu:varied?seed=1..5",
                "mean >= 0.945, worst >= 0.930",
                text(accuracy),
                seconds,
                CalibratedSeeds.mean(accuracy) >= 0.945 && worst >= 0.930);
    }

    @Test
    @DisplayName("J03 the network from software on calibrated chips, and on the same chips uncalibrated")
    void pretrained() {
        String file = System.getProperty("firstspike.pretrained", "");
        assumeFalse(file.isBlank(), "needs the network of data/pretrained: -Dfirstspike.pretrained=FILE");
        CalibratedSeeds.require(SEEDS);

        double[] calibrated = evaluated(file);
        Table.row(
                LINE,
                "eval yin-yang-software --weights FILE --target emu:varied?seed=1..5",
                "mean 0.65 to 0.92",
                text(calibrated),
                0,
                CalibratedSeeds.mean(calibrated) >= 0.65 && CalibratedSeeds.mean(calibrated) <= 0.92);

        double[] uncalibrated = evaluated(file, "--calibration", "none", "--allow-uncalibrated");
        Table.row(
                LINE,
                "the same with --calibration none --allow-uncalibrated",
                "mean <= 0.75",
                text(uncalibrated),
                0,
                CalibratedSeeds.mean(uncalibrated) <= 0.75);
    }

    private static double[] evaluated(String file, String... more) {
        return IntStream.of(SEEDS)
                .mapToDouble(seed -> {
                    String[] first = {
                        "eval",
                        "yin-yang-software",
                        "--weights",
                        file,
                        "--target",
                        CalibratedSeeds.target(seed),
                        "--json"
                    };
                    String[] all = Arrays.copyOf(first, first.length + more.length);
                    System.arraycopy(more, 0, all, first.length, more.length);
                    return accuracy(Program.run(all).succeeded().json());
                })
                .toArray();
    }

    private static double accuracy(JsonNode result) {
        return result.get("result").get("test/accuracy").asDouble();
    }

    private static String text(double[] accuracy) {
        return String.format(
                Locale.ROOT, "mean %.4f, each %s", CalibratedSeeds.mean(accuracy), Arrays.toString(accuracy));
    }
}
