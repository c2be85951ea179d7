package firstspike.runtime.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.runtime.learning.BatchForward;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.Shards;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistortedForwardTest {
    private static final int SAMPLES = 200;
    private static final int HIDDEN = 30;
    private static final int LABELS = 3;

    private static final List<LayerModel> MODELS = models(NeuronConstants.UNIT);
    private static final double[] INPUTS = inputs();
    private static final double[][] WEIGHTS = weights();

    @Test
    void nothingDistortedEqualsTheModelBitForBit() {
        assertThat(run(DistortionKind.NONE, 0, 1)).isDeepEqualTo(plain(MODELS, WEIGHTS, INPUTS));
    }

    @ParameterizedTest(name = "{0}: the same bits on 1, 2 and 4 threads")
    @ValueSource(strings = {"tau-spread", "jitter", "threshold-trial", "event-loss", "all-at-once"})
    void threadsChangeNothing(String id) {
        DistortionKind kind = DistortionKind.of(id).orElseThrow();

        double[][] one = run(kind, 0.1, 1);

        assertThat(run(kind, 0.1, 2)).isDeepEqualTo(one);
        assertThat(run(kind, 0.1, 4)).isDeepEqualTo(one);
    }

    @Test
    void aRatioIsThatOfAnotherModel() {
        double[][] wanted = plain(models(new NeuronConstants(1, 1.25, 1 / 1.25, 0, 1)), WEIGHTS, INPUTS);

        assertThat(run(DistortionKind.TAU_RATIO, 1.25, 1)).isDeepEqualTo(wanted);
    }

    @Test
    void aDelayMovesTheInputsOfEveryLayerAndNotItsOutputs() {
        double[][] late = run(DistortionKind.DELAY, 0.25, 1);
        double[][] plain = plain(MODELS, WEIGHTS, INPUTS);

        for (int i = 0; i < late[0].length; i++) {
            assertThat(late[0][i]).isCloseTo(plain[0][i] + 0.25, within(1e-9));
        }
        for (int i = 0; i < late[1].length; i++) {
            if (plain[1][i] < Double.POSITIVE_INFINITY) {
                // the bias of the second layer is later by one delay, its other inputs by two
                assertThat(late[1][i]).isBetween(plain[1][i] + 0.2, plain[1][i] + 0.55);
            }
        }
    }

    @Test
    void jitterHasItsDeviationAndReachesTheNextLayer() {
        double[][] moved = run(DistortionKind.JITTER, 0.05, 1);
        double[][] plain = plain(MODELS, WEIGHTS, INPUTS);

        assertThat(deviation(moved[0], plain[0])).isCloseTo(0.05, within(0.003));
        assertThat(deviation(moved[1], plain[1])).isGreaterThan(0.05);
    }

    @Test
    void lostEventsSilenceAsManyNeuronsAsTheyShould() {
        LayerModel relay = new LayerModel(1, new double[0], 1, NeuronConstants.UNIT);
        double[] inputs = new double[4000];
        double[][] out = {new double[4000]};
        try (Shards shards = new Shards(1)) {
            DistortedForward forward =
                    new DistortedForward(List.of(relay), DistortionKind.EVENT_LOSS.distortion(0.2), 3, 0, shards);
            forward.load(new double[][] {{6}});
            forward.run(4000, inputs, out);
        }

        long silent =
                Arrays.stream(out[0]).filter(t -> t == Double.POSITIVE_INFINITY).count();

        assertThat(silent / 4000.0).isCloseTo(0.2, within(0.03));
    }

    @Test
    void aFixedThresholdIsThatOfTheNeuronInEverySample() {
        double[][] moved = run(DistortionKind.THRESHOLD_FIXED, 0.2, 1);
        double[] inputs = new double[INPUTS.length];
        for (int s = 0; s < SAMPLES; s++) {
            System.arraycopy(INPUTS, 0, inputs, s * 4, 4);
        }
        double[][] same = run(DistortionKind.THRESHOLD_FIXED.distortion(0.2), inputs, 7, 0, 1);

        for (int s = 1; s < SAMPLES; s++) {
            assertThat(Arrays.copyOfRange(same[0], s * HIDDEN, (s + 1) * HIDDEN))
                    .isEqualTo(Arrays.copyOfRange(same[0], 0, HIDDEN));
        }
        assertThat(moved[0]).isNotEqualTo(plain(MODELS, WEIGHTS, INPUTS)[0]);
    }

    @Test
    void trialsDifferFromSampleToSampleAndFromRunToRun() {
        double[] inputs = new double[8];
        System.arraycopy(INPUTS, 0, inputs, 0, 4);
        System.arraycopy(INPUTS, 0, inputs, 4, 4);
        Distortion trial = DistortionKind.THRESHOLD_TRIAL.distortion(0.1);

        double[][] first = run(trial, inputs, 7, 0, 1);
        double[][] second = run(trial, inputs, 7, 1, 1);

        assertThat(Arrays.copyOf(first[0], HIDDEN)).isNotEqualTo(Arrays.copyOfRange(first[0], HIDDEN, 2 * HIDDEN));
        assertThat(second[0]).isNotEqualTo(first[0]);
    }

    @Test
    @DisplayName("U18 a run that is gone on with draws the numbers that were next")
    void goesOnWhereItStopped() {
        Distortion all = DistortionKind.ALL_AT_ONCE.distortion(0);
        double[][] out = out();
        try (Shards shards = new Shards(1)) {
            DistortedForward forward = new DistortedForward(MODELS, all, 7, 0, shards);
            forward.load(WEIGHTS);
            forward.run(SAMPLES, INPUTS, out());
            forward.run(SAMPLES, INPUTS, out());
            assertThat(forward.nextRun()).isEqualTo(2);
            forward.run(SAMPLES, INPUTS, out);
        }

        assertThat(run(all, INPUTS, 7, 2, 1)).isDeepEqualTo(out);
    }

    @Test
    void spreadsOfTimeConstantsAreWhatACalibrationWouldMeasure() {
        Distortion spread = DistortionKind.TAU_SPREAD.distortion(0.1);
        List<LayerModel> wide = List.of(new LayerModel(4, new double[0], 2000, NeuronConstants.UNIT));

        MeasuredNeurons measured = DistortedForward.measured(wide, spread, 11).get(0);

        double sum = 0;
        double squares = 0;
        for (int n = 0; n < 2000; n++) {
            sum += measured.tauMem(n);
            squares += (measured.tauSyn(n, false) - 1) * (measured.tauSyn(n, true) - 1);
        }
        assertThat(sum / 2000).isCloseTo(1, within(0.01));
        assertThat(Math.sqrt(squares / 2000)).isCloseTo(0.1, within(0.01));
    }

    @Test
    void levelsAreStepsUpToTheLimit() {
        assertThat(DistortionKind.WEIGHT_LEVELS.grid(15, firstspike.runtime.learning.WeightGrid.UNLIMITED))
                .satisfies(grid -> {
                    assertThat(grid.limit()).isEqualTo(3);
                    assertThat(grid.resolution()).isEqualTo(0.2);
                });
    }

    @Test
    void refusesValuesThatMeanNothing() {
        assertThatThrownBy(() -> new StudyPoint(DistortionKind.EVENT_LOSS, 1.5, false))
                .hasMessageContaining("event-loss : 1.5");
        assertThatThrownBy(() -> new StudyPoint(DistortionKind.WEIGHT_LEVELS, 2.5, false))
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> new StudyPoint(DistortionKind.JITTER, 0.1, true))
                .hasMessageContaining("rule measured");
    }

    private static double[][] run(DistortionKind kind, double value, int threads) {
        return run(kind.distortion(value), INPUTS, 7, 0, threads);
    }

    private static double[][] run(Distortion distortion, double[] inputs, long seed, long firstRun, int threads) {
        double[][] out = out();
        try (Shards shards = new Shards(threads)) {
            DistortedForward forward = new DistortedForward(MODELS, distortion, seed, firstRun, shards);
            forward.load(WEIGHTS);
            forward.run(inputs.length / 4, inputs, out);
        }
        return out;
    }

    private static double[][] plain(List<LayerModel> models, double[][] weights, double[] inputs) {
        double[][] out = out();
        try (Shards shards = new Shards(1)) {
            BatchForward forward = new BatchForward(models, shards);
            forward.load(weights);
            forward.run(inputs.length / 4, inputs, out);
        }
        return out;
    }

    private static double[][] out() {
        return new double[][] {new double[SAMPLES * HIDDEN], new double[SAMPLES * LABELS]};
    }

    private static double deviation(double[] moved, double[] plain) {
        double squares = 0;
        int count = 0;
        for (int i = 0; i < moved.length; i++) {
            if (moved[i] < Double.POSITIVE_INFINITY && plain[i] < Double.POSITIVE_INFINITY) {
                squares += (moved[i] - plain[i]) * (moved[i] - plain[i]);
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    private static List<LayerModel> models(NeuronConstants neuron) {
        return List.of(
                new LayerModel(4, new double[] {0.9}, HIDDEN, neuron),
                new LayerModel(HIDDEN, new double[] {0.9}, LABELS, neuron));
    }

    private static double[] inputs() {
        RandomStream stream = RandomStream.of("test-inputs", 1);
        return java.util.stream.DoubleStream.generate(() -> 0.15 + 1.85 * stream.nextUniform())
                .limit(4 * SAMPLES)
                .toArray();
    }

    /** Strong enough that nearly all neurons spike. */
    private static double[][] weights() {
        RandomStream stream = RandomStream.of("test-weights", 1);
        double[][] weights = {new double[5 * HIDDEN], new double[(HIDDEN + 1) * LABELS]};
        for (int i = 0; i < weights[0].length; i++) {
            weights[0][i] = 3 + 0.5 * stream.nextNormal();
        }
        for (int i = 0; i < weights[1].length; i++) {
            weights[1][i] = 0.4 + 0.2 * stream.nextNormal();
        }
        return weights;
    }
}
