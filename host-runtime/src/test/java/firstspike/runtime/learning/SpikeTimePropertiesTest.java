package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Properties of spike times and derivatives on random neurons; a failure names the case. */
class SpikeTimePropertiesTest {
    private static final int CASES = 400;
    private static final double[] RATIOS = {1, 2, 0.7, 1.3, 5};

    /** A random neuron with inputs; bigger weights than threshold so that most cases spike. */
    private static final class Case {
        final NeuronConstants neuron;
        final double[] times;
        final double[] weights;
        final String name;

        Case(int number) {
            SplittableRandom random = new SplittableRandom(4000 + number);
            neuron = neuron(RATIOS[number % RATIOS.length], 1);
            int n = 1 + random.nextInt(12);
            times = new double[n];
            weights = new double[n];
            for (int i = 0; i < n; i++) {
                times[i] = 2 * random.nextDouble();
                weights[i] = 4 * random.nextDouble() - 1;
            }
            name = "case " + number;
        }
    }

    private static NeuronConstants neuron(double ratio, double scale) {
        return new NeuronConstants(scale, ratio * scale, 1 / ratio, 0, 1);
    }

    private static double solve(NeuronConstants neuron, double[] times, double[] weights) {
        return solve(neuron, times, weights, FirstSpikeKernel.of(neuron, times.length, 1));
    }

    private static double solve(NeuronConstants neuron, double[] times, double[] weights, FirstSpikeKernel kernel) {
        double[] out = new double[1];
        new LayerSolver(0, new LayerModel(times.length, new double[0], 1, neuron), kernel)
                .solve(times, 0, weights, out);
        return out[0];
    }

    private static SpikeDerivative derive(Case c, LearningRule rule, double[] times, double[] weights, double spike) {
        SpikeDerivative derivative = SpikeDerivative.of(
                new GradientSettings(rule, 0, Double.POSITIVE_INFINITY, 0),
                c.neuron,
                times.length,
                new GradientTally());
        derivative.prepare(times);
        assertThat(derivative.derive(weights, 0, spike)).as(c.name).isTrue();
        return derivative;
    }

    private static LearningRule closedForm(NeuronConstants neuron) {
        return switch (neuron.ratio()) {
            case EQUAL -> LearningRule.CLOSED_FORM_EQUAL;
            case DOUBLE -> LearningRule.CLOSED_FORM_DOUBLE;
            case OTHER -> LearningRule.IMPLICIT;
        };
    }

    private static double slope(Case c, double spike) {
        UnitKernel unit = new UnitKernel(c.neuron.tauMem(), c.neuron.tauSyn());
        double rise = 0;
        for (int i = 0; i < c.times.length; i++) {
            if (c.times[i] < spike) {
                double s = spike - c.times[i];
                rise += c.weights[i] * unit.slope(s, unit.value(s));
            }
        }
        return rise * c.neuron.tauSyn() / (c.neuron.capacitance() * c.neuron.thresholdDistance());
    }

    @Test
    void fastFormsAgreeWithTheWalk() {
        int spikes = 0;
        for (int number = 0; number < 20 * CASES; number++) {
            Case c = new Case(number);
            double walked = solve(c.neuron, c.times, c.weights, new GeneralKernel(c.neuron, c.times.length));
            double fast = solve(c.neuron, c.times, c.weights);
            if (walked == Double.POSITIVE_INFINITY) {
                assertThat(fast).as(c.name).isEqualTo(walked);
            } else {
                spikes++;
                double limit = 1e-12 / Math.min(1, Math.max(1e-4, slope(c, walked)));
                assertThat(fast).as(c.name).isCloseTo(walked, within(limit));
            }
        }
        assertThat(spikes).isGreaterThan(10 * CASES);
    }

