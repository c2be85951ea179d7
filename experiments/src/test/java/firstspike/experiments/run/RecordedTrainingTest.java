package firstspike.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogRecord;
import firstspike.runtime.recording.log.LogVerdict;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SetupRecord;
import firstspike.runtime.recording.log.SpikeChunk;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.replay.ReplayRequest;
import firstspike.runtime.recording.replay.ReplayResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

class RecordedTrainingTest {

    private static final String VARIED = "emu:varied?seed=3&mismatch=residual";
    private static final int TRAIN = 60;
    private static final int VALIDATION = 20;
    private static final int TEST = 20;
    private static final ReplayRequest ALL = new ReplayRequest(0, Long.MAX_VALUE, true, 0, true);

    @TempDir
    Path parent;

    @Test
    @DisplayName("J07 two recorded trainings have the same spike log, whatever the number of threads")
    void sameLog() {
        Path one = train(VARIED, 1, () -> false, "record=[spikes]");
        List<String> records = records(one);

        assertThat(records).contains("mark EPOCH 1", "mark NOTE 0 training", "mark SAMPLE " + (TRAIN - 1));
        assertThat(records.stream()
                        .filter(line -> line.startsWith("mark SAMPLE"))
                        .count())
                .isEqualTo(2 * VALIDATION + TRAIN + TEST);
        assertThat(records(train(VARIED, 2, () -> false, "record=[spikes]"))).isEqualTo(records);
    }

    @Test
    @DisplayName("U15 a training recorded with its set-ups is repeated from its log alone; a resumed one appends")
    void replaysAndAppends() {
        AtomicInteger batches = new AtomicInteger();
        Path stopped = train(VARIED, 1, () -> batches.incrementAndGet() == 2, "record=[spikes, setup]");
        long before = programs(stopped);
        try (Resumption resumption =
                Resumption.open(stopped, Overrides.none(), OptionalInt.empty(), false, false, "test")) {
            new TrainingRun(settings(1, () -> false)).resume(resumption);
        }

        assertThat(programs(stopped)).isGreaterThan(before);
        ReplayResult replay = new ReplayRun(settings(1, () -> false))
                .replay(stopped.resolve("spikes.fslog"), VARIED, ALL, false, Optional.empty());
        assertThat(replay.first()).isEmpty();
        assertThat(replay.recorded()).isPositive().isEqualTo(replay.got());
        assertThat(replay.programs()).isEqualTo(programs(stopped));
    }

    @Test
    void exactArithmeticHasNoSpikesToRecord() {
        assertThatThrownBy(() -> train("ideal:", 1, () -> false, "record=[spikes]"))
                .isInstanceOf(UnsupportedOnTargetException.class)
                .hasMessageContaining("record");
        assertThat(parent).isEmptyDirectory();
    }

    private static long programs(Path run) {
        return records(run).stream()
                .filter(line -> line.startsWith("mark PROGRAM_END"))
                .count();
    }

    /** Every record but the header and the footer, as text. */
    private static List<String> records(Path run) {
        List<String> lines = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(run.resolve("spikes.fslog"))) {
            LogHealth health = log.read(false, (record, offset) -> lines.add(text(record)));
            assertThat(health.verdict()).isEqualTo(LogVerdict.CLOSED);
        }
        // how long the disk took is no matter of the run
        lines.removeIf(line -> line.startsWith("HEALTH"));
        return lines;
    }

    private static String text(LogRecord record) {
        if (record.kind() == RecordKind.MARK) {
            Mark mark = (Mark) record;
            return ("mark " + mark.what() + " " + mark.number() + " " + mark.text()).strip();
        }
        if (record.kind() == RecordKind.SPIKES) {
            SpikeChunk chunk = (SpikeChunk) record;
            return chunk.direction() + " " + Arrays.toString(chunk.ticks()) + Arrays.toString(chunk.labels());
        }
        return record.kind() == RecordKind.SETUP
                ? "set-up " + Arrays.hashCode(((SetupRecord) record).words())
                : record.kind().toString();
    }

    private Path train(String target, int threads, BooleanSupplier cancelled, String... further) {
        List<String> sets = new ArrayList<>(List.of(
                "training.epochs=1",
                "training.batch_size=30",
                "dataset.train_size=" + TRAIN,
                "dataset.validation_size=" + VALIDATION,
                "dataset.test_size=" + TEST,
                "report.figures=[]"));
        sets.addAll(List.of(further));
        Overrides overrides = new Overrides(sets, Optional.of(target), Optional.empty(), OptionalLong.empty());
        ExperimentFile file = ExperimentFile.bundled("yin-yang");
        Experiment experiment = file.resolve(overrides).orThrow();
        return new TrainingRun(settings(threads, cancelled))
                .start(file, experiment, overrides, Optional.empty(), Optional.empty())
                .path()
                .orElseThrow();
    }

    private RunSettings settings(int threads, BooleanSupplier cancelled) {
        Screen silent = new Screen() {
            @Override
            public void message(String text) {}

            @Override
            public void warn(String text) {}

            @Override
            public void progress(String text) {}

            @Override
            public void fleeting(String text) {}
        };
        return new RunSettings(
                parent,
                Optional.empty(),
                LinkOptions.defaults().withThreads(threads),
                CalibrationChoice.strict(),
                List.of(),
                List.of("train"),
                Map.of(),
                "test",
                "",
                cancelled,
                silent);
    }
}
