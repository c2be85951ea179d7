package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Losses, limits of gradients, rescue, rounding and optimisers. */
class LearningBehaviourTest {
    private static final double SILENT = Double.POSITIVE_INFINITY;

    private static BatchGradient gradient(LayerModel model, GradientSettings settings) {
        return new BatchGradient(List.of(model), settings, CrossEntropyLoss.PUBLISHED, new Shards(1));
    }

    private static GradientSettings settings(LearningRule rule, double minSlope) {
        return GradientSettings.of(rule, minSlope, Double.POSITIVE_INFINITY);
    }

    @Test
    @DisplayName("I-11 the loss is cross entropy with a regulariser and its gradient that of finite differences")
    void lossAndGradient() {
        double[] gradient = new double[3];
        double[] times = {1.0, 1.2, SILENT};

        assertThat(CrossEntropyLoss.PUBLISHED.evaluate(times, 0, 0, gradient)).isCloseTo(0.3268531, within(1e-7));
        assertThat(gradient[0]).isCloseTo(1.3582985, within(1e-7));
        assertThat(gradient[1]).isCloseTo(-1.344707, within(1e-6));
        assertThat(gradient[2]).isZero();

        SplittableRandom random = new SplittableRandom(31);
        for (Loss loss : new Loss[] {
            CrossEntropyLoss.PUBLISHED, new MeanSquaredLoss(0.8, 1.4, 100), new ShiftInvariantLoss(0.2, 100)
        }) {
            for (int round = 0; round < 50; round++) {
                double[] t = {1 + random.nextDouble(), 1 + random.nextDouble(), 1 + random.nextDouble()};
                int label = random.nextInt(3);
                loss.evaluate(t, 0, label, gradient);
                double[] wanted = gradient.clone();
                for (int j = 0; j < 3; j++) {
                    double h = 1e-6;
                    t[j] += h;
                    double up = loss.evaluate(t, 0, label, gradient);
                    t[j] -= 2 * h;
                    double down = loss.evaluate(t, 0, label, gradient);
                    t[j] += h;
                    assertThat((up - down) / (2 * h)).as(loss + " " + round).isCloseTo(wanted[j], within(1e-6));
                }
            }
        }
    }

    @Test
    void farApartTimesKeepTheLossFinite() {
        double[] gradient = new double[2];

        assertThat(CrossEntropyLoss.PUBLISHED.evaluate(new double[] {400, 1}, 0, 1, gradient))
                .isFinite();
        assertThat(CrossEntropyLoss.PUBLISHED.evaluate(new double[] {1, 200}, 0, 1, gradient))
                .isFinite();
        assertThat(gradient).doesNotContain(Double.NaN);
    }