    @Test
    @DisplayName("I-03 a shift of all times shifts the spike and leaves the gradients")
    void shift() {
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            double spike = solve(c.neuron, c.times, c.weights);
            double shift = 137;
            double[] later = c.times.clone();
            for (int i = 0; i < later.length; i++) {
                later[i] += shift;
            }
            double shifted = solve(c.neuron, later, c.weights);
            if (spike == Double.POSITIVE_INFINITY || slope(c, spike) < 0.05) {
                continue;
            }
            assertThat(shifted).as(c.name).isCloseTo(spike + shift, within(1e-12 * shift));
            SpikeDerivative before = derive(c, closedForm(c.neuron), c.times, c.weights, spike);
            SpikeDerivative after = derive(c, closedForm(c.neuron), later, c.weights, shifted);
            for (int i = 0; i < later.length; i++) {
                double size = 1 + Math.abs(before.byWeight[i]) + Math.abs(before.byTime[i]);
                assertThat(after.byWeight[i]).as(c.name).isCloseTo(before.byWeight[i], within(1e-10 * shift * size));
                assertThat(after.byTime[i]).as(c.name).isCloseTo(before.byTime[i], within(1e-10 * shift * size));
            }
        }
    }

    @Test
    @DisplayName("I-04 scaling times and taus scales the spike, scaling weights and threshold leaves it")
    void scale() {
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            double spike = solve(c.neuron, c.times, c.weights);
            double ratio = c.neuron.tauMem();
            double[] times = c.times.clone();
            double[] weights = c.weights.clone();
            for (int i = 0; i < times.length; i++) {
                times[i] *= 6e-6;
                weights[i] *= 3;
            }
            NeuronConstants higher = new NeuronConstants(1, ratio, 1 / ratio, 0, 3);
            if (spike == Double.POSITIVE_INFINITY) {
                assertThat(solve(neuron(ratio, 6e-6), times, c.weights))
                        .as(c.name)
                        .isEqualTo(spike);
                assertThat(solve(higher, c.times, weights)).as(c.name).isEqualTo(spike);
            } else {
                double limit = 1e-12 / Math.min(1, Math.max(1e-4, slope(c, spike)));
                assertThat(solve(neuron(ratio, 6e-6), times, c.weights) / 6e-6)
                        .as(c.name)
                        .isCloseTo(spike, within(limit));
                assertThat(solve(higher, c.times, weights)).as(c.name).isCloseTo(spike, within(limit));
            }
        }
    }

    @Test
    @DisplayName("I-05 derivatives by time sum to 1")
    void timeDerivativesSumToOne() {
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            double spike = solve(c.neuron, c.times, c.weights);
            if (spike == Double.POSITIVE_INFINITY || slope(c, spike) < 0.05) {
                continue;
            }
            for (LearningRule rule : new LearningRule[] {closedForm(c.neuron), LearningRule.IMPLICIT}) {
                double sum = 0;
                for (double d : derive(c, rule, c.times, c.weights, spike).byTime) {
                    sum += d;
                }
                assertThat(sum).as(c.name + " " + rule.id()).isCloseTo(1, within(1e-10));
            }
        }
    }

    @Test
    @DisplayName("I-06 permuting inputs permutes the gradients and changes nothing else")
    void permutation() {
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            int n = c.times.length;
            double[] times = new double[n];
            double[] weights = new double[n];
            for (int i = 0; i < n; i++) {
                times[i] = c.times[n - 1 - i];
                weights[i] = c.weights[n - 1 - i];
            }
            double spike = solve(c.neuron, c.times, c.weights);

            assertThat(solve(c.neuron, times, weights)).as(c.name).isEqualTo(spike);
            if (spike == Double.POSITIVE_INFINITY || slope(c, spike) < 0.05) {
                continue;
            }
            SpikeDerivative before = derive(c, closedForm(c.neuron), c.times, c.weights, spike);
            SpikeDerivative after = derive(c, closedForm(c.neuron), times, weights, spike);
            for (int i = 0; i < n; i++) {
                assertThat(after.byWeight[n - 1 - i]).as(c.name).isCloseTo(before.byWeight[i], within(1e-10));
                assertThat(after.byTime[n - 1 - i]).as(c.name).isCloseTo(before.byTime[i], within(1e-10));
            }
        }
    }

    @Test
    @DisplayName("I-07 an input split into two halves at one time acts as one")
    void split() {
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            int n = c.times.length;
            double[] times = Arrays.copyOf(c.times, n + 1);
            double[] weights = Arrays.copyOf(c.weights, n + 1);
            times[n] = times[0];
            weights[n] = weights[0] /= 2;
            double spike = solve(c.neuron, c.times, c.weights);
            if (spike == Double.POSITIVE_INFINITY || slope(c, spike) < 0.05) {
                continue;
            }
            assertThat(solve(c.neuron, times, weights)).as(c.name).isCloseTo(spike, within(1e-11));
            SpikeDerivative whole = derive(c, closedForm(c.neuron), c.times, c.weights, spike);
            SpikeDerivative halves = derive(c, closedForm(c.neuron), times, weights, spike);
            for (int i : new int[] {0, n}) {
                assertThat(halves.byWeight[i]).as(c.name).isCloseTo(whole.byWeight[0], within(1e-9));
                assertThat(halves.byTime[i]).as(c.name).isCloseTo(whole.byTime[0] / 2, within(1e-9));
            }
        }
    }

    @Test
    @DisplayName("I-08 results are continuous at the ratios with a closed form")
    void continuity() {
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            for (double ratio : new double[] {1, 2}) {
                double exact = solve(neuron(ratio, 1), c.times, c.weights);
                double beside = solve(new NeuronConstants(1, ratio * (1 + 1e-9), 1 / ratio, 0, 1), c.times, c.weights);
                if (exact < Double.POSITIVE_INFINITY && beside < Double.POSITIVE_INFINITY) {
                    assertThat(beside).as(c.name).isCloseTo(exact, within(1e-7));
                }
            }
        }
    }

    @Test
    @DisplayName("I-09 derivatives by weight agree with finite differences")
    void finiteDifferences() {
        double h = 1e-6;
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            double spike = solve(c.neuron, c.times, c.weights);
            if (spike == Double.POSITIVE_INFINITY || slope(c, spike) < 0.12) {
                continue;
            }
            SpikeDerivative derivative = derive(c, closedForm(c.neuron), c.times, c.weights, spike);
            for (int i = 0; i < c.times.length; i++) {
                if (Math.abs(c.times[i] - spike) < 1e-4) {
                    continue;
                }
                double[] weights = c.weights.clone();
                weights[i] += h;
                double up = solve(c.neuron, c.times, weights);
                weights[i] -= 2 * h;
                double down = solve(c.neuron, c.times, weights);
                double size = 1 + Math.abs(derivative.byWeight[i]);
                assertThat((up - down) / (2 * h)).as(c.name).isCloseTo(derivative.byWeight[i], within(1e-5 * size));
            }
        }
    }

    @Test
    @DisplayName("I-10 an input later than the spike changes nothing")
    void laterInput() {
        for (int number = 0; number < CASES; number++) {
            Case c = new Case(number);
            double spike = solve(c.neuron, c.times, c.weights);
            if (spike == Double.POSITIVE_INFINITY || slope(c, spike) < 0.05) {
                continue;
            }
            int n = c.times.length;
            double[] times = Arrays.copyOf(c.times, n + 1);
            double[] weights = Arrays.copyOf(c.weights, n + 1);
            times[n] = spike + 0.01;
            weights[n] = -5;
            assertThat(solve(c.neuron, times, weights)).as(c.name).isCloseTo(spike, within(1e-12));
            SpikeDerivative derivative = derive(c, closedForm(c.neuron), times, weights, spike);
            assertThat(derivative.byWeight[n]).as(c.name).isZero();
            assertThat(derivative.byTime[n]).as(c.name).isZero();
        }
    }

    @Test
    void spansOfHundredsOfTimeConstantsStayFinite() {
        for (double ratio : new double[] {1, 2, 1.5}) {
            NeuronConstants neuron = neuron(ratio, 1);
            double[] times = {0, 2000, 2000.5, 5000};
            double[] weights = {0.5, 4, 3, 9};
            double late = solve(neuron, new double[] {0, 0.5}, new double[] {4, 3});

            double spike = solve(neuron, times, weights);

            assertThat(spike).isCloseTo(2000 + late, within(1e-9));
            SpikeDerivative derivative =
                    SpikeDerivative.of(GradientSettings.of(closedForm(neuron), 0, 1), neuron, 4, new GradientTally());
            derivative.prepare(times);
            assertThat(derivative.derive(weights, 0, spike)).isTrue();
            assertThat(derivative.byTime[1] + derivative.byTime[2]).isCloseTo(1, within(1e-8));
            assertThat(derivative.byTime[3]).isZero();
        }
    }
}
