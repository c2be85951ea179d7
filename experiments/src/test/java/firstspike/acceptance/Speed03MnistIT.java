package firstspike.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** MNIST in exact arithmetic and in the loop, from the files in the folder that {@code -Dfirstspike.data=DIR} names. */
@Tag("acceptance")
class Speed03MnistIT {

    private static final String LINE = "speed 3";

    @Test
    @DisplayName("the files and their preparation in 16 x 16 are those of the publication")
    void files() {
        Program.Outcome outcome = Program.run("data", "check", "mnist", "--data", data(), "--json");
        String state = outcome.json().at("/datasets/0/state").asText();
        Table.row(
                LINE,
                "data check mnist",
                "exit 0, ready",
                "exit " + outcome.exit() + ", " + state,
                outcome.seconds(),
                outcome.exit() == 0 && state.equals("ready"));
    }

    @Test
    @DisplayName("mnist16-software with 246 hidden neurons")
    void softwareInSixteen() {
        reaches(0.972, "mnist16-software", "--set", "network.layers.0.size=246");
    }

    @Test
    @DisplayName("mnist16 in the loop on an emulated chip")
    void inTheLoop() {
        reaches(0.967, "mnist16", "--target", "emu:nominal?seed=1");
    }

    @Test
    @DisplayName("mnist16 in the loop on a chip that was calibrated by the program")
    void onACalibratedChip() {
        data();
        CalibratedSeeds.require(1);
        reaches(0.960, "mnist16", "--target", CalibratedSeeds.target(1));
    }

    @Test
    @DisplayName("mnist28-software by the exact solution")
    void softwareInTwentyEight() {
        reaches(0.969, "mnist28-software", "--set", "forward={kind: event-driven}");
    }

    private static void reaches(double goal, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data()));
        JsonNode result = Program.train(all.toArray(String[]::new));
        double accuracy = result.at("/result").get("test/accuracy").asDouble();
        Table.row(
                LINE,
                "train " + String.join(" ", arguments),
                "test accuracy >= " + goal,
                String.format(Locale.ROOT, "%.4f", accuracy),
                result.get("wall_s").asDouble(),
                accuracy >= goal);
    }

    private static String data() {
        String folder = System.getProperty("firstspike.data", "");
        assumeFalse(folder.isBlank(), "needs the files of MNIST: -Dfirstspike.data=DIR (data/mnist/README.md)");
        return folder;
    }
}
