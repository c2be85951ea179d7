package firstspike.runtime.training;

import static firstspike.driver.error.RunFailedException.Code.CHIP_RUN_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.RunFailedException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.HealthFalsifiedException;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.execution.ExecutorTraits;
import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.execution.SolverExecutor;
import firstspike.runtime.execution.WeightsInForce;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.InputTimeNoise;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Schedule;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.WeightInit;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final Network NETWORK = new Network(
            4,
            2,
            new NeuronModel(1, 1, 1, 0, 1),
            List.of(new Layer("hidden", 12, List.of(0.9), 2), new Layer("label", 3, List.of(0.9), 1)));
    private static final RunIdentity RUN = new RunIdentity("run", "config", "", "test");
    private static final int BATCHES = 5;

    @TempDir
    Path folder;

    private final Shards shards = new Shards(2);

    @AfterEach
    void close() {
        shards.close();
    }

    /** Counts programs and can fail at one, or answer nonsense. */
    private static final class CountingExecutor implements NetworkExecutor {
        private final SolverExecutor solver;
        private long program;
        private long failAt = -1;
        private boolean nonsense;

        CountingExecutor(int threads, long firstProgram) {
            solver = new SolverExecutor(NETWORK, Collections.nCopies(2, new WeightGrid(1 / 30.0, 2.1)), threads);
            program = firstProgram;
        }

        @Override
        public ExecutorTraits traits() {
            ExecutorTraits t = solver.traits();
            return new ExecutorTraits(
                    t.target(),
                    t.fidelity(),
                    t.chipId(),
                    t.weightStep(),
                    t.weightLimit(),
                    t.rowLimits(),
                    t.integerScale(),
                    t.rows(),
                    program);
        }

        @Override
        public WeightsInForce load(LayerWeights shadow) {
            return solver.load(shadow);
        }

        /** Times depend on the ordinal of the program, as noise does. */
        @Override
        public FirstSpikes run(InputSpikes batch, RunIntent intent) {
            if (program == failAt) {
                throw new RunFailedException(CHIP_RUN_FAILED, ErrorDetail.of("run", 1, 0, "repeat"), null, null, false);
            }
            FirstSpikes spikes = solver.run(batch, intent);
            SplittableRandom noise = new SplittableRandom(program++);
            for (double[] layer : spikes.layers()) {
                for (int i = 0; i < layer.length; i++) {
                    layer[i] += 0.01 * noise.nextDouble();
                }
            }
            if (nonsense && intent == RunIntent.TRAIN) {
                spikes.layers()[0][3] = Double.NaN;
            }
            return spikes;
        }

        @Override
        public void close() {
            solver.close();
        }
    }

    private static TrainingPlan plan(int epochs, Optional<Duration> stopAfter) {
        LayerPlan hidden = new LayerPlan(new WeightInit(WeightInit.Distribution.NORMAL, 0.5, 0.4), 0.3, true, 1);
        LayerPlan label = new LayerPlan(new WeightInit(WeightInit.Distribution.NORMAL, 0.4, 0.5), 0.05, true, 1);
        return new TrainingPlan(
                epochs,
                20,
                50,
                true,
                false,
                GradientSettings.of(LearningRule.CLOSED_FORM_EQUAL, 0.1, 0.2),
                CrossEntropyLoss.PUBLISHED,
                OptimizerSettings.adam(0.01),
                Schedule.COSINE,
                Optional.of(RescueSettings.published(0.0005, 2.1)),
                Optional.of(new InputTimeNoise(0, 0.05)),
                List.of(hidden, label),
                new TreeSet<>(List.of(2)),
                stopAfter,
                2000,
                12345);
    }

    private static SampleSet samples(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] times = new double[4 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            double[] values = {x, y, 1 - x, 1 - y};
            for (int j = 0; j < 4; j++) {
                times[4 * i + j] = 0.15 + 1.85 * values[j];
            }
            labels[i] = x > 0.6 ? 2 : y > 0.5 ? 1 : 0;
        }
        return new SampleSet(times, 4, labels);
    }

    private TrainerBuilder builder(NetworkExecutor executor, TrainingPlan plan) {
        return Trainer.builder(NETWORK, plan, executor, shards)
                .data(samples(93, 1), samples(60, 2))
                .checkpoints(new CheckpointFolder(folder), RUN)
                .nanoTime(() -> 0);
    }

    private static void same(Checkpoint actual, Checkpoint expected) {
        assertThat(Arrays.equals(CheckpointCodec.write(actual), CheckpointCodec.write(expected)))
                .as(
                        "checkpoint after epoch %s equals the one after epoch %s",
                        actual.meta().epoch(), expected.meta().epoch())
                .isTrue();
    }

    private static List<String> lines(TrainingResult... results) {
        List<String> lines = new ArrayList<>();
        for (TrainingResult result : results) {
            result.metrics().forEach(m -> lines.add(m.toJson(Instant.EPOCH).toString()));
        }
        return lines;
    }

    @Test
    @DisplayName("I-14 a training resumed at any batch, also within an epoch, ends with the same bits and metrics")
    void resumesExactly() {
        CountingExecutor straight = new CountingExecutor(1, 0);
        Trainer whole = builder(straight, plan(4, Optional.empty())).build();
        TrainingResult wanted = whole.run();
        assertThat(wanted.end()).isEqualTo(TrainingResult.End.DONE);
        assertThat(wanted.epoch()).isEqualTo(4);
        assertThat(wanted.metrics()).hasSize(5);
        Checkpoint end = whole.state();

        for (int stop : new int[] {1, 5, 8, 12, 15, 19}) {
            AtomicInteger done = new AtomicInteger();
            CountingExecutor first = new CountingExecutor(2, 0);
            TrainingResult before = builder(first, plan(4, Optional.empty()))
                    .cancelled(() -> done.incrementAndGet() == stop)
                    .build()
                    .run();
            assertThat(before.end()).isEqualTo(TrainingResult.End.CANCELLED);
            assertThat(before.epoch() * BATCHES + before.batch()).isEqualTo(stop);

            Checkpoint stored = new CheckpointFolder(folder).latest().orElseThrow();
            CountingExecutor second = new CountingExecutor(1, stored.meta().nextProgram());
            Trainer resumed = builder(second, plan(4, Optional.empty())).build();
            resumed.resume(stored);
            TrainingResult after = resumed.run();

            same(resumed.state(), end);
            assertThat(lines(before, after)).as("stopped at %s", stop).isEqualTo(lines(wanted));
            assertThat(after.history().get("validation/accuracy"))
                    .isEqualTo(wanted.history().get("validation/accuracy"))
                    .hasSize(5);
        }
    }

    @Test
    void whatLooksBetweenEpochsCountsInTheirMetricsOnly() {
        List<Integer> epochs = new ArrayList<>();
        Trainer watched = builder(new CountingExecutor(1, 0), plan(3, Optional.empty()))
                .hook(epoch -> {
                    epochs.add(epoch);
                    return new TreeMap<>(Map.of("looks", 10 * epoch));
                })
                .build();
        List<EpochMetrics> metrics = watched.run().metrics();
        Trainer alone =
                builder(new CountingExecutor(1, 0), plan(3, Optional.empty())).build();
        alone.run();

        assertThat(epochs).containsExactly(1, 2, 3);
        assertThat(metrics.get(0).health()).doesNotContainKey("looks");
        assertThat(metrics.get(2).health()).containsEntry("looks", 20);
        same(watched.state(), alone.state());
    }

    @Test
    void aFailureBetweenEpochsIsResumed() {
        Trainer whole =
                builder(new CountingExecutor(1, 0), plan(3, Optional.empty())).build();
        whole.run();
        Trainer broken = builder(new CountingExecutor(1, 0), plan(3, Optional.empty()))
                .hook(epoch -> {
                    if (epoch == 2) {
                        throw new RunFailedException(
                                CHIP_RUN_FAILED, ErrorDetail.of("look", 1, 0, "repeat"), null, null, false);
                    }
                    return new TreeMap<>();
                })
                .build();

        assertThatThrownBy(broken::run)
                .isInstanceOf(RunFailedException.class)
                .returns("CHIP_RUN_FAILED", error -> ((ChipException) error).code());

        Checkpoint stored = new CheckpointFolder(folder).latest().orElseThrow();
        assertThat(stored.meta().epoch()).isEqualTo(1);
        Trainer resumed = builder(new CountingExecutor(1, stored.meta().nextProgram()), plan(3, Optional.empty()))
                .build();
        resumed.resume(stored);
        resumed.run();
        same(resumed.state(), whole.state());
    }

    @Test
    void learnsTheTask() {
        TrainingResult result = builder(new CountingExecutor(2, 0), plan(30, Optional.empty()))
                .build()
                .run();

        EpochMetrics last = result.metrics().get(30);
        assertThat(last.validation().accuracy()).isGreaterThan(0.7);
        assertThat(last.train().orElseThrow().loss())
                .isLessThan(result.metrics().get(1).train().orElseThrow().loss());
        assertThat(last.health()).containsKeys("spikes.missing.hidden", "weights.bumped", "gradient.floored");
        assertThat(last.missing()).containsOnlyKeys("hidden", "label");
        assertThat(last.learningRate()).isPositive().isLessThan(1e-4);
        assertThat(result.metrics().get(0).train()).isEmpty();
        assertThat(last.toJson(Instant.EPOCH)
                        .get("split")
                        .get("train")
                        .get("accuracy")
                        .doubleValue())
                .isBetween(0.0, 1.0);
    }

    @Test
    @DisplayName("I-15 threads do not change a training")
    void threads() {
        Checkpoint reference = null;
        for (int threads : new int[] {1, 2, 4}) {
            try (Shards own = new Shards(threads)) {
                Trainer trainer = Trainer.builder(
                                NETWORK, plan(2, Optional.empty()), new CountingExecutor(threads, 0), own)
                        .data(samples(93, 1), samples(60, 2))
                        .nanoTime(() -> 0)
                        .build();
                trainer.run();
                reference = reference == null ? trainer.state() : reference;
                same(trainer.state(), reference);
            }
        }
    }

    @Test
    void writesACheckpointBeforeItThrowsWhatTheChipThrew() {
        Trainer whole =
                builder(new CountingExecutor(1, 0), plan(3, Optional.empty())).build();
        whole.run();
        for (long failAt : new long[] {0, 4, 7, 8, 16}) {
            CountingExecutor failing = new CountingExecutor(1, 0);
            failing.failAt = failAt;
            Trainer broken = builder(failing, plan(3, Optional.empty())).build();
            assertThatThrownBy(broken::run)
                    .isInstanceOf(RunFailedException.class)
                    .returns("CHIP_RUN_FAILED", error -> ((ChipException) error).code());

            Checkpoint stored = new CheckpointFolder(folder).latest().orElseThrow();
            assertThat(stored.meta().nextProgram()).isLessThanOrEqualTo(failAt);
            Trainer resumed = builder(new CountingExecutor(1, stored.meta().nextProgram()), plan(3, Optional.empty()))
                    .build();
            resumed.resume(stored);
            resumed.run();
            same(resumed.state(), whole.state());
        }
    }

    @Test
    void stopsWhenThePlannedTimeIsOver() {
        AtomicLong clock = new AtomicLong();
        TrainingResult result = builder(new CountingExecutor(1, 0), plan(100, Optional.of(Duration.ofSeconds(1))))
                .nanoTime(() -> clock.getAndAdd(100_000_000))
                .build()
                .run();

        assertThat(result.end()).isEqualTo(TrainingResult.End.TIME_OVER);
        assertThat(result.epoch()).isLessThan(3);
        assertThat(new CheckpointFolder(folder).latest()).isPresent();
    }

    @Test
    void valuesThatAreNotFiniteAreATypedFailure() {
        CountingExecutor executor = new CountingExecutor(1, 0);
        executor.nonsense = true;

        assertThatThrownBy(() ->
                        builder(executor, plan(1, Optional.empty())).build().run())
                .isInstanceOf(HealthFalsifiedException.class)
                .hasMessageContaining("epoch 1, batch 1")
                .hasMessageContaining("layer 0, sample 0, neuron 3");
    }

    @Test
    void emptySetsAndNoEpochsAreNormal() {
        SampleSet none = new SampleSet(new double[0], 4, new int[0]);
        TrainingResult result = Trainer.builder(NETWORK, plan(2, Optional.empty()), new CountingExecutor(1, 0), shards)
                .data(none, none)
                .build()
                .run();
        assertThat(result.epoch()).isEqualTo(2);
        assertThat(builder(new CountingExecutor(1, 0), plan(0, Optional.empty()))
                        .build()
                        .run()
                        .metrics())
                .hasSize(1);
    }

    @Test
    void snapshotsAreThoseOfThePlanTheFirstAndTheLast() throws IOException {
        builder(new CountingExecutor(1, 0), plan(3, Optional.empty())).build().run();

        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()).sorted().toList())
                    .containsExactly("epoch-00000.npz", "epoch-00002.npz", "epoch-00003.npz", "latest");
        }
        assertThat(Files.readString(folder.resolve("latest"))).isEqualTo("epoch-00003.npz\n");
    }

    @Test
    void damagedCheckpointsAreRefusedAndTheNewestGoodOneIsNamed() throws IOException {
        builder(new CountingExecutor(1, 0), plan(3, Optional.empty())).build().run();
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        Path last = folder.resolve("epoch-00003.npz");
        byte[] whole = Files.readAllBytes(last);
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 60; round++) {
            byte[] bad = whole.clone();
            if (round % 2 == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
                Files.write(last, bad);
                FormatException error = catchThrowableOfType(FormatException.class, checkpoints::latest);
                assertThat(error).as("round %s", round).isNotNull();
                assertThat(error).hasMessageContaining("epoch-00002.npz");
            } else {
                bad[random.nextInt(bad.length)] ^= 0x10;
                Files.write(last, bad);
                try {
                    same(checkpoints.latest().orElseThrow(), CheckpointCodec.read(write("good", whole)));
                } catch (FormatException e) {
                    assertThat(e).hasMessageContaining("epoch-0000");
                }
            }
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void foreignCheckpointsAreRefused() throws IOException {
        builder(new CountingExecutor(1, 0), plan(1, Optional.empty())).build().run();
        new NpzBuilder().write(folder.resolve("epoch-00009.npz"));
        Files.writeString(folder.resolve("latest"), "../../epoch-00009.npz");
        assertThat(catchThrowableOfType(FormatException.class, () -> new CheckpointFolder(folder).latest())
                        .code())
                .isEqualTo(FormatException.Code.MALFORMED_HEADER);
        Files.writeString(folder.resolve("latest"), "epoch-00009.npz");
        assertThat(catchThrowableOfType(FormatException.class, () -> new CheckpointFolder(folder).latest())
                        .code())
                .isEqualTo(FormatException.Code.MALFORMED_HEADER);

        Files.writeString(folder.resolve("latest"), "epoch-00077.npz");
        assertThatThrownBy(() -> new CheckpointFolder(folder).latest()).hasMessageContaining("epoch-00001.npz");

        Network other = new Network(4, 1, NETWORK.neuron(), NETWORK.layers());
        SolverExecutor executor = new SolverExecutor(other, Collections.nCopies(2, WeightGrid.UNLIMITED), 1);
        Trainer trainer = Trainer.builder(other, plan(1, Optional.empty()), executor, shards)
                .data(samples(93, 1), samples(60, 2))
                .build();
        Checkpoint stored = new CheckpointFolder(folder).read("epoch-00001.npz");
        assertThatThrownBy(() -> trainer.resume(stored))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("layers/0/weight");
    }

    @Test
    void rulesThatDoNotFitAreTypedRefusals() {
        Network doubled = new Network(4, 2, new NeuronModel(1, 2, 0.5, 0, 1), NETWORK.layers());
        SolverExecutor executor = new SolverExecutor(doubled, Collections.nCopies(2, WeightGrid.UNLIMITED), 1);
        TrainerBuilder builder = Trainer.builder(doubled, plan(1, Optional.empty()), executor, shards)
                .data(samples(9, 1), samples(6, 2));

        assertThat(catchThrowableOfType(ExperimentException.class, builder::build)
                        .code())
                .isEqualTo(ExperimentException.Code.RULE_DOES_NOT_FIT);
    }
}
