package firstspike.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.SolverExecutor;
import firstspike.runtime.execution.TrainExecutor;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Schedule;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.WeightInit;
import firstspike.runtime.learning.eventprop.CountRule;
import firstspike.runtime.learning.eventprop.FirstSpikeTrainLoss;
import firstspike.runtime.learning.eventprop.ProbeSettings;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings on trains. */
class TrainTrainingTest {
    private static final NeuronModel NEURON = new NeuronModel(1, 1, 1, 0, 1, new AfterSpike(0.333, 0, 0));
    private static final int INPUTS = 4;
    private static final int HIDDEN = 20;
    private static final int CLASSES = 3;

    @TempDir
    Path folder;

    private static Network network(int maxSpikes) {
        return new Network(
                INPUTS,
                1,
                NEURON,
                List.of(
                        new Layer("hidden", HIDDEN, List.of(0.9), 1, maxSpikes),
                        new Layer("label", CLASSES, List.of(), 1, maxSpikes)));
    }

    private static SampleSet samples(int count, long seed) {
        RandomStream random = RandomStream.of("samples", seed);
        double[] times = new double[count * INPUTS];
        int[] labels = new int[count];
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < INPUTS; i++) {
                times[s * INPUTS + i] = 0.15 + 1.85 * random.nextUniform();
            }
            double first = times[s * INPUTS];
            double second = times[s * INPUTS + 1];
            labels[s] = first + second < 1.6 ? 0 : first < second ? 1 : 2;
        }
        return new SampleSet(times, INPUTS, labels);
    }

    private static TrainingPlan plan(int epochs, LearningRule rule, Optional<TrainSettings> trains) {
        LayerPlan hidden = new LayerPlan(new WeightInit(WeightInit.Distribution.NORMAL, 1.5, 0.8), 0.3, true, 1);
        LayerPlan label = new LayerPlan(new WeightInit(WeightInit.Distribution.NORMAL, 0.5, 0.8), 0, true, 1);
        return new TrainingPlan(
                epochs,
                30,
                100,
                true,
                false,
                GradientSettings.of(rule, 0.1, 0.2),
                CrossEntropyLoss.PUBLISHED,
                new OptimizerSettings(OptimizerSettings.Kind.ADAM, 0.005, 0.9, 0.999, 1e-8, 0),
                new Schedule(Schedule.Kind.STEP, 20, 0.95),
                Optional.of(RescueSettings.published(0.0005, Double.POSITIVE_INFINITY)),
                Optional.empty(),
                List.of(hidden, label),
                new TreeSet<>(),
                Optional.empty(),
                5,
                6,
                trains);
    }

    private static TrainSettings settings(double probe, boolean rescueLabels) {
        return new TrainSettings(
                new FirstSpikeTrainLoss(CrossEntropyLoss.PUBLISHED),
                new ProbeSettings(probe, 1),
                rescueLabels ? Optional.empty() : Optional.of(new CountRule(0, 6, 0.0005)),
                rescueLabels,
                TrainSettings.SPIKE_LIMIT,
                Double.POSITIVE_INFINITY,
                0);
    }

    private static NetworkExecutor trains(Network network, int threads) {
        return new TrainExecutor(network, grids(), Double.POSITIVE_INFINITY, TrainSettings.SPIKE_LIMIT, threads);
    }

    private static List<WeightGrid> grids() {
        return Collections.nCopies(2, new WeightGrid(0, Double.POSITIVE_INFINITY));
    }

    private static TrainingResult train(Network network, TrainingPlan plan, NetworkExecutor executor) {
        try (executor;
                Shards shards = new Shards(1)) {
            return Trainer.builder(network, plan, executor, shards)
                    .data(samples(300, 1), samples(60, 2))
                    .build()
                    .run();
        }
    }

    @Test
    @DisplayName("E-15 with a cap of 1 in all layers a whole training equals that of rule implicit")
    void capOneIsTheImplicitRule() {
        Network network = network(1);
        TrainingPlan implicit = plan(3, LearningRule.IMPLICIT, Optional.empty());
        TrainingPlan eventProp = plan(3, LearningRule.EVENT_PROP, Optional.of(settings(0, true)));

        double[][] expected = train(network, implicit, new SolverExecutor(network, grids(), 1))
                .weights();
        double[][] weights = train(network, eventProp, trains(network, 1)).weights();

        for (int layer = 0; layer < 2; layer++) {
            for (int i = 0; i < weights[layer].length; i++) {
                assertThat(weights[layer][i]).isCloseTo(expected[layer][i], within(1e-9));
            }
        }
    }

    @Test
    @DisplayName("E-12 a training has the same bits on 1 to 4 threads")
    void threadsDoNotMatter() {
        Network network = network(Layer.ANY_NUMBER);
        TrainingPlan plan = plan(2, LearningRule.EVENT_PROP, Optional.of(settings(2, false)));
        double[][] expected = train(network, plan, trains(network, 1)).weights();

        assertThat(train(network, plan, trains(network, 4)).weights()).isDeepEqualTo(expected);
    }

    @Test
    @DisplayName("E-25 a training that is resumed inside an epoch ends with equal arrays")
    void resumesExactly() {
        Network network = network(Layer.ANY_NUMBER);
        TrainingPlan plan = plan(3, LearningRule.EVENT_PROP, Optional.of(settings(2, false)));
        double[][] expected = train(network, plan, trains(network, 1)).weights();
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        int[] batches = {0};
        try (NetworkExecutor executor = trains(network, 1);
                Shards shards = new Shards(1)) {
            Trainer.builder(network, plan, executor, shards)
                    .data(samples(300, 1), samples(60, 2))
                    .checkpoints(checkpoints, new RunIdentity("", "", "", ""))
                    .cancelled(() -> ++batches[0] == 14)
                    .build()
                    .run();
        }
        try (NetworkExecutor executor = trains(network, 1);
                Shards shards = new Shards(1)) {
            Trainer trainer = Trainer.builder(network, plan, executor, shards)
                    .data(samples(300, 1), samples(60, 2))
                    .build();
            trainer.resume(checkpoints.latest().orElseThrow());

            assertThat(trainer.run().weights()).isDeepEqualTo(expected);
        }
    }

    @Test
    @DisplayName("E-17 a layer that is wholly silent is rescued")
    void silentLayersAreRescued() {
        Network network = network(Layer.ANY_NUMBER);
        TrainingPlan plan = plan(1, LearningRule.EVENT_PROP, Optional.of(settings(2, false)));
        double[][] none = {new double[(INPUTS + 1) * HIDDEN], new double[HIDDEN * CLASSES]};
        try (NetworkExecutor executor = trains(network, 1);
                Shards shards = new Shards(1)) {
            TrainingResult result = Trainer.builder(network, plan, executor, shards)
                    .data(samples(300, 1), samples(60, 2))
                    .weights(none)
                    .build()
                    .run();

            assertThat(Arrays.stream(result.weights()[0]).allMatch(w -> w > 0)).isTrue();
            assertThat(result.metrics().get(1).bumped()).containsEntry("hidden", 1.0);
        }
    }

    @Test
    @DisplayName("E-27 a rule of first spikes refuses a layer whose cap is not 1")
    void firstSpikeRulesNeedCapOne() {
        Network network = network(Layer.ANY_NUMBER);
        TrainingPlan plan = plan(1, LearningRule.IMPLICIT, Optional.empty());

        assertThatThrownBy(() -> train(network, plan, trains(network, 1)))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("learning_rule implicit reads first spikes")
                .hasMessageContaining("write event-prop, or max_spikes: 1");
    }
}
