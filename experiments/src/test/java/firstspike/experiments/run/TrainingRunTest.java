package firstspike.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.recording.MetricsLog;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {

    private static final String VERSION = "test";

    @TempDir
    Path parent;

    private final List<String> said = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"ideal:", "emu:nominal?seed=3", "emu:varied?seed=3&mismatch=residual"})
    @DisplayName("J08 J47 a run that stops inside an epoch and goes on equals the straight one")
    void resumesExactly(String target) throws IOException {
        Path straight = train(target, 1, () -> false);

        AtomicInteger batches = new AtomicInteger();
        Path stopped = train(target, 1, () -> batches.incrementAndGet() == 7);
        assertThat(RunFolder.record(stopped).state()).isEqualTo(RunState.INTERRUPTED);
        Path resumed = resume(stopped, Overrides.none());

        assertThat(RunFolder.record(resumed).state()).isEqualTo(RunState.DONE);
        assertSameRun(straight, resumed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ideal:", "emu:varied?seed=3&mismatch=residual"})
    @DisplayName("J07 the number of threads changes nothing")
    void threadsChangeNothing(String target) throws IOException {
        Path one = train(target, 1, () -> false);

        assertSameRun(one, train(target, 2, () -> false));
        assertSameRun(one, train(target, 4, () -> false));
    }

    @Test
    @DisplayName("J20 a network that is too large is refused before anything is written, naming what is missing")
    void refusesANetworkThatDoesNotFit() {
        assertThatThrownBy(() ->
                        train("emu:nominal?seed=3", 1, () -> false, "network.layers.0.size=300", "training.epochs=1"))
                .isInstanceOf(ExperimentException.class)
                .satisfies(thrown -> assertThat(((ExperimentException) thrown).code())
                        .isEqualTo(ExperimentException.Code.DOES_NOT_FIT))
                .hasMessageContaining("neurons")
                .hasMessageContaining("layer hidden")
                .hasMessageContaining("300")
                .hasMessageContaining("256");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aFailureLeavesNoRunningRun() throws IOException {
        assertThatThrownBy(() -> train("ideal:", 1, () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        try (var runs = Files.list(parent)) {
            Path run = runs.findFirst().orElseThrow();
            assertThat(RunFolder.record(run).state()).isEqualTo(RunState.FAILED);
            assertThat(RunFolder.record(run).get("error").toString()).contains("broken");
            assertThat(RunFolder.isOwned(run)).isFalse();
        }
    }

    @Test
    @DisplayName("J05 without rescue a silent network stays silent and the run says so")
    void aSilentNetworkIsSaidToBeSilent() {
        train(
                "ideal:",
                1,
                () -> false,
                "network.layers.0.weight_init={mean: 0, std: 0.0001}",
                "training.silent_rescue=null",
                "training.epochs=1");

        assertThat(said).anyMatch(line -> line.contains("spikes.missing.hidden: 1.00"));
    }

    @Test
    @DisplayName("the command that goes on with a run names the folder of data files that somebody named")
    void resumingNamesTheDataFolder() {
        RunSettings none = settings(1, () -> false);
        RunSettings some = new RunSettings(
                none.runs(),
                Optional.of(Path.of("my digits")),
                none.link(),
                none.calibrations(),
                none.allowDegraded(),
                none.command(),
                none.variables(),
                none.version(),
                none.commit(),
                none.cancelled(),
                none.screen());

        assertThat(none.resuming(Path.of("runs/a"))).isEqualTo("firstspike resume runs/a");
        assertThat(some.resuming(Path.of("runs/a"))).isEqualTo("firstspike resume runs/a --data 'my digits'");
    }

    private void assertSameRun(Path expected, Path actual) throws IOException {
        assertThat(lines(actual)).isEqualTo(lines(expected));
        Path last = Path.of(
                "checkpoints",
                Files.readString(expected.resolve("checkpoints/latest")).strip());
        try (NpzFile a = NpzFile.open(expected.resolve(last));
                NpzFile b = NpzFile.open(actual.resolve(last))) {
            assertThat(b.arrays()).isEqualTo(a.arrays());
            assertThat(a.arrays()).hasSizeGreaterThan(10);
            for (String name : a.arrays()) {
                assertThat(b.bytes(name + ".npy")).as(name).isEqualTo(a.bytes(name + ".npy"));
            }
        }
        assertThat(RunFolder.record(actual).get("result"))
                .isEqualTo(RunFolder.record(expected).get("result"));
    }

    /** Metrics without the keys that tell the time of day. */
    private static List<String> lines(Path run) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : new MetricsLog(run.resolve("metrics.jsonl")).read().lines()) {
            lines.add(((ObjectNode) line).without(List.of("time", "wall_s")).toString());
        }
        return lines;
    }

    private Path train(String target, int threads, BooleanSupplier cancelled, String... further) {
        List<String> sets = new ArrayList<>(List.of(
                "training.epochs=3",
                "dataset.train_size=160",
                "dataset.validation_size=40",
                "dataset.test_size=40",
                "report.figures=[]"));
        sets.addAll(List.of(further));
        Overrides overrides = new Overrides(sets, Optional.of(target), Optional.empty(), OptionalLong.empty());
        ExperimentFile file = ExperimentFile.bundled(target.startsWith("ideal") ? "yin-yang-software" : "yin-yang");
        if (target.startsWith("ideal")) {
            sets.add("training.batch_size=40");
            overrides = new Overrides(sets, Optional.of(target), Optional.empty(), OptionalLong.empty());
        }
        Experiment experiment = file.resolve(overrides).orThrow();
        return new TrainingRun(settings(threads, cancelled))
                .start(file, experiment, overrides, Optional.empty(), Optional.empty())
                .path()
                .orElseThrow();
    }

    private Path resume(Path run, Overrides overrides) {
        try (Resumption resumption = Resumption.open(run, overrides, OptionalInt.empty(), false, false, VERSION)) {
            return new TrainingRun(settings(1, () -> false))
                    .resume(resumption)
                    .path()
                    .orElseThrow();
        }
    }

    private RunSettings settings(int threads, BooleanSupplier cancelled) {
        return new RunSettings(
                parent,
                Optional.empty(),
                LinkOptions.defaults().withThreads(threads),
                CalibrationChoice.strict(),
                List.of(),
                List.of("train"),
                Map.of(),
                VERSION,
                "",
                cancelled,
                new Screen() {
                    @Override
                    public void message(String text) {
                        said.add(text);
                    }

                    @Override
                    public void warn(String text) {
                        said.add(text);
                    }

                    @Override
                    public void progress(String text) {
                        said.add(text);
                    }

                    @Override
                    public void fleeting(String text) {
                        said.add(text);
                    }
                });
    }
}
