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
    @DisplayName("mnist16-software as published, with 246 hidden neurons")
    void softwareAsPublished() {
        reaches(0.972, "mnist16-software", "--set", "network.layers.0.size=246");
    }

    @Test
    @DisplayName("mnist16-software with 246 hidden neurons, in 30 epochs with a rate that falls to 0")
    void softwareInSixteen() {
        reaches(
                0.972,
                "mnist16-software",
                "--set",
                "network.layers.0.size=246",
                "--set",
                "training.epochs=30",
                "--set",
                "training.schedule={kind: cosine}",
                "--set",
                "training.optimizer.learning_rate=0.01",
                "--set",
                "loss.xi=0.08");
    }

    @Test
    @DisplayName("mnist16 on an emulated chip, from drawn weights")
    void inTheLoopFromTheBeginning() {
        reaches(0.967, "mnist16", "--target", "emu:nominal?seed=1");
    }

    @Test
    @DisplayName("mnist16 on emulated chips, nominal and calibrated, from weights that exact arithmetic found")
    void inTheLoop() {
        data();
        String ideal = train("mnist16", "--target", "ideal:").at("/run/path").asText();
        reaches(0.967, fromThere("emu:nominal?seed=1", ideal, 2, 0.003));
        CalibratedSeeds.require(1);
        reaches(0.960, fromThere(CalibratedSeeds.target(1), ideal, 2, 0.005));
    }

    @Test
    @DisplayName("mnist28-software in 40 epochs with a rate that falls to 0")
    void softwareInTwentyEight() {
        reaches(
                0.969,
                "mnist28-software",
                "--set",
                "training.epochs=40",
                "--set",
                "training.schedule={kind: cosine}",
                "--set",
                "training.optimizer.learning_rate=0.01",
                "--set",
                "loss.xi=0.08",
                "--set",
                "training.silent_rescue.learn=true");
    }

    private static String[] fromThere(String target, String run, int epochs, double rate) {
        return new String[] {
            "mnist16",
            "--from",
            run,
            "--target",
            target,
            "--set",
            "dataset.validation_size=2000",
            "--set",
            "training.epochs=" + epochs,
            "--set",
            "training.optimizer.learning_rate=" + rate
        };
    }

    private static JsonNode train(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data()));
        return Program.train(all.toArray(String[]::new));
    }

    private static void reaches(double goal, String... arguments) {
        JsonNode result = train(arguments);
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
        assumeFalse(folder.isBlank(), "needs the files of MNIST: -Dfirstspike.data=DIR (docs/how-to/bring-mnist.md)");
        return folder;
    }
}
