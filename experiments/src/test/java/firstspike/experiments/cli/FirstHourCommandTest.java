package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstHourCommandTest {

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void runsInATemporaryFolder() {
        cli = new Cli(folder.resolve("runs"))
                .with("FIRSTSPIKE_CALIBRATIONS", folder.resolve("calibrations").toString());
    }

    @Test
    @DisplayName("experiments lists those of the first hour; run leaves a page and prints what was measured")
    void runs() throws Exception {
        JsonNode list = new ObjectMapper()
                .readTree(cli.run("experiments", "--json").out())
                .get("first_hour");
        assertThat(list.findValuesAsText("id")).containsExactly("leak-over-threshold", "fi-curve", "single-input");

        Cli.Said said = cli.run(
                "experiments",
                "run",
                "leak-over-threshold",
                "--target",
                "emu:nominal",
                "--json",
                "--out",
                folder.resolve("leak").toString());

        JsonNode tree = new ObjectMapper().readTree(said.out());
        assertThat(tree.get("result").get("spikes").asInt()).isGreaterThan(15);
        assertThat(tree.get("chip").asText()).isEqualTo("emu-nominal-0");
        assertThat(folder.resolve("leak/report.html")).exists();
    }

    @Test
    @DisplayName("an unknown id, a neuron that is none, a chip without the calibration that it needs: 2, 2, 7")
    void refuses() {
        String out = folder.resolve("x").toString();
        Cli.Said unknown = cli.run("experiments", "run", "fi", "--target", "emu:nominal", "--out", out);
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("leak-over-threshold, fi-curve, single-input");
        assertThat(cli.run("experiments", "run", "fi-curve", "--neuron", "512", "--target", "emu:nominal")
                        .exit())
                .isEqualTo(2);
        assertThat(cli.run("experiments", "run", "fi-curve", "--target", "emu:varied?seed=3", "--out", out)
                        .exit())
                .isEqualTo(7);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    @DisplayName("targets fit refuses a calibration that is not there, and a file that is")
    void fit() throws Exception {
        Path file = Files.createFile(folder.resolve("chip.npz"));
        assertThat(cli.run("targets", "fit", folder.resolve("none").toString(), "--out", file.toString())
                        .exit())
                .isEqualTo(2);
        assertThat(cli.run(
                                "targets",
                                "fit",
                                folder.resolve("none").toString(),
                                "--out",
                                folder.resolve("new.npz").toString())
                        .exit())
                .isIn(6, 7);
    }
}
