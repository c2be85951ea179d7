package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that reads a spike log, on logs that lack something. */
class LogEndingTest {

    private static final String TARGET = "emu:nominal?seed=5";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Cli cli;
    private static byte[] whole;
    /** Where records begin. */
    private static final List<Long> BORDERS = new ArrayList<>();

    /** The commands that read a log; LOG stands for its name. */
    private static final List<String> READERS = List.of(
            "log cat LOG",
            "log stats LOG",
            "log export LOG --format csv --out OUT --force",
            "log export LOG --format jsonl --out OUT --force",
            "log export LOG --format npz --out OUT --force",
            "log export LOG --format sonata --out OUT --force",
            "log diff LOG LOG",
            "plot LOG raster --out OUT.svg --force",
            "replay LOG --compare --target " + TARGET);

    /** What a log lacks, how it is read, and what that comes to. */
    private enum Lack {
        BORDER(10, "did not end: no footer after byte ", "LOG_NOT_ENDED"),
        TORN(10, "bytes of a cut record are left out", "LOG_NOT_ENDED"),
        DAMAGED(11, "passed over 1 damaged and 0 missing records", "LOG_FALSIFIED"),
        MARKED(11, "marked as falsified by its footer", "LOG_FALSIFIED"),
        RECOVERED(0, "was recovered: ", null),
        WRITTEN(0, "is being written: ", null);

        private final int exit;
        private final String said;
        private final String code;

        Lack(int exit, String said, String code) {
            this.exit = exit;
            this.said = said;
            this.code = code;
        }

        Path log() throws IOException {
            Path log = folder.resolve(name() + ".fslog");
            switch (this) {
                case BORDER -> Files.write(log, Arrays.copyOf(whole, border(2).intValue()));
                case TORN -> Files.write(log, Arrays.copyOf(whole, border(2).intValue() + 7));
                case DAMAGED -> {
                    byte[] damaged = whole.clone();
                    damaged[border(2).intValue() + 14] ^= 1;
                    Files.write(log, damaged);
                }
                case MARKED -> {
                    Path damaged = DAMAGED.log();
                    cli.run("log", "recover", "--salvage", damaged.toString());
                    Files.move(damaged, log, StandardCopyOption.REPLACE_EXISTING);
                }
                case RECOVERED -> {
                    Files.write(log, Arrays.copyOf(whole, border(2).intValue()));
                    assertThat(cli.run("log", "recover", log.toString()).exit()).isZero();
                }
                case WRITTEN -> Files.write(log, whole);
            }
            return log;
        }

        private static Long border(int third) {
            return BORDERS.get(BORDERS.size() * third / 3);
        }
    }

    @BeforeAll
    static void aLog() throws IOException {
        cli = new Cli(folder.resolve("runs"));
        Files.writeString(folder.resolve("net.yaml"), """
                schema: firstspike.experiment/1
                id: small
                task: record
                network:
                  inputs: 3
                  layers: [{name: out, size: 4, weight_init: {mean: 2.0, std: 0.2}}]
                """);
        StringBuilder rows = new StringBuilder("program,tick,population,neuron\n");
        for (int i = 0; i < 240; i++) {
            rows.append(i / 60 + "," + (200 + i % 60 * 40) + ",input," + i % 3 + "\n");
        }
        Files.writeString(folder.resolve("in.csv"), rows);
        Path log = folder.resolve("whole.fslog");
        assertThat(run("record --target " + TARGET + " --network " + folder.resolve("net.yaml") + " --stimulus "
                                + folder.resolve("in.csv") + " --out " + log)
                        .exit())
                .isZero();
        whole = Files.readAllBytes(log);
        try (SpikeLog read = SpikeLog.open(log)) {
            read.read(false, (record, offset) -> BORDERS.add(offset));
        }
    }

    private static Cli.Said run(String line) {
        return cli.run(line.split(" "));
    }

    private static Stream<Arguments> table() {
        return READERS.stream().flatMap(reader -> Stream.of(Lack.values())
                .filter(lack -> lack != Lack.DAMAGED || !reader.startsWith("log diff") && !reader.startsWith("plot"))
                .map(lack -> Arguments.of(reader, lack)));
    }

    @ParameterizedTest(name = "{0} of a log that is {1}")
    @MethodSource("table")
    @DisplayName(
            "every command that reads a log says what is missing, on standard error, in --json and by its exit code")
    void saysWhatIsMissing(String reader, Lack lack) throws IOException {
        Path log = lack.log();
        String line = reader.replace("LOG", log.toString())
                        .replace("OUT", folder.resolve("out").toString())
                + (lack == Lack.DAMAGED ? " --salvage" : "");

        if (lack == Lack.WRITTEN) {
            // a living writer goes on with it
            LogHeader header;
            try (SpikeLog read = SpikeLog.open(log)) {
                header = read.header();
            }
            try (SpikeLogWriter writer = SpikeLogWriter.append(log, header, LogSettings.defaults(), false)) {
                writer.handOver();
                check(lack, line);
            }
        } else {
            check(lack, line);
        }
    }

    private static void check(Lack lack, String line) throws IOException {
        Cli.Said text = run(line);
        assertThat(text.exit()).as(line + "\n" + text.out() + text.err()).isEqualTo(lack.exit);
        assertThat(text.err()).contains(lack.said);
        String health = text.err() + text.out();
        assertThat(health.contains("health: ok")).as(health).isEqualTo(lack == Lack.WRITTEN);

        Cli.Said json = run(line + " --json");
        assertThat(json.exit()).isEqualTo(lack.exit);
        assertThat(json.err()).contains(lack.said);
        if (lack == Lack.WRITTEN && line.startsWith("log cat")) {
            assertThat(json.out()).doesNotContain("firstspike.log-end");
            return;
        }
        List<String> lines = json.out().lines().toList();
        JsonNode tree = JSON.readTree(lines.get(lines.size() - 1));
        assertThat(tree.get("complete").asBoolean()).isFalse();
        assertThat(tree.get("missing").toString()).contains(lack.said);
        assertThat(tree.path("code").asText(null)).isEqualTo(lack.code);
        assertThat(tree.path("exit").asInt()).isEqualTo(lack.exit);
    }

    @Test
    @DisplayName("inspect says what is missing and exits 0; a whole log lacks nothing in any command")
    void inspectAndWhole() throws IOException {
        for (Lack lack : List.of(Lack.BORDER, Lack.TORN, Lack.RECOVERED)) {
            Cli.Said said = run("log inspect --json " + lack.log());
            assertThat(said.exit()).isZero();
            assertThat(said.err()).contains(lack.said);
            assertThat(JSON.readTree(said.out()).get("missing").toString()).contains(lack.said);
        }
        for (String reader : READERS) {
            Cli.Said said =
                    run(reader.replace("LOG", folder.resolve("whole.fslog").toString())
                            .replace("OUT", folder.resolve("out").toString()));
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(said.err()).doesNotContain("missing");
        }
    }

    @Test
    @DisplayName("an append keeps the marks of the earlier part: recovered and falsified")
    void appendKeepsMarks() throws IOException {
        for (Lack lack : List.of(Lack.MARKED, Lack.RECOVERED)) {
            Path log = lack.log();
            LogHeader header;
            try (SpikeLog read = SpikeLog.open(log)) {
                header = read.header();
            }
            SpikeLogWriter.append(log, header, LogSettings.defaults(), false).close();
            Cli.Said said = run("log stats " + log);
            assertThat(said.exit()).isEqualTo(lack.exit);
            assertThat(said.err()).contains(lack.said);
        }
    }
}
