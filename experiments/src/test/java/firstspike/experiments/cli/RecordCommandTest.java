package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogVerdict;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SampleChunk;
import firstspike.runtime.recording.log.SpikeChunk;
import firstspike.runtime.recording.log.SpikeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCommandTest {

    private static final String NOMINAL = "emu:nominal?seed=5";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void network() throws IOException {
        cli = new Cli(folder.resolve("runs"));
        Files.writeString(folder.resolve("net.yaml"), """
                schema: firstspike.experiment/1
                id: small
                task: record
                network:
                  inputs: 3
                  layers: [{name: out, size: 4, bias_times: [0.5], weight_init: {mean: 2.0, std: 0.2}}]
                """);
        StringBuilder rows = new StringBuilder("program,tick,population,neuron\n");
        for (int i = 0; i < 120; i++) {
            rows.append(i / 60)
                    .append(',')
                    .append(200 + i % 60 * 40)
                    .append(",input,")
                    .append(i % 3)
                    .append('\n');
        }
        rows.append("1,5000,out.bias,0\n");
        Files.writeString(folder.resolve("in.csv"), rows);
    }

    @Test
    @DisplayName("U12 U15 a stimulus is recorded program by program, and its log alone repeats it")
    void recordsAndReplays() throws IOException {
        Cli.Said said = record(NOMINAL, "in.csv", "--json", "--fpga-time", "--duration", "1ms");

        assertThat(said.exit()).as(said.err()).isZero();
        List<JsonNode> lines = lines(said.out());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("schema").asText()).isEqualTo("firstspike.program/1");
        assertThat(lines.get(0).path("program").asLong()).isZero();
        JsonNode summary = lines.get(2);
        assertThat(summary.path("schema").asText()).isEqualTo("firstspike.recording/1");
        long events = lines.get(0).path("events").asLong()
                + lines.get(1).path("events").asLong();
        assertThat(events).isGreaterThan(20);
        assertThat(summary.path("events").path("from_chip").asLong()).isEqualTo(events);
        assertThat(summary.path("events").path("to_chip").asLong()).isEqualTo(121);
        assertThat(summary.path("per_population").path("out").asLong()).isEqualTo(events);
        assertThat(summary.path("health").path("verdict").asText()).isEqualTo("ok");
        assertThat(fromChip(folder.resolve("o.fslog"))).hasSize((int) events);

        Path alone = Files.createDirectory(folder.resolve("alone"));
        Files.move(folder.resolve("o.fslog"), alone.resolve("o.fslog"));
        String log = alone.resolve("o.fslog").toString();
        Cli.Said same = cli.run("replay", log, "--target", NOMINAL, "--compare");
        assertThat(same.exit()).as(same.out() + same.err()).isZero();
        assertThat(same.out()).contains("equal").contains("programs 2");
        Cli.Said second = cli.run("replay", log, "--target", NOMINAL, "--compare", "--programs", "1", "--json");
        assertThat(second.exit()).isZero();
        assertThat(lines(second.out()).get(0).path("events").path("recorded").asLong())
                .isEqualTo(lines.get(1).path("events").asLong());
    }

    @Test
    @DisplayName("U15 differences exit 1 with the first of them; a network of another hash exits 3")
    void saysWhatDiffers() {
        assertThat(record("emu:varied?seed=5&mismatch=residual", "in.csv").exit())
                .isZero();
        String log = folder.resolve("o.fslog").toString();

        Cli.Said other = cli.run("replay", log, "--target", "emu:varied?seed=6&mismatch=residual", "--compare");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).contains("expected").contains("DIFFERENT");
        Cli.Said within = cli.run(
                "replay",
                log,
                "--target",
                "emu:varied?seed=6&mismatch=residual",
                "--tolerance",
                "9999999",
                "--programs",
                "0");
        assertThat(within.exit()).isZero();
        String net = folder.resolve("net.yaml").toString();
        Cli.Said network = cli.run(
                "replay", log, "--target", "emu:varied?seed=5&mismatch=residual", "--compare", "--network", net);
        assertThat(network.exit()).as(network.out() + network.err()).isZero();
        Cli.Said changed = cli.run(
                "replay",
                log,
                "--target",
                "emu:varied?seed=5&mismatch=residual",
                "--network",
                net,
                "--set",
                "training.seeds.numpy=9",
                "--json");
        assertThat(changed.exit()).isEqualTo(3);
        assertThat(changed.out()).contains("LOG_MISMATCH");
    }

    @Test
    @DisplayName("J17 recorded events that were lost exit 5 with the counter, and are degraded when they are allowed")
    void lostEvents() {
        String lossy = "emu:varied?seed=1&mismatch=residual&event_loss=0.5";

        Cli.Said lost = record(lossy, "in.csv");
        assertThat(lost.exit()).isEqualTo(5);
        assertThat(lost.out()).contains("events.dropped.link=");
        Cli.Said allowed = record(lossy, "in.csv", "--force", "--allow-degraded", "events.dropped.link");
        assertThat(allowed.exit()).isZero();
        assertThat(allowed.out()).contains("health: DEGRADED");
    }

    @Test
    @DisplayName("J24 a stimulus without events is recorded and replayed")
    void noEvents() throws IOException {
        Files.writeString(folder.resolve("none.csv"), "tick,neuron\n");

        Cli.Said said = record(NOMINAL, "none.csv");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("no event came");
        String log = folder.resolve("o.fslog").toString();
        assertThat(cli.run("replay", log, "--target", NOMINAL, "--compare").exit())
                .isZero();
    }

    @ParameterizedTest(name = "J49 {0} exits {2} and says {3}")
    @CsvSource(
            delimiter = ';',
            value = {
                "a.csv;   tick,neuron/1,0/-1,0;                     3; row 2",
                "a.csv;   tick,neuron/9007199254740993,0;           3; row 1",
                "a.csv;   time_us,neuron/NaN,0;                     6; a.csv:2",
                "a.csv;   time_us,neuron/0.001,0;                   6; a.csv:2",
                "a.csv;   tick,neuron/1,0/5,7;                      3; input[7]",
                "a.csv;   tick/5;                                   3; label and neuron",
                "a.csv;   tick,label/5,9;                           3; label 9",
                "a.jsonl; {\"tick\":1,\"neuron\":0}/{\"tick\":NaN}; 6; row 2",
                "a.jsonl; {\"tick\":1.5,\"neuron\":0};              3; row 1",
                "a.jsonl; {\"time_us\":-3,\"neuron\":0};            3; row 1",
                "a.txt;   tick;                                     6; .csv",
            })
    @DisplayName("J49 what no chip can be sent is refused with its row")
    void badStimulus(String name, String content, int exit, String says) throws IOException {
        Files.writeString(folder.resolve(name), content.strip().replace('/', '\n') + "\n");

        Cli.Said said = record(NOMINAL, name);

        assertThat(said.exit()).as(said.err()).isEqualTo(exit);
        assertThat(said.err()).contains(says);
        assertThat(folder.resolve("o.fslog")).doesNotExist();
    }

    @Test
    @DisplayName("J49 NaN in an npz is refused with its row; an event that is there twice is two events")
    void npzStimulus() throws IOException {
        npz("nan.npz", new double[] {1, Double.NaN});
        npz("twice.npz", new double[] {8, 8, 16});

        Cli.Said nan = record(NOMINAL, "nan.npz");
        assertThat(nan.exit()).isEqualTo(3);
        assertThat(nan.err()).contains("row 2");
        Cli.Said twice = record(NOMINAL, "twice.npz", "--json");
        assertThat(twice.exit()).as(twice.err()).isZero();
        JsonNode summary = lines(twice.out()).get(1);
        assertThat(summary.path("events").path("to_chip").asLong()).isEqualTo(3);
        assertThat(summary.path("health").path("counters").path("events.late").asLong())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("U12 a stimulus beyond the bandwidth exits 3 before it runs, naming the worst microsecond")
    void bandwidth() throws IOException {
        StringBuilder rows = new StringBuilder("tick,neuron\n");
        for (int i = 0; i < 3000; i++) {
            rows.append("1000,0\n");
        }
        Files.writeString(folder.resolve("dense.csv"), rows);

        Cli.Said refused = record(NOMINAL, "dense.csv");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err())
                .contains("8.000 us")
                .contains("3000 events needed")
                .contains("125 events a us");
        assertThat(folder.resolve("o.fslog")).doesNotExist();
        Cli.Said late = record(NOMINAL, "dense.csv", "--allow-late");
        assertThat(late.exit()).as(late.err()).isZero();
        assertThat(late.out()).contains("events.late_max_ticks=2999");
    }

    @Test
    @DisplayName("U12 a membrane is sampled beside the spikes and changes none of them")
    void membrane() throws IOException {
        String varied = "emu:varied?seed=5&mismatch=residual";
        assertThat(record(varied, "in.csv").exit()).isZero();
        List<Long> without = ticksFromChip(folder.resolve("o.fslog"));

        Cli.Said said = record(
                varied, "in.csv", "--force", "--json", "--duration", "5ms", "--set", "record=['membrane:out[2]']");

        assertThat(said.exit()).as(said.err()).isZero();
        JsonNode summary = lines(said.out()).get(2);
        // the clock of the converter is divided by four: 5 ms have no more samples than it can count
        assertThat(summary.path("events").path("samples").asLong()).isBetween(2 * 36_000L, 2 * 37_000L);
        assertThat(ticksFromChip(folder.resolve("o.fslog"))).isEqualTo(without);
        try (SpikeLog log = SpikeLog.open(folder.resolve("o.fslog"))) {
            log.read(false, (record, offset) -> {
                if (record.kind() == RecordKind.SAMPLES) {
                    assertThat(((SampleChunk) record).source()).isEqualTo("out[2].v");
                    assertThat(Arrays.stream(((SampleChunk) record).values()))
                            .allMatch(value -> value > 0 && value < 1023);
                }
            });
        }
        Cli.Said same = cli.run("replay", folder.resolve("o.fslog").toString(), "--target", varied, "--compare");
        assertThat(same.exit()).as(same.out() + same.err()).isZero();
    }

    @Test
    void aLogThatIsThereIsKept() throws IOException {
        Files.writeString(folder.resolve("o.fslog"), "mine");

        assertThat(record(NOMINAL, "in.csv").exit()).isEqualTo(6);
        assertThat(folder.resolve("o.fslog")).hasContent("mine");
        assertThat(record("ideal:", "in.csv", "--force").exit()).isEqualTo(9);
        assertThat(record(NOMINAL, "in.csv", "--duration", "3us", "--force").exit())
                .isEqualTo(3);
    }

    private void npz(String name, double[] times) throws IOException {
        byte[] bytes = new NpzBuilder()
                .add("time_us", NpyArray.of(times, times.length))
                .add("neuron", NpyArray.of(new int[times.length], times.length))
                .toBytes();
        Files.write(folder.resolve(name), bytes);
    }

    private Cli.Said record(String target, String stimulus, String... further) {
        List<String> args = new ArrayList<>(List.of("record", "--target", target, "--threads", "1"));
        args.addAll(List.of("--network", folder.resolve("net.yaml").toString()));
        args.addAll(List.of("--stimulus", folder.resolve(stimulus).toString()));
        args.addAll(List.of("--out", folder.resolve("o.fslog").toString()));
        args.addAll(List.of(further));
        return cli.run(args.toArray(String[]::new));
    }

    private static List<Long> ticksFromChip(Path file) {
        List<Long> ticks = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(file)) {
            log.read(false, (record, offset) -> {
                if (record.kind() == RecordKind.SPIKES
                        && ((SpikeChunk) record).direction().text().equals("from_chip")) {
                    for (long tick : ((SpikeChunk) record).ticks()) {
                        ticks.add(tick);
                    }
                }
            });
        }
        return ticks;
    }

    private static List<Long> fromChip(Path file) {
        List<Long> ticks = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(file)) {
            LogHealth health = log.read(false, (record, offset) -> {
                if (record.kind() == RecordKind.SPIKES
                        && ((SpikeChunk) record).direction().text().equals("from_chip")) {
                    for (long tick : ((SpikeChunk) record).ticks()) {
                        ticks.add(tick);
                    }
                    assertThat(((SpikeChunk) record).fpgaDelays()).hasSize(record.events());
                }
            });
            assertThat(health.verdict()).isEqualTo(LogVerdict.CLOSED);
        }
        return ticks;
    }

    private static List<JsonNode> lines(String out) {
        return out.lines()
                .map(line -> {
                    try {
                        return new ObjectMapper().readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }
}
