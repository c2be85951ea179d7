package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.config.SweepFile;
import firstspike.experiments.plot.PictureFiles;
import firstspike.experiments.run.CalibrationChoice;
import firstspike.experiments.run.RunSettings;
import firstspike.experiments.run.Screen;
import firstspike.experiments.sweep.PointFailure;
import firstspike.experiments.sweep.PointResult;
import firstspike.experiments.sweep.PointRunner;
import firstspike.experiments.sweep.Sweep;
import firstspike.experiments.sweep.SweepFolder;
import firstspike.experiments.sweep.SweepGrid;
import firstspike.experiments.sweep.SweepOutcome;
import firstspike.experiments.sweep.SweepPlan;
import firstspike.experiments.sweep.SweepPoint;
import firstspike.experiments.sweep.SweepRequest;
import firstspike.experiments.sweep.TrainedPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {

    /** 12 points, of which the two with a batch of no samples are invalid. */
    private static final String TWELVE = """
            base: small.yaml
            vary:
              - key: training.batch_size
                values: [20, 30, 40, 50, 60, 0]
              - key: training.optimizer.learning_rate
                values: [0.005, 0.02]
            """;

    private static final int VALID = 10;
    private static final int BEFORE_THE_INTERRUPTION = 5;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void aSmallExperiment() throws IOException {
        cli = new Cli(folder.resolve("runs"));
        Files.writeString(
                folder.resolve("small.yaml"),
                cli.run(
                                "config",
                                "show",
                                "yin-yang-software",
                                "--set",
                                "training.epochs=1",
                                "--set",
                                "dataset.train_size=60",
                                "--set",
                                "dataset.validation_size=20",
                                "--set",
                                "dataset.test_size=20",
                                "--set",
                                "report.figures=[]")
                        .out());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("sizes.yaml"), text);
    }

    private Path onlySweep() throws IOException {
        try (Stream<Path> sweeps = Files.list(cli.runs().resolve("sweeps"))) {
            return sweeps.reduce((a, b) -> b).orElseThrow();
        }
    }

    private static List<String> runsOf(Path sweep) throws IOException {
        try (Stream<Path> runs = Files.list(sweep.resolve("runs"))) {
            return runs.map(run -> run.getFileName().toString().substring(0, "point-0000".length()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @DisplayName(
            "J57 U17 twelve points of which two are invalid: ten results, two with their reason, exit 1; interrupted"
                    + " after five and resumed no point is computed twice and the table is the same")
    void interruptedAndResumed() throws IOException {
        Path file = file(TWELVE);
        Cli.Said whole = cli.run("sweep", file.toString(), "--parallel", "2", "--threads", "2", "--json");
        assertThat(whole.exit()).as(whole.err()).isEqualTo(1);
        JsonNode result = new ObjectMapper().readTree(whole.out());
        assertThat(result.fieldNames()).toIterable().startsWith("schema", "path", "points", "done", "failed", "table");
        assertThat(result.path("done").asInt()).isEqualTo(VALID);
        assertThat(result.path("failed")).hasSize(2).allSatisfy(failed -> {
            assertThat(failed.path("exit").asInt()).isEqualTo(3);
            assertThat(failed.path("message").asText()).contains("training.batch_size");
        });
        Path straight = onlySweep();
        assertThat(runsOf(straight)).hasSize(VALID).doesNotHaveDuplicates();
        for (String figure : List.of("by_training.batch_size", "by_training.optimizer.learning_rate")) {
            for (String end : PictureFiles.endings()) {
                assertThat(straight.resolve("figures").resolve(figure + end)).isNotEmptyFile();
            }
        }

        Path stopped = interrupted(file);
        assertThat(runsOf(stopped)).hasSizeBetween(BEFORE_THE_INTERRUPTION, BEFORE_THE_INTERRUPTION + 1);
        Cli.Said resumed = cli.run("sweep", "--resume", stopped.toString(), "--threads", "2");

        assertThat(resumed.exit()).as(resumed.err()).isEqualTo(1);
        assertThat(resumed.out()).contains("10 of 12 done, 2 failed").endsWith("health: ok\n");
        assertThat(runsOf(stopped)).hasSize(VALID).doesNotHaveDuplicates();
        assertThat(stopped.resolve("results.csv")).hasSameTextualContentAs(straight.resolve("results.csv"));
        assertThat(Files.readAllLines(stopped.resolve("results.csv"))).hasSize(2 + 12);

        Cli.Said again = cli.run("sweep", "--resume", stopped.toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(runsOf(stopped)).hasSize(VALID);
    }

    /** A sweep whose process is asked to stop when five points are done, while a sixth may be at work. */
    private Path interrupted(Path file) {
        AtomicInteger done = new AtomicInteger();
        BooleanSupplier cancelled = () -> done.get() >= BEFORE_THE_INTERRUPTION;
        SweepFile written = SweepFile.read(file);
        SweepPlan plan = SweepGrid.of(written).withParallel(2);
        SweepRequest request = new SweepRequest(
                file.toString(),
                false,
                plan.base().name(),
                plan.base().folder().map(Path::toString),
                Overrides.none(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                false,
                false);
        try (SweepFolder made = SweepFolder.create(folder.resolve("interrupted"), plan.name(), Instant.EPOCH)) {
            PointRunner trained = new TrainedPoints(
                    plan,
                    Overrides.none(),
                    new RunSettings(
                            made.runs(),
                            Optional.empty(),
                            LinkOptions.defaults().withThreads(1),
                            new CalibrationChoice(folder.resolve("none"), false, false),
                            List.of(),
                            List.of(),
                            Map.of(),
                            Versions.product(),
                            Versions.commit(),
                            cancelled,
                            new Silent()),
                    e -> new PointFailure(3, e.getMessage()));
            PointRunner counting = new PointRunner() {
                @Override
                public Experiment check(SweepPoint point) {
                    return trained.check(point);
                }

                @Override
                public PointResult run(SweepPoint point) {
                    PointResult result = trained.run(point);
                    done.incrementAndGet();
                    return result;
                }
            };
            SweepOutcome outcome = Sweep.begin(made, plan, written.bytes(), request, counting, cancelled, new Silent())
                    .run();
            assertThat(outcome.state()).isEqualTo("interrupted");
            return made.path();
        }
    }

    @Test
    @DisplayName("U17 seeds repeat each point with both training seeds raised, and keys may share a value")
    void seedsAreRaised() throws IOException {
        Path file = file("""
                base: small.yaml
                seeds: 2
                vary:
                  - keys: [training.batch_size, training.batch_size_evaluation]
                    values: [20, 30]
                """);

        Cli.Said said = cli.run(
                "sweep", file.toString(), "--set", "training.seeds={weights_and_batches: 0, numpy: 5}", "--only", "30");

        assertThat(said.exit()).as(said.err()).isZero();
        Path sweep = onlySweep();
        assertThat(runsOf(sweep)).containsExactly("point-0001", "point-0002");
        try (Stream<Path> runs = Files.list(sweep.resolve("runs"))) {
            for (Path run : runs.sorted().toList()) {
                String yaml = Files.readString(run.resolve("experiment.yaml"));
                int raised = run.getFileName().toString().startsWith("point-0001") ? 0 : 1;
                assertThat(yaml)
                        .contains("batch_size: 30", "batch_size_evaluation: 30")
                        .contains("weights_and_batches: " + raised, "numpy: " + (5 + raised));
            }
        }
        assertThat(sweep.resolve("figures/by_training.batch_size.svg")).isNotEmptyFile();
        assertThat(sweep.resolve("figures/by_training.batch_size_evaluation.svg"))
                .doesNotExist();
    }

    @Test
    void aDryRunListsAndWritesNothing() throws IOException {
        Path file = file(TWELVE);

        Cli.Said said = cli.run("sweep", file.toString(), "--dry-run");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("point 11 failed (exit 3)").contains("0 of 12 done, 2 failed");
        assertThat(cli.runs()).doesNotExist();
    }

    @Test
    void mistakesOfTheFileHaveTheirPlace() throws IOException {
        Cli.Said typo = cli.run("sweep", file("base: small.yaml\nvari: []\n").toString());
        assertThat(typo.exit()).isEqualTo(3);
        assertThat(typo.err()).contains("sizes.yaml:2:1: vari").contains("did you mean vary?");

        Cli.Said all = cli.run(
                "sweep",
                file("base: small.yaml\nvary: [{key: training.epochz, values: [1, 2]}]\n")
                        .toString());
        assertThat(all.exit()).isEqualTo(3);
        assertThat(all.err()).contains("training.epochz").contains("did you mean epochs?");
        assertThat(cli.runs()).doesNotExist();

        String values = "[" + "1,".repeat(200) + "1]";
        Cli.Said many = cli.run(
                "sweep",
                file("base: small.yaml\nvary: [{key: training.epochs, values: " + values
                                + "}, {key: training.batch_size, values: " + values + "}]\n")
                        .toString());
        assertThat(many.exit()).isEqualTo(3);
        assertThat(many.err()).contains("40401").contains("10000");
    }

    @Test
    void wrongCommandLinesAreRefused() throws IOException {
        String file = file(TWELVE).toString();
        assertThat(cli.run("sweep").exit()).isEqualTo(2);
        assertThat(cli.run("sweep", "robustnes").exit()).isEqualTo(2);
        assertThat(cli.run("sweep", file, "--parallel", "0").exit()).isEqualTo(2);
        assertThat(cli.run("sweep", file, "--only", "moon").exit()).isEqualTo(2);
        assertThat(cli.run("sweep", file, "--resume", "x").exit()).isEqualTo(2);
        assertThat(cli.run("sweep", "--resume", "x", "--set", "a=b").exit()).isEqualTo(2);
        assertThat(cli.run("sweep", "--resume", folder.toString()).exit()).isEqualTo(6);
        assertThat(cli.run("sweep", "nowhere.yaml").exit()).isEqualTo(6);
    }

    @Test
    void aSweepWithAnOwnerIsLeftAlone() throws IOException {
        assertThat(cli.run("sweep", file("base: small.yaml\n").toString()).exit())
                .isZero();

        try (SweepFolder owner = SweepFolder.open(onlySweep())) {
            assertThat(cli.run("sweep", "--resume", owner.path().toString()).exit())
                    .isEqualTo(8);
        }
    }

    @Test
    void aRecordThatIsNoneIsRefused() throws IOException {
        Path sweep = Files.createDirectory(folder.resolve("broken"));
        for (String record :
                List.of("{", "{\"schema\":\"firstspike.sweep/9\"}", "{\"schema\":\"firstspike.sweep/1\"}")) {
            Files.writeString(sweep.resolve("sweep.json"), record);

            assertThat(cli.run("sweep", "--resume", sweep.toString()).exit())
                    .as(record)
                    .isEqualTo(6);
        }
    }

    @Test
    void aLostTargetIsTriedAgain() throws IOException {
        Path file = file("base: small.yaml\nretry: 2\n");
        Cli.Said said = cli.run(
                "sweep",
                file.toString(),
                "--target",
                "grpc://127.0.0.1:1",
                "--connect-patience",
                "20ms",
                "--set",
                "chip={}");

        assertThat(said.exit()).as(said.err()).isEqualTo(1);
        assertThat(said.out()).contains("point 1 failed (exit 4)");
    }

    private static final class Silent implements Screen {
        @Override
        public void message(String text) {
            // nobody looks
        }

        @Override
        public void warn(String text) {
            // nobody looks
        }

        @Override
        public void progress(String text) {
            // nobody looks
        }

        @Override
        public void fleeting(String text) {
            // nobody looks
        }
    }
}
