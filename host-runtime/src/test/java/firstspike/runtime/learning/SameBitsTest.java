package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pins the bits of spike times and gradients: trainings in the loop must give the same checkpoints whatever is done for speed. The
 * numbers were taken before the flat loops, with a sort by comparison, {@link StrictMath#exp} and one neuron after the other; those
 * with samples of 40 and 600 time constants again when the general solution took fewer steps (times moved by less than 1e-12).
 */
class SameBitsTest {
    private static final int SAMPLES = 97;
    private static final int CLASSES = 10;

    @ParameterizedTest(
            name =
                    "J07 times and gradients of case {0} have the bits of before, with 1, 2 and 4 threads, plain and by vectors")
    @DisplayName("J07 times and gradients have the bits of before the fast kernels")
    @CsvSource({
        "0, closed-form-equal, 41b0bb7d, 83b026ae",
        "1, closed-form-equal, e6d6270e, aec6862b",
        "2, closed-form-equal, 37639714, e61ca7d0",
        "3, closed-form-double, 41f57817, df727191",
        "4, implicit, 7ee1f975, 60510aa1",
        "5, closed-form-equal, 133f017, 366fc797",
        "6, closed-form-equal, 846419a8, ce5c3fff",
        "7, closed-form-equal, 6d8bf15a, 5c119bae",
        "8, closed-form-double, c86e9edb, 2c1488b9",
        "9, implicit, 14d45686, 53f392f",
        "10, closed-form-equal, 2efaf359, 59989f6",
        "11, closed-form-equal, 8c8bed98, 704ab697",
        "12, closed-form-equal, b0312f29, 1370b00b",
        "13, closed-form-double, c0386e2f, 8b6b3d43"
    })
    void bitsOfBefore(int index, String rule, String times, String gradient) {
        Case c = new Case(index);
        List<Kernels> forms = new ArrayList<>(List.of(Kernels.scalar()));
        Kernels.vector().ifPresent(forms::add);
        List<GradientCounts> counts = new ArrayList<>();
        for (Kernels form : forms) {
            check(c, form, rule, times, gradient, counts);
        }
        assertThat(counts).hasSize(3 * forms.size()).containsOnly(counts.get(0));
    }

    private static void check(
            Case c, Kernels form, String rule, String times, String gradient, List<GradientCounts> counts) {
        for (int threads : new int[] {1, 2, 4}) {
            try (Shards shards = new Shards(threads)) {
                double[][] out = {new double[SAMPLES * c.hidden], new double[SAMPLES * CLASSES]};
                BatchForward forward = new BatchForward(c.models, shards, form);
                forward.load(c.weights);
                forward.run(SAMPLES, c.inputs, out);
                assertThat(c.rule.id()).isEqualTo(rule);
                assertThat(Integer.toHexString(Arrays.deepHashCode(out)))
                        .as("times, %s, %d threads", form, threads)
                        .isEqualTo(times);

                double[][] sum = {new double[c.weights[0].length], new double[c.weights[1].length]};
                GradientSettings settings = GradientSettings.of(c.rule, 0.1, 0.2);
                BatchGradient learning =
                        new BatchGradient(c.models, settings, CrossEntropyLoss.PUBLISHED, shards, form);
                learning.compute(SAMPLES, c.inputs, c.measured(out), c.labels, c.weights, sum);
                counts.add(learning.counts());
                assertThat(Integer.toHexString(Arrays.deepHashCode(sum)))
                        .as("gradient, %s, %d threads", form, threads)
                        .isEqualTo(gradient);
            }
        }
    }

    /** A network and a batch: equal times, absent inputs, samples of 40 and 600 time constants, every rule in software. */
    private static final class Case {
        private final int index;
        private final int hidden;
        private final LearningRule rule;
        private final List<LayerModel> models;
        private final double[][] weights = new double[2][];
        private final double[] inputs;
        private final int[] labels = new int[SAMPLES];

        Case(int index) {
            this.index = index;
            SplittableRandom random = new SplittableRandom(index);
            int sources = new int[] {4, 25, 40, 120, 200, 3, 60}[index % 7];
            hidden = new int[] {120, 50, 64, 17, 33, 120, 90}[index % 7];
            double[] biases = index % 2 == 0 ? new double[] {0.9} : new double[0];
            double ratio = index % 5 == 3 ? 2 : index % 5 == 4 ? 1.3 : 1;
            double tau = index == 6 || index == 5 ? 1.7 : 1;
            rule = ratio == 1
                    ? LearningRule.CLOSED_FORM_EQUAL
                    : ratio == 2 ? LearningRule.CLOSED_FORM_DOUBLE : LearningRule.IMPLICIT;
            NeuronConstants neuron =
                    new NeuronConstants(tau, tau * ratio, index % 3 == 0 ? 4 : 1, 0, index % 3 == 0 ? 0.38 : 1);
            models = List.of(
                    new LayerModel(sources, biases, hidden, neuron), new LayerModel(hidden, biases, CLASSES, neuron));
            for (int l = 0; l < 2; l++) {
                weights[l] = new double[models.get(l).weights()];
                for (int i = 0; i < weights[l].length; i++) {
                    weights[l][i] = (random.nextDouble() * 2 - (l == 0 ? 0.4 : 0.7))
                            * (l == 0 ? 3.0 : 2.0)
                            * neuron.drive()
                            * Math.sqrt(4.0 / (l == 0 ? sources : hidden));
                }
            }
            inputs = new double[SAMPLES * sources];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = time(random, i / sources, i % sources);
            }
            for (int s = 0; s < SAMPLES; s++) {
                labels[s] = random.nextInt(CLASSES);
            }
        }

        private double time(SplittableRandom random, int sample, int source) {
            double t = 0.15 + 1.85 * random.nextDouble();
            if (index % 4 == 1) {
                t = Math.rint(t * 20) / 20;
            }
            if (random.nextInt(8) == 0 && index % 4 >= 2) {
                t = Double.POSITIVE_INFINITY;
            }
            int stretch = sample % 31 == 5 ? 40 : sample % 31 == 6 ? 600 : 1;
            return source % 2 == 0 ? t * stretch : t;
        }

        /** From case 7 on times that no model solves, as a chip measures them. */
        private double[][] measured(double[][] solved) {
            double[][] times = {solved[0].clone(), solved[1].clone()};
            for (double[] layer : index < 7 ? new double[0][] : times) {
                for (int i = 0; i < layer.length; i++) {
                    layer[i] += (i * 37 % 11 - 5) * 0.01;
                }
            }
            return times;
        }
    }
}
