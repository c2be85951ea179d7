package firstspike.experiments.bench;

import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A network of published size with random weights of which most hidden neurons fire, and random samples for it. The same
 * seed gives the same weights and samples.
 *
 * @param name for people
 * @param network what is mapped: neurons of two circuits
 * @param weights of both layers
 * @param inputShare of inputs that spike in a sample
 */
record InferenceNetwork(String name, Network network, LayerWeights weights, double inputShare) {

    private static final long SEED = 7;
    private static final double LARGEST = 2.1;
    private static final double EARLY = 0.15;
    private static final double LATE = 2.0;

    /** 4 inputs and a bias of five copies each, 120 hidden neurons, 3 labels. */
    static InferenceNetwork yinYang() {
        Network network = new Network(
                4,
                5,
                neuron(),
                List.of(new Layer("hidden", 120, List.of(0.9), 5), new Layer("label", 3, List.of(), 1)));
        return of("5-120-3", network, 0.45, 0.5, 0.3, 0.4, 1);
    }

    /** 256 inputs of which 107 spike in a sample, 246 hidden neurons, 10 labels: a whole chip. */
    static InferenceNetwork mnist16() {
        return ofHidden(246);
    }

    /** The same with another number of hidden neurons, 1 to 246. */
    static InferenceNetwork ofHidden(int hidden) {
        Network network = new Network(
                256,
                1,
                neuron(),
                List.of(new Layer("hidden", hidden, List.of(), 1), new Layer("label", 10, List.of(), 1)));
        return of("256-" + hidden + "-10", network, 0.08, 0.25, 0.03, 0.3, 0.42);
    }

    private static NeuronModel neuron() {
        return new NeuronModel(1, 1, 4, 0.7, 1.08);
    }

    private static InferenceNetwork of(
            String name,
            Network network,
            double mean,
            double spread,
            double labelMean,
            double labelSpread,
            double share) {
        SplittableRandom random = new SplittableRandom(SEED);
        LayerWeights weights = new LayerWeights(new double[][] {
            normal(random, network.rows(0) * network.layers().get(0).size(), mean, spread),
            normal(random, network.rows(1) * network.layers().get(1).size(), labelMean, labelSpread)
        });
        return new InferenceNetwork(name, network, weights, share);
    }

    private static double[] normal(SplittableRandom random, int count, double mean, double spread) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.max(-LARGEST, Math.min(LARGEST, mean + spread * random.nextGaussian()));
        }
        return weights;
    }

    /** The published settings of a chip with neurons of two circuits and one row pair an input. */
    static ChipSettings settings() {
        return new ChipSettings(
                6,
                30,
                100,
                5,
                30,
                OptionalInt.of(1),
                ChipSettings.TimeZero.MARKER,
                ChipSettings.SourceOrder.SPREAD,
                1000,
                OptionalInt.of(2),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** Random samples of a number. */
    InputSpikes samples(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] times = new double[network.inputs() * count];
        for (int i = 0; i < times.length; i++) {
            times[i] = random.nextDouble() < inputShare
                    ? EARLY + (LATE - EARLY) * random.nextDouble()
                    : Double.POSITIVE_INFINITY;
        }
        return InputSpikes.ofDense(times, network.inputs());
    }
}
