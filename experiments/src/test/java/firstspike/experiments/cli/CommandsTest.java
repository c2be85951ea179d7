package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.plot.PictureFiles;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.recording.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void runsInATemporaryFolder() {
        cli = new Cli(folder.resolve("runs"));
    }

    @Test
    void trainingEndsWithTheBlockOfItsIdentity() {
        Cli.Said said = cli.train();

        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .anyMatch(line -> line.startsWith("test/accuracy"))
                .anyMatch(
                        line -> line.startsWith("target") && line.contains("ideal:") && line.contains("fidelity ideal"))
                .anyMatch(line -> line.startsWith("calibration"))
                .anyMatch(line -> line.startsWith("seeds"))
                .anyMatch(line -> line.startsWith("run id"));
        assertThat(said.out().stripTrailing().lines().reduce((a, b) -> b)).contains("health: ok");
    }

    @Test
    void aRunFolderHasTheFilesOfTheFirstStep() throws IOException {
        cli.train();

        Path run = onlyRun();
        assertThat(run.getFileName().toString())
                .matches("yin-yang-software_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\dZ_[0-9a-f]{6}");
        for (String file : new String[] {
            "run.json",
            "experiment.yaml",
            "experiment.input.yaml",
            "overrides.json",
            "target.json",
            "calibration.json",
            "environment.json",
            "metrics.jsonl",
            "health.json",
            "checkpoints/epoch-00002.npz",
            "checkpoints/latest",
            "best",
            "log.txt",
            "lock"
        }) {
            assertThat(run.resolve(file)).exists();
        }
        JsonNode record = json(Files.readString(run.resolve("run.json")));
        assertThat(record.path("schema").asText()).isEqualTo("firstspike.run/1");
        assertThat(record.path("state").asText()).isEqualTo("done");
        assertThat(record.path("files").path("metrics.jsonl").path("sha256").asText())
                .hasSize(64);
        assertThat(Files.readString(run.resolve("best"))).matches("epoch-0000\\d\\.npz validation/accuracy 0\\.\\d+\n");
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(3);
    }

    @Test
    @DisplayName("J22 numbers of the final block are those of run.json")
    void theBlockHasTheNumbersOfTheRecord() throws IOException {
        Cli.Said said = cli.train();

        JsonNode result = json(Files.readString(onlyRun().resolve("run.json"))).path("result");
        assertThat(result.size()).isGreaterThanOrEqualTo(5);
        result.properties().forEach(field -> assertThat(said.out().lines())
                .anyMatch(line -> line.matches(java.util.regex.Pattern.quote(field.getKey()) + " +"
                        + field.getValue().asText())));
    }

    @Test
    @DisplayName("J42 JSON of the commands parses, has a schema first, and nothing else is on standard output")
    void everyCommandSpeaksJson() throws IOException {
        cli.train();
        for (String[] args : new String[][] {
            {"experiments"},
            {"experiments", "--details", "yin-yang"},
            {"config", "show", "yin-yang"},
            {"config", "check", "yin-yang-software"},
            {"targets", "ideal:"},
            {"doctor"},
            {"eval", "@last"},
            {"resume", "@last"},
            {"train", "no-such-experiment"},
            {"config", "check", "yin-yang-software", "--set", "training.epochz=1"},
            {"train"},
        }) {
            String[] withJson = Arrays.copyOf(args, args.length + 1);
            withJson[args.length] = "--json";
            Cli.Said said = cli.run(withJson);

            assertThat(said.out().strip().lines()).as(String.join(" ", args)).hasSize(1);
            assertThat(json(said.out()).fieldNames().next()).isEqualTo("schema");
        }
        Cli.Said trained = cli.train("--json");
        assertThat(json(trained.out()).path("schema").asText()).isEqualTo("firstspike.result/1");
    }

    @Test
    @DisplayName("J16 an experiment without target exits 2, and the environment is named when it decides")
    void namesTheOriginOfTheTarget() throws IOException {
        Path file = folder.resolve("mine.yaml");
        String text = cli.run("config", "show", "yin-yang-software", "--set", "training.epochs=0")
                .out();
        Files.writeString(file, text.replaceAll("(?m)^target: .*\n", ""));

        Cli.Said none = cli.run("train", file.toString());
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("ideal:, emu:nominal?seed=0, grpc://host:port");

        Cli.Said environment = cli.with("FIRSTSPIKE_TARGET", "ideal:").run("train", file.toString());
        assertThat(environment.exit()).isZero();
        assertThat(environment.out().lines().findFirst())
                .contains("target ideal: from the environment variable FIRSTSPIKE_TARGET");
    }

    @Test
    @DisplayName("J18 a misspelt key exits 3 with its place and the proposal")
    void namesTheMisspeltKey() throws IOException {
        Path file = folder.resolve("typo.yaml");
        Files.writeString(
                file,
                cli.run("config", "show", "yin-yang-software")
                        .out()
                        .replace("learning_rate: 0.005", "learnig_rate: 0.005"));

        Cli.Said said = cli.run("train", file.toString());

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err())
                .containsPattern("typo\\.yaml:\\d+:\\d+: training\\.optimizer\\.learnig_rate")
                .contains("did you mean learning_rate?");
    }

    @ParameterizedTest(name = "{0} exits {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "train yin-yang-softwre                                    | 2",
                "train nowhere.yaml                                        | 6",
                "train yin-yang-software --target idael:                   | 2",
                "train yin-yang-software --target ideal:?seed=1            | 2",
                "train yin-yang-software --set training.epochs=-1          | 3",
                "train yin-yang-software --record spikes                   | 9",
                "train mnist16-software                                    | 6",
                "train yin-yang-software --seed -1                         | 2",
                "train yin-yang-software --name Ä                          | 2",
                "eval yin-yang-software                                    | 2",
                "eval nothing                                              | 6",
                "eval @last                                                | 6",
                "eval @last --split moon                                   | 2",
                "eval yin-yang-software --weights a.npz --predictions      | 6",
                "export nothing --format nir --out x.nir                   | 6",
                "export nothing --format arrow --out x.arrow               | 9",
                "export nothing --format moon --out x                      | 2",
                "export nothing --format npz --out x --samples y           | 2",
                "import                                                    | 2",
                "import nir nothing.nir                                    | 6",
                "import nir nothing.nir --time-unit h                      | 2",
                "import nir nothing.nir --out exp.txt                      | 2",
                "import npz nothing.npz                                    | 6",
                "import sonata nothing.h5                                  | 6",
                "import fastanddeep nowhere                                | 2",
                "import fastanddeep nowhere --target ideal:                | 6",
                "resume nothing                                            | 6",
                "emulate --listen here                                     | 2",
                "emulate --listen 0.0.0.0:0                                | 2",
                "emulate --fpga 127.0.0.1:0                                | 2",
                "emulate --metrics-port 70000                              | 2",
                "emulate --fpga udp://127.0.0.1:0 --metrics-port 0         | 2",
                "emulate --fpga udp://0.0.0.0:0                            | 2",
                "emulate --fpga udp://127.0.0.1:0 --chips 2                | 2",
                "emulate --fpga udp://127.0.0.1:0?reset=1                  | 2",
                "emulate --fpga udp://127.0.0.1:65535                      | 2",
                "emulate --fpga udp://127.0.0.1:0 --chip nominal?chips=2   | 2",
                "train yin-yang --calibration cal-1                        | 7",
                "calibrate run --targets moon                              | 3",
                "calibrate verify --target ideal:                          | 9",
                "calibrate nothing                                         | 2",
                "calibrate show cal-1 --target emu:nominal                 | 2",
                "train yin-yang --target emu:varied?seed=1                 | 7",
                "targets fit                                               | 2",
                "targets lease                                             | 2",
                "targets lease ideal:                                      | 2",
                "targets lease grpc://127.0.0.1:1 --for 2h                 | 2",
                "targets lease grpc://127.0.0.1:1 --connect-patience 50ms  | 4",
                "targets release emu:nominal                               | 2",
                "targets watch grpc://127.0.0.1:1 --connect-patience 50ms  | 4",
                "targets                                                   | 2",
                "bench nothing                                             | 2",
                "bench --threads 0                                         | 2",
                "train yin-yang-software --connect-patience soon           | 2",
                "help nothing                                              | 2",
                "config                                                    | 2",
            })
    void exitsAsTheTableSays(String line, int exit) {
        Cli.Said said = cli.run(line.strip().split(" +"));

        assertThat(said.exit()).as(said.err()).isEqualTo(exit);
        assertThat(said.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    @DisplayName("J24 no epochs and no samples leave a whole run")
    void emptyIsNormal() throws IOException {
        Cli.Said said = cli.train(
                "--set",
                "training.epochs=0",
                "--set",
                "dataset.train_size=0",
                "--set",
                "dataset.validation_size=0",
                "--set",
                "dataset.test_size=0",
                "--set",
                "report.figures=all");

        assertThat(said.exit()).as(said.err()).isZero();
        for (String figure : new String[] {"loss_accuracy", "decision_map", "output_times", "raster"}) {
            for (String end : PictureFiles.endings()) {
                assertThat(onlyRun().resolve("figures").resolve(figure + end)).exists();
            }
        }
        assertThat(Files.readString(onlyRun().resolve("figures/raster.svg"))).contains("no data");
    }

    @Test
    void aFalseRequirementExits1() {
        Cli.Said said = cli.train("--set", "require=[\"test/accuracy >= 0.999\", \"test/n == 60\"]");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("FALSE, actual").contains("test/n == 60  holds");
    }

    @Test
    @DisplayName("J56 blanks and letters of other alphabets in the run folder")
    void pathsMayHoldAnything() {
        cli = new Cli(folder.resolve("läufe und mehr ☂"));

        assertThat(cli.train().exit()).isZero();
        assertThat(cli.run("eval", "@last").exit()).isZero();
    }

    @Test
    @DisplayName("J55 a parent that is a file, a long id and a closed output give no stack trace")
    void oddSurroundings() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Cli.Said blocked = new Cli(file.resolve("runs")).train();
        assertThat(blocked.exit()).isEqualTo(6);
        assertThat(blocked.err()).contains("file").doesNotContain("\tat ");

        Cli.Said longId = cli.run("resume", "x".repeat(5000));
        assertThat(longId.exit()).isEqualTo(6);
        assertThat(longId.err()).doesNotContain("\tat ");

        java.io.PrintStream broken = new java.io.PrintStream(new java.io.OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        int exit = Main.run(new String[] {"experiments"}, broken, System.err, java.util.Map.of());
        assertThat(exit).isZero();
    }

    @Test
    void aSecondOwnerOfARunExits8() {
        cli.train();
        try (RunFolder owner = RunFolder.open(onlyRun())) {
            Cli.Said said = cli.run("resume", "@last", "--epochs", "3");

            assertThat(said.exit()).isEqualTo(8);
            assertThat(said.err())
                    .contains(owner.path().toString())
                    .contains("pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void resumeRefusesOtherSettings() {
        cli.train();

        Cli.Said said = cli.run("resume", "@last", "--set", "training.batch_size=7", "--set", "loss.xi=0.3");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("loss.xi 0.2 -> 0.3").contains("training.batch_size 150 -> 7");
    }

    @Test
    void resumeGoesOnToMoreEpochs() throws IOException {
        cli.train();

        Cli.Said said = cli.run("resume", "@last", "--epochs", "4");

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("continuing after epoch 2");
        assertThat(Files.readAllLines(onlyRun().resolve("metrics.jsonl"))).hasSize(5);
    }

    @Test
    @DisplayName("J15 a truncated checkpoint is never loaded and the newest good one is named")
    void refusesATruncatedCheckpoint() throws IOException {
        cli.train();
        Path file = onlyRun().resolve("checkpoints/epoch-00002.npz");
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut <= 20; cut++) {
            Files.write(file, Arrays.copyOf(whole, (int) ((long) whole.length * cut / 21)));

            Cli.Said said = cli.run("resume", "@last", "--epochs", "3", "--checkpoint", "2");

            assertThat(said.exit()).as("cut %d: %s", cut, said.err()).isEqualTo(6);
            assertThat(said.err()).contains("epoch-00001.npz");
        }
    }

    @Test
    @DisplayName("J49 weights with NaN or another shape exit 3 and name member, place and shapes")
    void refusesWeightsThatDoNotFit() {
        Path bad = folder.resolve("bad.npz");
        double[] hidden = new double[5 * 120];
        hidden[123] = Double.NaN;
        new NpzBuilder()
                .add("w0", NpyArray.of(hidden, 5, 120))
                .add("w1", NpyArray.of(new double[121 * 3], 121, 3))
                .write(bad);
        Cli.Said said = cli.run("eval", "yin-yang-software", "--weights", bad.toString());
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("w0 [1, 3]").contains("NaN");

        new NpzBuilder()
                .add("w0", NpyArray.of(new double[120 * 5], 120, 5))
                .add("w1", NpyArray.of(new double[121 * 3], 121, 3))
                .write(bad);
        said = cli.run("eval", "yin-yang-software", "--weights", bad.toString());
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("[120, 5]").contains("[5, 120]").contains("transpose");
    }

    @Test
    void evaluatesWeightsAlone() {
        Path file = folder.resolve("zero.npz");
        new NpzBuilder()
                .add("layers_0_weight", NpyArray.of(new double[5 * 120], 5, 120))
                .add("layers/1/weight", NpyArray.of(new double[121 * 3], 121, 3))
                .add("other", NpyArray.of(new double[1], 1))
                .write(file);

        Cli.Said said = cli.run("eval", "yin-yang-software", "--weights", file.toString(), "--repeat", "2");

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).containsPattern("test/accuracy +0\\.0").containsPattern("test/repeat +2");
        assertThat(said.err()).contains("other members ignored: other");
    }

    @Test
    void trainsFromTheWeightsOfARun() throws IOException {
        cli.train();
        String parent = json(Files.readString(onlyRun().resolve("run.json")))
                .path("run_id")
                .asText();

        Cli.Said said = cli.train("--from", "@last", "--json");

        assertThat(said.exit()).as(said.err()).isZero();
        Path child = Path.of(json(said.out()).path("run").path("path").asText());
        assertThat(json(Files.readString(child.resolve("run.json")))
                        .path("parent_run")
                        .asText())
                .isEqualTo(parent);
    }

    @Test
    @DisplayName("J13 an unreachable server exits 4 within its patience and leaves no running run")
    void unreachableServer() {
        Cli.Said said =
                cli.run("train", "yin-yang-chip", "--target", "grpc://127.0.0.1:1", "--connect-patience", "300ms");

        assertThat(said.exit()).as(said.err()).isEqualTo(4);
        assertThat(said.err()).contains("127.0.0.1:1");
        assertThat(cli.runs()).doesNotExist();
    }

    @Test
    @DisplayName("J17 lost events exit 5 with their counter, and are a degraded result when they are allowed")
    void lostEvents() {
        String[] command = {
            "train",
            "yin-yang",
            "--target",
            "emu:varied?seed=1&mismatch=residual&event_loss=0.01",
            "--set",
            "training.epochs=1",
            "--set",
            "dataset.train_size=40",
            "--set",
            "dataset.validation_size=0",
            "--set",
            "dataset.test_size=10",
            "--set",
            "report.figures=[]",
            "--set",
            "chip.retries=0"
        };

        Cli.Said said = cli.run(command);
        assertThat(said.exit()).as(said.err()).isEqualTo(5);
        assertThat(said.err()).contains("events.dropped.link=").contains("--allow-degraded events.dropped.link");

        String[] allowing = Arrays.copyOf(command, command.length + 2);
        allowing[command.length] = "--allow-degraded";
        allowing[command.length + 1] = "events.dropped.link";
        said = cli.run(allowing);
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).containsPattern("health: DEGRADED \\(events\\.dropped\\.link=\\d+\\)");
    }

    @Test
    void anotherChipIsRefusedUnlessItIsMeant() {
        Cli.Said trained = cli.run(
                "train",
                "yin-yang",
                "--target",
                "emu:nominal?seed=1",
                "--set",
                "training.epochs=0",
                "--set",
                "dataset.train_size=0",
                "--set",
                "dataset.validation_size=10",
                "--set",
                "dataset.test_size=10",
                "--set",
                "report.figures=[]");
        assertThat(trained.exit()).as(trained.err()).isZero();

        Cli.Said refused = cli.run("eval", "@last", "--target", "emu:nominal?seed=3");
        assertThat(refused.exit()).as(refused.err()).isEqualTo(7);
        assertThat(refused.err())
                .contains("emu-nominal-3")
                .contains("emu-nominal-1")
                .contains("--retarget");
        assertThat(cli.run("eval", "@last", "--target", "emu:nominal?seed=3", "--retarget")
                        .exit())
                .isZero();
    }

    private Path onlyRun() {
        try (var runs = Files.list(cli.runs())) {
            return runs.sorted().reduce((a, b) -> b).orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