    @Test
    void classIsTheEarliestSpikeAndTheLowestIndexOfATie() {
        Loss loss = CrossEntropyLoss.PUBLISHED;

        assertThat(loss.classify(new double[] {9, 2, 1, 1}, 1, 3)).isEqualTo(1);
        assertThat(loss.classify(new double[] {SILENT, SILENT}, 0, 2)).isEqualTo(-1);
        assertThat(new MeanSquaredLoss(1, 2, 100).classify(new double[] {0.2, 1.1, SILENT}, 0, 3))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("I-12 the forward pass sees multiples of the step, shadow weights keep fractions, integers end at 63")
    void rounding() {
        WeightGrid grid = new WeightGrid(0.25, 1.75);
        double[] shadow = {0.124, 0.125, 0.375, -0.376, 1.7};
        double[] rounded = new double[5];

        grid.round(shadow, rounded);

        assertThat(rounded).containsExactly(0, 0, 0.5, -0.5, 1.75);
        assertThat(shadow).containsExactly(0.124, 0.125, 0.375, -0.376, 1.7);
        assertThat(WeightGrid.integers(new double[] {2.1, 1.9, 1.5, 2.0, 9, -9, 0.5 / 30, 1.5 / 30}, 30, 63))
                .containsExactly(63, 57, 45, 60, 63, -63, 0, 2);
        double[] beyond = {2, -3, 1};
        assertThat(grid.clip(beyond)).isEqualTo(2);
        assertThat(beyond).containsExactly(1.75, -1.75, 1);
    }

    @Test
    @DisplayName("I-13 the bump value doubles while the same layer is silent and starts again after a change")
    void bumpValues() {
        SilentNeuronRescue rescue = new SilentNeuronRescue(new RescueSettings(0.5, true, true, false, 2.5));
        double[] limits = {0.3, 0.0};
        double[][] missing = {{0.4, 0}, {0.4, 1}, {0.3, 0.1}, {0.3, 0.1}, {0.3, 0}, {0, 0.1}, {0, 1}, {0, 1}, {0, 1}};
        int[] layers = {0, 0, 1, 1, SilentNeuronRescue.NONE, 1, 1, 1, 1};
        double[] values = {0.5, 1, 0.5, 1, 1, 0.5, 1, 2, 2.5};

        for (int i = 0; i < missing.length; i++) {
            assertThat(rescue.decide(missing[i], limits)).as("batch %s", i).isEqualTo(layers[i]);
            assertThat(rescue.bumpValue()).as("batch %s", i).isEqualTo(values[i]);
            assertThat(rescue.saturated()).as("batch %s", i).isEqualTo(i == 8);
        }
    }

    @Test
    void targetedBumpRaisesOnlyNeuronsThatWereSilentSomewhere() {
        LayerModel model = new LayerModel(1, new double[] {0.9}, 2, NeuronConstants.UNIT);
        double[] times = {1, SILENT, 1, 1};
        double[] weights = {1, 2, 3, 4};
        new SilentNeuronRescue(new RescueSettings(0.5, true, true, false, 10)).bump(model, weights, times, 2);
        assertThat(weights).containsExactly(1, 2.5, 3, 4.5);

        new SilentNeuronRescue(new RescueSettings(0.5, true, false, false, 10)).bump(model, weights, times, 2);
        assertThat(weights).containsExactly(1.5, 3, 3.5, 5);
    }

    @Test
    void rescueThatLearnsBumpsAndUpdatesInOneBatch() {
        LayerModel model = new LayerModel(1, new double[0], 2, NeuronConstants.UNIT);
        double[] inputs = {0, 0};
        double[][] times = {{0.5, SILENT, 0.5, 0.6}};
        double[][] weights = {{4, 1}};
        for (boolean learn : new boolean[] {false, true}) {
            Learner learner = new Learner(
                    List.of(model),
                    List.of(new LayerLearning(0, true, 1, WeightGrid.UNLIMITED)),
                    gradient(model, settings(LearningRule.CLOSED_FORM_EQUAL, 0)),
                    OptimizerSettings.sgd(0.01, 0),
                    new RescueSettings(0.5, true, true, learn, 10),
                    weights);

            StepOutcome outcome = learner.step(2, inputs, times, new int[] {0, 0}, 1);

            assertThat(outcome.bumpedLayer()).isZero();
            assertThat(outcome.updated()).isEqualTo(learn);
            assertThat(learner.optimizer().steps()).isEqualTo(learn ? 1 : 0);
            assertThat(learner.weights()[0][0] == 4).isEqualTo(!learn);
            assertThat(outcome.correct()).isEqualTo(2);
            if (!learn) {
                assertThat(learner.weights()[0][1]).isEqualTo(1.5);
                assertThat(outcome.loss()).isNaN();
            }
        }
    }

    @Test
    @DisplayName("I-17 a silent neuron contributes no gradient, a silent true label costs 100")
    void silence() {
        LayerModel model = new LayerModel(1, new double[0], 2, NeuronConstants.UNIT);
        BatchGradient batch = gradient(model, settings(LearningRule.CLOSED_FORM_EQUAL, 0.1));
        double[][] out = {new double[2]};

        double loss = batch.compute(
                1, new double[] {0}, new double[][] {{SILENT, 0.3}}, new int[] {0}, new double[][] {{3, 5}}, out);

        assertThat(loss).isEqualTo(100);
        assertThat(out[0]).containsExactly(0, 0);
        batch.compute(1, new double[] {0}, new double[][] {{SILENT, 0.3}}, new int[] {1}, new double[][] {{3, 5}}, out);
        assertThat(out[0][0]).isZero();
        assertThat(out[0][1]).isNotZero();
    }

    @Test
    @DisplayName("I-18 chopped contributions are absent from the weight gradient and present in the error passed down")
    void chopping() {
        LayerModel model = new LayerModel(2, new double[0], 1, NeuronConstants.UNIT);
        double[] in = {0, 0.1};
        double[] out = {0.5};
        double[] weights = {2, 3};
        double[] open = new double[2];
        double[] chopped = new double[2];
        GradientTally tally = new GradientTally();
        LayerGradient free = new NeuronGradient(model, settings(LearningRule.CLOSED_FORM_EQUAL, 0), tally);
        free.add(in, out, 0, new double[] {1}, weights, open);
        assertThat(tally.dropped).isZero();
        double largest = Math.max(Math.abs(free.sum[0]), Math.abs(free.sum[1]));

        LayerGradient tight = new NeuronGradient(
                model, GradientSettings.of(LearningRule.CLOSED_FORM_EQUAL, 0, 0.99 * largest), tally);
        tight.add(in, out, 0, new double[] {1}, weights, chopped);

        assertThat(tight.sum).containsExactly(0, 0);
        assertThat(chopped).isEqualTo(open).doesNotContain(0.0);
        assertThat(tally.dropped).isEqualTo(1);
    }

    @Test
    @DisplayName("I-26 the floor of the slope scales both derivatives and leaves steep neurons alone")
    void floor() {
        double[] times = {0};
        double[] weight = {2.7225};
        double slope = 0.0546591004502;
        double spike = 1 - slope;
        SpikeDerivative free = derive(NeuronConstants.UNIT, LearningRule.CLOSED_FORM_EQUAL, 0, times, weight, spike);
        assertThat(free.byWeight[0]).isCloseTo(-6.35269608877, within(1e-8));
        assertThat(free.byTime[0]).isCloseTo(1, within(1e-9));
        SpikeDerivative floored =
                derive(NeuronConstants.UNIT, LearningRule.CLOSED_FORM_EQUAL, 0.1, times, weight, spike);
        assertThat(floored.byWeight[0]).isCloseTo(-3.47232653645, within(1e-8));
        assertThat(floored.byTime[0]).isCloseTo(0.546591004502, within(1e-9));
        assertThat(floored.tally.floored).isEqualTo(1);
    }

    @Test
    @DisplayName("I-26 in every rule derivatives below the floor are those without floor times slope over floor")
    void floorInAllRules() {
        for (double ratio : new double[] {1, 2}) {
            NeuronConstants neuron = new NeuronConstants(1, ratio, 1 / ratio, 0, 1);
            LearningRule closed = ratio == 1 ? LearningRule.CLOSED_FORM_EQUAL : LearningRule.CLOSED_FORM_DOUBLE;
            for (LearningRule rule : new LearningRule[] {closed, LearningRule.IMPLICIT}) {
                double critical = ratio == 1 ? StrictMath.E : 2;
                for (double above : new double[] {1e-6, 1e-4, 1e-3, 3e-3, 0.01, 0.1, 1}) {
                    double[] times = {0, 5};
                    double[] weights = {critical * (1 + above), 1};
                    double[] out = new double[1];
                    LayerModel model = new LayerModel(2, new double[0], 1, neuron);
                    new LayerSolver(0, model, FirstSpikeKernel.of(neuron, 2, 1)).solve(times, 0, weights, out);
                    assertThat(out[0]).isFinite();
                    SpikeDerivative free = derive(neuron, rule, 0, times, weights, out[0]);
                    double[] byWeight = free.byWeight.clone();
                    SpikeDerivative floored = derive(neuron, rule, 0.1, times, weights, out[0]);
                    double factor = floored.byTime[0];
                    String name = rule.id() + " " + above;
                    assertThat(floored.byWeight[0])
                            .as(name)
                            .isCloseTo(factor * byWeight[0], within(1e-7 * Math.abs(byWeight[0])));
                    assertThat(floored.tally.floored).as(name).isEqualTo(factor < 1 - 1e-9 ? 1 : 0);
                    assertThat(factor).as(name).isLessThan(1 + 1e-9);
                    assertThat(floored.byTime[1]).as(name).isZero();
                    if (factor > 1 - 1e-9) {
                        assertThat(floored.byWeight).as(name).isEqualTo(byWeight);
                    }
                }
            }
        }
    }

    @Test
    void atTheTangentTheFloorKeepsDerivativesFiniteAndNoFloorCountsThemAsFlat() {
        double[] times = {0};
        SpikeDerivative floored = SpikeDerivative.of(
                settings(LearningRule.CLOSED_FORM_DOUBLE, 0.1),
                new NeuronConstants(1, 2, 0.5, 0, 1),
                1,
                new GradientTally());
        floored.prepare(times);
        assertThat(floored.derive(new double[] {2}, 0, 2 * StrictMath.log(2))).isTrue();
        assertThat(floored.byWeight[0]).isFinite().isNegative();
        assertThat(floored.byTime[0]).isCloseTo(0, within(1e-12));

        SpikeDerivative free = SpikeDerivative.of(
                settings(LearningRule.CLOSED_FORM_DOUBLE, 0),
                new NeuronConstants(1, 2, 0.5, 0, 1),
                1,
                new GradientTally());
        free.prepare(times);
        assertThat(free.derive(new double[] {2}, 0, 2 * StrictMath.log(2))).isFalse();
        assertThat(free.tally.flat).isEqualTo(1);
    }

    private static SpikeDerivative derive(
            NeuronConstants neuron, LearningRule rule, double floor, double[] times, double[] weights, double spike) {
        SpikeDerivative derivative = SpikeDerivative.of(
                new GradientSettings(rule, floor, Double.POSITIVE_INFINITY, 0),
                neuron,
                times.length,
                new GradientTally());
        derivative.prepare(times);
        assertThat(derivative.derive(weights, 0, spike)).isTrue();
        return derivative;
    }

    @Test
    void measuredTimeWithoutModelSpikeHasNoGradient() {
        for (double weight : new double[] {1, 0}) {
            SpikeDerivative derivative = SpikeDerivative.of(
                    settings(LearningRule.CLOSED_FORM_EQUAL, 0.1), NeuronConstants.UNIT, 1, new GradientTally());
            derivative.prepare(new double[] {0});
            assertThat(derivative.derive(new double[] {weight}, 0, 1.0)).isFalse();
            assertThat(derivative.tally.floored + derivative.tally.flat).isZero();
        }
    }

    @Test
    void errorsNameLayerSampleAndNeuron() {
        LayerModel model = new LayerModel(1, new double[0], 2, NeuronConstants.UNIT);
        BatchGradient batch = gradient(model, settings(LearningRule.CLOSED_FORM_EQUAL, 0.1));
        double[][] out = {new double[2]};
        assertThatThrownBy(() -> batch.compute(
                        1, new double[1], new double[][] {{1, 1}}, new int[] {2}, new double[][] {{3, 5}}, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label of sample 0 : 2");
        assertThatThrownBy(() -> batch.compute(
                        1,
                        new double[1],
                        new double[][] {{1, 1}},
                        new int[] {1},
                        new double[][] {{3, Double.NaN}},
                        out))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layer 0, input 0, neuron 1");
        assertThatThrownBy(() -> {
                    BatchForward forward = new BatchForward(List.of(model), new Shards(1));
                    forward.run(2, new double[] {0, Double.NaN}, new double[][] {new double[4]});
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layer 0, sample 1, input 0");
        assertThatThrownBy(() -> new NeuronConstants(1, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gradient(model, settings(LearningRule.IMPLICIT_MEASURED, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gradient(model, settings(LearningRule.CLOSED_FORM_DOUBLE, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emptyBatchesAndEmptyLayersAreNormal() {
        LayerModel empty = new LayerModel(3, new double[] {0.9}, 0, NeuronConstants.UNIT);
        LayerModel model = new LayerModel(0, new double[] {0.9}, 2, NeuronConstants.UNIT);
        Learner learner = new Learner(
                List.of(empty, model),
                List.of(
                        new LayerLearning(0, true, 1, WeightGrid.UNLIMITED),
                        new LayerLearning(1, true, 1, WeightGrid.UNLIMITED)),
                new BatchGradient(
                        List.of(empty, model),
                        settings(LearningRule.CLOSED_FORM_EQUAL, 0.1),
                        CrossEntropyLoss.PUBLISHED,
                        new Shards(1)),
                OptimizerSettings.adam(0.01),
                RescueSettings.published(0.0005, 2.1),
                new double[][] {new double[0], {5, 5}});

        StepOutcome nothing = learner.step(0, new double[0], new double[][] {{}, {}}, new int[0], 1);
        assertThat(nothing.loss()).isZero();
        assertThat(nothing.updated()).isFalse();
        StepOutcome one = learner.step(1, new double[3], new double[][] {{}, {1.2, 1.2}}, new int[] {1}, 1);
        assertThat(one.updated()).isTrue();
        assertThat(learner.optimizer().steps()).isEqualTo(1);
    }

    @Test
    void schedulesFallAsDescribed() {
        Schedule step = new Schedule(Schedule.Kind.STEP, 20, 0.5);
        assertThat(step.factor(19, 0, 0)).isEqualTo(1);
        assertThat(step.factor(40, 0, 0)).isEqualTo(0.25);
        assertThat(Schedule.COSINE.factor(0, 0, 100)).isEqualTo(1);
        assertThat(Schedule.COSINE.factor(0, 50, 100)).isCloseTo(0.5, within(1e-15));
        assertThat(Schedule.COSINE.factor(9, 99, 100)).isLessThan(0.001).isPositive();
        assertThat(new Schedule(Schedule.Kind.EXPONENTIAL, 1, 0.5).factor(3, 0, 0))
                .isEqualTo(0.125);
    }

    @Test
    @DisplayName("I-15 gradients and times have the same bits for any number of threads")
    void threads() {
        SplittableRandom random = new SplittableRandom(77);
        LayerModel hidden = new LayerModel(6, new double[] {0.9}, 40, NeuronConstants.UNIT);
        LayerModel label = new LayerModel(40, new double[] {0.9}, 3, NeuronConstants.UNIT);
        List<LayerModel> models = List.of(hidden, label);
        int samples = 37;
        double[] inputs = random.doubles(samples * 6L, 0, 2).toArray();
        double[][] weights = {
            random.doubles(hidden.weights(), -0.5, 2).toArray(),
            random.doubles(label.weights(), -0.2, 1).toArray()
        };
        int[] labels = random.ints(samples, 0, 3).toArray();
        double[][] reference = null;
        for (int threads : new int[] {1, 2, 4}) {
            try (Shards shards = new Shards(threads)) {
                double[][] times = {new double[samples * 40], new double[samples * 3]};
                BatchForward forward = new BatchForward(models, shards);
                forward.load(weights);
                forward.run(samples, inputs, times);
                double[][] out = {new double[hidden.weights()], new double[label.weights()]};
                new BatchGradient(
                                models,
                                settings(LearningRule.CLOSED_FORM_EQUAL, 0.1),
                                CrossEntropyLoss.PUBLISHED,
                                shards)
                        .compute(samples, inputs, times, labels, weights, out);
                double[][] all = {times[0], times[1], out[0], out[1]};
                if (reference == null) {
                    reference = all;
                }
                for (int i = 0; i < all.length; i++) {
                    assertThat(all[i]).as("%s threads, array %s", threads, i).isEqualTo(reference[i]);
                }
            }
        }
    }

    @Test
    void shardsThrowWhatTheWorkThrows() {
        try (Shards shards = new Shards(2)) {
            assertThatThrownBy(() -> shards.forEach(100, (shard, from, to) -> {
                        if (shard >= 3) {
                            throw new IllegalStateException("shard " + shard);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("shard 3");
        }
    }
}
