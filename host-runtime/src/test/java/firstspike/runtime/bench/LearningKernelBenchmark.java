package firstspike.runtime.bench;

import firstspike.runtime.learning.BatchForward;
import firstspike.runtime.learning.BatchGradient;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.learning.Shards;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Processor time of one thread for the forward pass and the gradient of a sample: Yin-Yang 4-120-3, the same with the 25 input rows of
 * the chip, and 256-246-10. Prints lowest and median of the repetitions, the spikes of a sample, and hashes of times and
 * gradients, which no change for speed may change. No arguments.
 */
public final class LearningKernelBenchmark {
    private static final int REPEATS = 25;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LearningKernelBenchmark() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        measure("Yin-Yang 4-120-3", 4, 1, 120, 3, 0, 1500);
        measure("Yin-Yang, five copies", 4, 5, 120, 3, 0, 1500);
        measure("256-246-10", 256, 1, 246, 10, 0.6, 100);
    }

    private static void measure(
            String name, int inputs, int copies, int hidden, int classes, double absent, int samples) {
        SplittableRandom random = new SplittableRandom(1);
        int rows = inputs * copies;
        double present = rows * (1 - absent);
        NeuronConstants neuron = NeuronConstants.UNIT;
        double[] bias = absent > 0 ? new double[0] : new double[] {0.9};
        List<LayerModel> layers =
                List.of(new LayerModel(rows, bias, hidden, neuron), new LayerModel(hidden, bias, classes, neuron));
        double[][] weights = {
            drawn(random, layers.get(0).weights(), 6 / present, 4 / Math.sqrt(present)),
            drawn(random, layers.get(1).weights(), 24.0 / hidden, 8 / Math.sqrt(hidden))
        };
        double[] times = new double[samples * rows];
        int[] labels = new int[samples];
        for (int s = 0; s < samples; s++) {
            labels[s] = random.nextInt(classes);
            for (int i = 0; i < inputs; i++) {
                double t = random.nextDouble() < absent ? Double.POSITIVE_INFINITY : 0.15 + 1.85 * random.nextDouble();
                for (int copy = 0; copy < copies; copy++) {
                    times[s * rows + copy * inputs + i] = t;
                }
            }
        }
        double[][] spikes = {new double[samples * hidden], new double[samples * classes]};
        double[][] gradient = {new double[weights[0].length], new double[weights[1].length]};
        double[] forwardUs = new double[REPEATS];
        double[] gradientUs = new double[REPEATS];
        try (Shards shards = new Shards(1)) {
            BatchForward forward = new BatchForward(layers, shards);
            BatchGradient learning = new BatchGradient(
                    layers,
                    GradientSettings.of(LearningRule.CLOSED_FORM_EQUAL, 0.1, 0.2),
                    CrossEntropyLoss.PUBLISHED,
                    shards);
            forward.load(weights);
            for (int r = 0; r < REPEATS; r++) {
                long start = THREADS.getCurrentThreadCpuTime();
                forward.run(samples, times, spikes);
                long middle = THREADS.getCurrentThreadCpuTime();
                learning.compute(samples, times, spikes, labels, weights, gradient);
                forwardUs[r] = (middle - start) * 1e-3 / samples;
                gradientUs[r] = (THREADS.getCurrentThreadCpuTime() - middle) * 1e-3 / samples;
            }
        }
        Arrays.sort(forwardUs);
        Arrays.sort(gradientUs);
        System.out.printf(
                Locale.ROOT,
                "%-22s forward %6.2f us (median %6.2f), gradient %6.2f us (median %6.2f), hidden spikes %.1f, label"
                        + " spikes %.2f, times %08x, gradient %08x%n",
                name,
                forwardUs[0],
                forwardUs[REPEATS / 2],
                gradientUs[0],
                gradientUs[REPEATS / 2],
                fired(spikes[0]) / (double) samples,
                fired(spikes[1]) / (double) samples,
                Arrays.deepHashCode(spikes),
                Arrays.deepHashCode(gradient));
    }

    private static double[] drawn(SplittableRandom random, int count, double mean, double spread) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = mean + spread * (random.nextDouble() - 0.5);
        }
        return weights;
    }

    private static long fired(double[] times) {
        return Arrays.stream(times).filter(t -> t < Double.POSITIVE_INFINITY).count();
    }
}
