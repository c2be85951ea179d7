package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeasuredDerivativeTest {

    private static final double[] TIMES = {0.1, 0.3, 0.5, 0.7};
    private static final double[] WEIGHTS = {1.5, -0.8, 2, 0.6};
    private static final GradientSettings SETTINGS =
            GradientSettings.of(LearningRule.IMPLICIT_MEASURED, 0, Double.POSITIVE_INFINITY);

    private static SpikeDerivative derivative(MeasuredNeurons neurons) {
        LayerModel layer =
                new LayerModel(TIMES.length, new double[0], neurons.size(), NeuronConstants.UNIT).with(neurons);
        SpikeDerivative derivative = SpikeDerivative.of(SETTINGS, layer, TIMES.length, new GradientTally());
        derivative.prepare(TIMES);
        return derivative;
    }

    private static MeasuredNeurons neurons(double tauMem, double exc, double inh, double ratio) {
        return new MeasuredNeurons(
                new double[] {5, tauMem}, new double[] {4, exc}, new double[] {3, inh}, new double[] {2, ratio});
    }

    @Test
    void withNominalConstantsItIsTheImplicitRule() {
        SpikeDerivative measured = derivative(neurons(1, 1, 1, 1));
        SpikeDerivative implicit = SpikeDerivative.of(
                GradientSettings.of(LearningRule.IMPLICIT, 0, Double.POSITIVE_INFINITY),
                NeuronConstants.UNIT,
                TIMES.length,
                new GradientTally());
        implicit.prepare(TIMES);
        measured.select(1);

        assertThat(measured.derive(WEIGHTS, 0, 1.1)).isTrue();
        assertThat(implicit.derive(WEIGHTS, 0, 1.1)).isTrue();
        assertThat(measured.byWeight).containsExactly(implicit.byWeight);
        assertThat(measured.byTime).containsExactly(implicit.byTime);
    }

    @Test
    void itDerivesTheCrossingOfTheMeasuredMembrane() {
        double tauMem = 1.2;
        double exc = 0.9;
        double inh = 1.1;
        double ratio = 0.8;
        double spike = 1.1;
        SpikeDerivative measured = derivative(neurons(tauMem, exc, inh, ratio));
        measured.select(1);
        assertThat(measured.derive(WEIGHTS, 0, spike)).isTrue();

        double level = potential(WEIGHTS, TIMES, spike, tauMem, exc, inh, ratio);
        double step = 1e-6;
        for (int row = 0; row < TIMES.length; row++) {
            double[] weights = WEIGHTS.clone();
            weights[row] += step;
            double moved = crossing(weights, TIMES, level, spike, tauMem, exc, inh, ratio);
            assertThat(measured.byWeight[row]).isCloseTo((moved - spike) / step, within(1e-4));
            double[] times = TIMES.clone();
            times[row] += step;
            double later = crossing(WEIGHTS, times, level, spike, tauMem, exc, inh, ratio);
            assertThat(measured.byTime[row]).isCloseTo((later - spike) / step, within(1e-4));
        }
        assertThat(Arrays.stream(measured.byTime).sum()).isCloseTo(1, within(1e-9));
    }

    private static double potential(
            double[] weights, double[] times, double at, double tauMem, double exc, double inh, double ratio) {
        double sum = 0;
        for (int row = 0; row < times.length; row++) {
            boolean negative = weights[row] < 0;
            double tauSyn = negative ? inh : exc;
            double s = at - times[row];
            double kernel = (Math.exp(-s / tauMem) - Math.exp(-s / tauSyn)) / (1 / tauSyn - 1 / tauMem);
            sum += (negative ? ratio : 1) * weights[row] * kernel;
        }
        return sum;
    }

    private static double crossing(
            double[] weights,
            double[] times,
            double level,
            double near,
            double tauMem,
            double exc,
            double inh,
            double ratio) {
        double low = near - 1e-3;
        double high = near + 1e-3;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (potential(weights, times, middle, tauMem, exc, inh, ratio) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
