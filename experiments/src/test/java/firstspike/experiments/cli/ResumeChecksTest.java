package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.runtime.exchange.NpzFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code resume} checks of a run folder before it goes on. */
class ResumeChecksTest {

    @TempDir
    Path folder;

    private Cli cli;
    private Path run;

    @BeforeEach
    void aRun() throws IOException {
        cli = new Cli(folder.resolve("runs"));
        assertThat(cli.train("--set", "record=[]").exit()).isZero();
        try (Stream<Path> runs = Files.list(cli.runs())) {
            run = runs.findFirst().orElseThrow();
        }
    }

    private Cli.Said resume(String... further) {
        String[] line = Arrays.copyOf(new String[] {"resume", run.toString()}, 2 + further.length);
        System.arraycopy(further, 0, line, 2, further.length);
        return cli.run(line);
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(run.resolve("run.json").toFile());
    }

    /** As a killed process leaves it: no inventory. */
    private void forgetInventory() throws IOException {
        String text = Files.readString(run.resolve("run.json"));
        int from = text.indexOf("\"files\"");
        Files.writeString(run.resolve("run.json"), text.substring(0, from) + "\"files\": null\n}\n");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "metrics.jsonl, emptied, has 0 bytes",
        "metrics.jsonl, changed, has another SHA-256",
        "metrics.jsonl, removed, is missing",
        "best, changed, has another SHA-256",
        "best, removed, is missing"
    })
    @DisplayName("a file that a run adds to and that is not as run.json has it is refused by name")
    void changedFiles(String name, String how, String said) throws IOException {
        Path file = run.resolve(name);
        switch (how) {
            case "emptied" -> Files.write(file, new byte[0]);
            case "changed" -> {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
            default -> Files.delete(file);
        }
        byte[] before = Files.readAllBytes(run.resolve("run.json"));

        Cli.Said refused = resume("--epochs", "3");

        assertThat(refused.exit()).as(refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains(name, said);
        assertThat(Files.readAllBytes(run.resolve("run.json"))).isEqualTo(before);
    }

    @Test
    @DisplayName("metrics that do not reach the checkpoint are refused also when a killed process left no inventory")
    void missingMetrics() throws IOException {
        forgetInventory();
        String all = Files.readString(run.resolve("metrics.jsonl"));
        Files.writeString(run.resolve("metrics.jsonl"), all.substring(all.indexOf('\n') + 1));

        Cli.Said refused = resume("--epochs", "3");

        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("metrics.jsonl", "no line of epoch 0");
    }

    @Test
    @DisplayName("a file that is written anew is only told")
    void reportChanged() throws IOException {
        Files.writeString(run.resolve("report.html"), "mine");

        Cli.Said said = resume("--epochs", "3");

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("report.html has 4 bytes");
        assertThat(record().get("epoch").asInt()).isEqualTo(3);
    }

    @Test
    @DisplayName("resume goes on from the newest checkpoint that verifies, says which, and comes to the same arrays")
    void newestThatVerifies() throws IOException {
        Path checkpoints = run.resolve("checkpoints");
        byte[] straight = Files.readAllBytes(checkpoints.resolve("epoch-00002.npz"));
        Files.write(checkpoints.resolve("epoch-00002.npz"), Arrays.copyOf(straight, straight.length / 2));

        Cli.Said said = resume();

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err())
                .contains("continuing after epoch 1 (epoch-00001.npz)", "checkpoint passed over", "epoch-00002.npz");
        Path kept = Files.write(folder.resolve("straight.npz"), straight);
        assertThat(weights(checkpoints.resolve("epoch-00002.npz"))).isEqualTo(weights(kept));
    }

    private static double[] weights(Path checkpoint) {
        try (NpzFile file = NpzFile.open(checkpoint)) {
            return file.array("layers/0/weight").doubles();
        }
    }

    @Test
    @DisplayName("--checkpoint names another one; one that is not there or damaged is refused")
    void namedCheckpoint() throws IOException {
        Cli.Said said = resume("--checkpoint", "1", "--json");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("continuing after epoch 1 (epoch-00001.npz)");
        assertThat(record().get("resumed_from_epoch").asInt()).isEqualTo(1);

        assertThat(resume("--checkpoint", "7").exit()).isEqualTo(6);
        assertThat(resume("--checkpoint", "-1").exit()).isEqualTo(2);
        Files.write(run.resolve("checkpoints/epoch-00001.npz"), new byte[100]);
        assertThat(resume("--checkpoint", "1").exit()).isEqualTo(6);
    }

    @Test
    @DisplayName("no checkpoint that verifies is refused with all of their names")
    void noneVerifies() throws IOException {
        for (int epoch = 0; epoch <= 2; epoch++) {
            Path file = run.resolve("checkpoints/epoch-0000" + epoch + ".npz");
            if (Files.exists(file)) {
                Files.write(file, new byte[10]);
            }
        }
        Cli.Said said = resume();
        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("epoch-00001.npz", "epoch-00002.npz");
    }

    @Test
    @DisplayName("an end that the run has passed is refused and changes nothing")
    void earlierEnd() throws IOException {
        byte[] before = Files.readAllBytes(run.resolve("run.json"));

        Cli.Said refused = resume("--epochs", "1");

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("training.epochs", "at least 2");
        assertThat(Files.readAllBytes(run.resolve("run.json"))).isEqualTo(before);
        assertThat(resume("--epochs", "1", "--checkpoint", "1").exit()).isZero();
    }

    @Test
    @DisplayName("--allow-degraded, health.allow and health.limits refuse a counter that does not exist")
    void unknownCounter() {
        Cli.Said option = resume("--allow-degraded", "events.droped.link");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err()).contains("did you mean events.dropped.link?");
        for (String set : new String[] {"health.allow=[events.lat]", "health.limits={events.lat: 3}"}) {
            Cli.Said file = cli.train("--set", set);
            assertThat(file.exit()).as(file.err()).isEqualTo(3);
            assertThat(file.err()).contains("did you mean events.late?");
        }
    }
}
