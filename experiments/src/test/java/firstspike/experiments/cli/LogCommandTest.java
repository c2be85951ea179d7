package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.exchange.sonata.SonataSpikes;
import firstspike.runtime.recording.log.LabelEntry;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code firstspike log}. */
class LogCommandTest {

    private static final int PROGRAMS = 3;
    private static final int SPIKES = 40;

    @TempDir
    Path folder;

    private Cli cli;
    private Path file;

    @BeforeEach
    void aLog() {
        cli = new Cli(folder.resolve("runs"));
        file = folder.resolve("out.fslog");
        try (SpikeLogWriter writer =
                SpikeLogWriter.create(file, header("emu:nominal?seed=7"), LogSettings.defaults())) {
            for (int i = 0; i < PROGRAMS; i++) {
                program(writer, 0);
            }
        }
    }

    private static LogHeader header(String target) {
        List<LabelEntry> labels = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            labels.add(new LabelEntry(SpikeDirection.TO_CHIP, 100 + i, "input", i));
            labels.add(new LabelEntry(SpikeDirection.FROM_CHIP, i, "hidden", i));
        }
        return new LogHeader(
                "f1e2c3d4-b5a6-4968-8776-655443322110",
                target,
                "nominal",
                "emu-nominal-7",
                "",
                "",
                LogHeader.CHIP_TICK_PS,
                1_767_225_600_000L,
                "firstspike test",
                labels);
    }

    private static void program(SpikeLogWriter writer, int shift) {
        long[] ticks = new long[SPIKES];
        short[] labels = new short[SPIKES];
        writer.startProgram(0);
        for (int i = 0; i < SPIKES; i++) {
            ticks[i] = 125L * i;
            labels[i] = (short) (100 + i % 5);
        }
        writer.stimulus(ticks, labels, 0, SPIKES);
        writer.handOver();
        writer.mark(Mark.Kind.SAMPLE, 0, 1, "");
        for (int i = 0; i < SPIKES; i++) {
            ticks[i] += 60 + shift;
            // neuron 4 stays silent
            labels[i] = (short) (i % 4);
        }
        writer.spikes(ticks, labels, 0, SPIKES);
        writer.endProgram(125L * SPIKES, Map.of("events.received", (long) SPIKES));
    }

    private static JsonNode json(Cli.Said said) throws IOException {
        assertThat(said.out().lines()).as(said.err()).hasSize(1);
        return new ObjectMapper().readTree(said.out());
    }

    @Test
    @DisplayName("U13 inspect tells header, state, records, events, ticks; cat, stats, diff")
    void inspect() throws IOException {
        Cli.Said text = cli.run("log", "inspect", file.toString());
        assertThat(text.exit()).isZero();
        assertThat(text.out())
                .contains("closed", "emu:nominal?seed=7", "120 to the chip, 120 from the chip", "programs 3")
                .endsWith("health: ok\n");

        JsonNode quick = json(cli.run("log", "inspect", file.toString(), "--json"));
        assertThat(quick.fieldNames())
                .toIterable()
                .startsWith(
                        "schema",
                        "path",
                        "bytes",
                        "state",
                        "header",
                        "records",
                        "programs",
                        "events",
                        "first_tick",
                        "last_tick",
                        "per_population",
                        "torn",
                        "corrupt",
                        "health");
        assertThat(quick.get("schema").asText()).isEqualTo("firstspike.log/1");
        assertThat(quick.get("state").asText()).isEqualTo("closed");
        assertThat(quick.get("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(quick.at("/events/to_chip").asInt()).isEqualTo(PROGRAMS * SPIKES);
        assertThat(quick.get("first_tick").asInt()).isZero();
        assertThat(quick.get("last_tick").asInt()).isEqualTo(125 * (SPIKES - 1) + 60);
        assertThat(quick.at("/per_population/1/silent").isNull()).isTrue();
        assertThat(quick.get("torn").isNull()).isTrue();

        JsonNode full = json(cli.run("log", "inspect", "--full", file.toString(), "--json"));
        assertThat(full.at("/per_population/0/silent").asInt()).isZero();
        assertThat(full.at("/per_population/1/population").asText()).isEqualTo("hidden");
        assertThat(full.at("/per_population/1/silent").asInt()).isEqualTo(1);
        assertThat(full.get("records")).isEqualTo(quick.get("records"));
    }

    @Test
    @DisplayName("U13 cat selects by time, program, population and direction; statistics and differences")
    void cat() throws IOException {
        Cli.Said rows = cli.run(
                "log",
                "cat",
                file.toString(),
                "--from",
                "1us",
                "--to",
                "3us",
                "--program",
                "1",
                "--population",
                "hidden");
        assertThat(rows.exit()).isZero();
        assertThat(rows.out().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "program,tick,time_us,direction,label,population,neuron",
                        "1,185,1.480,from_chip,1,hidden,1",
                        "1,310,2.480,from_chip,2,hidden,2");
        assertThat(rows.out()).startsWith("# run_id f1e2c3d4").contains("# tick_ps 8000");

        Cli.Said lines = cli.run("log", "cat", file.toString(), "--json", "--direction", "to", "--program", "2..");
        assertThat(lines.out().lines()).hasSize(SPIKES);
        assertThat(new ObjectMapper()
                        .readTree(lines.out().lines().findFirst().orElseThrow())
                        .get("population")
                        .asText())
                .isEqualTo("input");
        assertThat(cli.run("log", "cat", file.toString(), "--format", "table").out())
                .contains("population");
        assertThat(cli.run("log", "cat", file.toString(), "--population", "hiden")
                        .err())
                .contains("did you mean hidden?");
        assertThat(cli.run("log", "cat", file.toString(), "--program", "x").exit())
                .isEqualTo(2);

        JsonNode stats = json(cli.run("log", "stats", file.toString(), "--json"));
        assertThat(stats.get("events").asInt()).isEqualTo(2 * PROGRAMS * SPIKES);
        assertThat(stats.at("/per_population/1/silent").asInt()).isEqualTo(1);
        assertThat(stats.at("/per_population/1/most_of_one").asInt()).isEqualTo(PROGRAMS * SPIKES / 4);
        assertThat(cli.run("log", "stats", file.toString()).out())
                .contains("hidden")
                .endsWith("health: ok\n");

        Path other = folder.resolve("other.fslog");
        try (SpikeLogWriter writer =
                SpikeLogWriter.create(other, header("emu:nominal?seed=8"), LogSettings.defaults())) {
            program(writer, 0);
            program(writer, 1);
            program(writer, 0);
        }
        assertThat(cli.run("log", "diff", file.toString(), file.toString()).exit())
                .isZero();
        Cli.Said differing = cli.run("log", "diff", file.toString(), other.toString(), "--json");
        assertThat(differing.exit()).isEqualTo(1);
        assertThat(json(differing).get("differences").asInt()).isEqualTo(SPIKES);
        assertThat(json(differing).at("/first/0/program").asInt()).isEqualTo(1);
        assertThat(json(differing).at("/headers/target/1").asText()).isEqualTo("emu:nominal?seed=8");
        assertThat(cli.run("log", "diff", file.toString(), other.toString(), "--tolerance", "1")
                        .exit())
                .isZero();
    }

    @Test
    @DisplayName("U14 a torn log is told, recovered once, and then there is nothing to do")
    void torn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        Cli.Said told = cli.run("log", "inspect", file.toString());
        assertThat(told.exit()).isZero();
        assertThat(told.out()).contains("torn: ", " bytes after the last whole record, ", " events are safe");
        JsonNode before = json(cli.run("log", "inspect", file.toString(), "--json"));
        assertThat(before.get("state").asText()).isEqualTo("torn");
        assertThat(before.at("/torn/at").asLong() + before.at("/torn/bytes").asLong())
                .isEqualTo(whole.length / 2);

        Cli.Said recovered = cli.run("log", "recover", file.toString());
        assertThat(recovered.exit()).isZero();
        assertThat(recovered.out()).contains("out.fslog.torn-1");
        JsonNode after = json(cli.run("log", "inspect", file.toString(), "--json"));
        assertThat(after.get("state").asText()).isEqualTo("closed");
        assertThat(after.get("recovered").asBoolean()).isTrue();
        assertThat(after.get("events")).isEqualTo(before.get("events"));
        Cli.Said again = cli.run("log", "recover", file.toString());
        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("nothing to do");
    }

    @Test
    @DisplayName("U14 damage in the middle exits 6 with its place, and is salvaged on demand")
    void corrupt() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 16;
        Files.write(file, bytes);
        Cli.Said told = cli.run("log", "inspect", file.toString(), "--full", "--json");
        assertThat(told.exit()).isEqualTo(6);
        assertThat(json(told).get("state").asText()).isEqualTo("corrupt");
        assertThat(json(told).get("code").asText()).isEqualTo("LOG_CORRUPT");
        assertThat(json(told).at("/corrupt/0/at").asLong()).isPositive();
        assertThat(told.err()).contains("--salvage");
        assertThat(cli.run("log", "cat", file.toString()).exit()).isEqualTo(6);
        assertThat(cli.run("log", "cat", file.toString(), "--salvage").exit()).isEqualTo(11);
        assertThat(cli.run("log", "recover", file.toString()).exit()).isEqualTo(6);
        Cli.Said salvaged = cli.run("log", "recover", file.toString(), "--salvage");
        assertThat(salvaged.out()).contains("marked as falsified");
        JsonNode after = json(cli.run("log", "inspect", file.toString(), "--json"));
        assertThat(after.get("state").asText()).isEqualTo("closed");
        assertThat(after.get("falsified").asBoolean()).isTrue();
        assertThat(after.at("/health/verdict").asText()).isEqualTo("falsified");
    }

    @Test
    void whatIsNoLogIsSaid() throws IOException {
        Path zip = Files.write(folder.resolve("x.fslog"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        Cli.Said said = cli.run("log", "inspect", zip.toString(), "--json");
        assertThat(said.exit()).isEqualTo(6);
        assertThat(json(said).get("code").asText()).isEqualTo("NOT_A_SPIKE_LOG");
        assertThat(said.err()).contains("zip");
        assertThat(cli.run("log", "inspect", folder.resolve("none.fslog").toString())
                        .exit())
                .isEqualTo(6);
    }

    @Test
    @DisplayName("J30 a reader that leaves after the first line is no error")
    void brokenPipe() {
        OutputStream leaving = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        for (String[] args : new String[][] {
            {"log", "cat", file.toString()},
            {"log", "cat", file.toString(), "--json"},
            {"log", "inspect", file.toString()},
            {"log", "stats", file.toString()}
        }) {
            int exit = Main.run(
                    args,
                    new PrintStream(leaving, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Map.of());
            assertThat(exit).isZero();
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    @Test
    @DisplayName("U13 plot draws the spikes of a log, of the programs that are chosen")
    void plot() throws IOException {
        String out = folder.resolve("raster.svg").toString();
        String[] line = {"plot", file.toString(), "raster", "--out", out, "--program", "0..1", "--force"};
        assertThat(cli.run(line).exit()).isZero();
        assertThat(Files.readString(Path.of(out))).contains("160 spikes of out.fslog", "fidelity nominal");
        assertThat(cli.run("plot", file.toString(), "weights", "--out", out).exit())
                .isEqualTo(6);
        assertThat(cli.run("plot", file.toString(), "weights", "--out", out, "--force")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("J24 a log without events is shown, counted and exported")
    void empty() throws IOException {
        Path none = folder.resolve("none.fslog");
        SpikeLogWriter.create(none, header("ideal:"), LogSettings.defaults()).close();
        Path drawn = folder.resolve("none.svg");
        assertThat(cli.run("plot", none.toString(), "raster", "--out", drawn.toString())
                        .exit())
                .isZero();
        assertThat(Files.readString(drawn)).contains("no data");
        for (String command : new String[] {"inspect", "cat", "stats"}) {
            assertThat(cli.run("log", command, none.toString()).exit()).isZero();
        }
        for (String form : new String[] {"csv", "jsonl", "npz", "sonata"}) {
            Cli.Said said = cli.run("log", "export", none.toString(), "--format", form);
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(folder.resolve("none." + (form.equals("sonata") ? "h5" : form)))
                    .exists();
        }
        assertThat(cli.run("log", "cat", file.toString(), "--from", "9s")
                        .out()
                        .lines()
                        .filter(line -> !line.startsWith("#")))
                .hasSize(1);
    }

    @Test
    void exportedArraysHoldTheSpikes() {
        Path npz = folder.resolve("spikes.npz");
        assertThat(cli.run("log", "export", file.toString(), "--format", "npz", "--out", npz.toString())
                        .exit())
                .isZero();
        assertThat(cli.run("log", "export", file.toString(), "--format", "npz", "--out", npz.toString())
                        .exit())
                .isEqualTo(6);
        try (NpzFile arrays = NpzFile.open(npz)) {
            assertThat(arrays.array("tick").longs())
                    .hasSize(2 * PROGRAMS * SPIKES)
                    .startsWith(0, 60, 125);
            assertThat(arrays.array("label").longs()).startsWith(100, 0, 101);
            assertThat(arrays.array("to_chip").booleans()).startsWith(true, false, true);
            assertThat(arrays.array("neuron").longs()).startsWith(0, 0, 1);
        }
    }

    @Test
    void exportedSonataHoldsTheSpikes() {
        assertThat(cli.run("log", "export", file.toString(), "--format", "csv", "--time-base", "biological")
                        .exit())
                .isEqualTo(2);
        Cli.Said said = cli.run("log", "export", file.toString(), "--format", "sonata", "--program", "0");
        assertThat(said.exit()).as(said.err()).isZero();
        SonataSpikes.Imported back = SonataSpikes.read(folder.resolve("out.h5"), Map.of());
        assertThat(back.table().size()).isEqualTo(2 * SPIKES);
        assertThat(back.offGrid()).isZero();
    }

    @Test
    @DisplayName("J50 inspect and cat beside a writer see whole programs")
    void besideAWriter() throws IOException {
        Path live = folder.resolve("live.fslog");
        try (SpikeLogWriter writer = SpikeLogWriter.create(live, header("emu:nominal"), LogSettings.defaults())) {
            for (int i = 1; i <= 3; i++) {
                program(writer, 0);
                writer.handOver();
                JsonNode seen = json(cli.run("log", "inspect", live.toString(), "--json"));
                assertThat(seen.get("state").asText()).isEqualTo("open");
                assertThat(seen.at("/events/from_chip").asInt()).isEqualTo(i * SPIKES);
                assertThat(cli.run("log", "cat", live.toString(), "--json")
                                .out()
                                .lines())
                        .hasSize(2 * i * SPIKES);
            }
            assertThat(cli.run("log", "recover", live.toString()).exit()).isEqualTo(8);
        }
    }
}
