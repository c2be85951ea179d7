package firstspike.runtime.learning;

import java.util.Arrays;
import java.util.List;

/**
 * Loss of a batch and the gradient of all weights from the spike times of all layers, computed or measured. The same bits for
 * any number of threads. One owner thread.
 */
public final class BatchGradient {
    private final List<LayerModel> layers;
    private final Loss loss;
    private final Shards shards;
    private final Shard[] parts = new Shard[Shards.COUNT];
    /** Of each layer in the order that its gradient takes, as the sums. */
    private final double[][] weights;

    private final double[][] sums;
    private GradientCounts counts = GradientCounts.NONE;

    /**
     * Makes the scratch arrays.
     *
     * @param layers from input to output, at least one
     * @param settings rule and limits
     * @param loss loss of the last layer's times
     * @param shards threads to use, stays owned by the caller
     * @throws IllegalArgumentException if the rule does not fit the time constants
     */
    public BatchGradient(List<LayerModel> layers, GradientSettings settings, Loss loss, Shards shards) {
        this(layers, settings, loss, shards, Kernels.chosen());
    }

    /** With loops of a form. */
    BatchGradient(List<LayerModel> layers, GradientSettings settings, Loss loss, Shards shards, Kernels kernels) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network of 0 layers (expected: at least 1)");
        }
        this.layers = List.copyOf(layers);
        this.loss = loss;
        this.shards = shards;
        BatchForward.requireChain(this.layers);
        weights = new double[layers.size()][];
        sums = new double[layers.size()][];
        for (int shard = 0; shard < parts.length; shard++) {
            parts[shard] = new Shard(settings, kernels);
        }
        for (int layer = 0; layer < weights.length; layer++) {
            weights[layer] = new double[parts[0].chain[layer].weights()];
            sums[layer] = new double[parts[0].chain[layer].sum.length];
        }
    }

    /**
     * Computes loss and gradient.
     *
     * @param samples number of samples, 0 or more
     * @param inputs input times, sample after sample
     * @param times spike times per layer, sample after sample
     * @param labels true label of each sample
     * @param matrices float weights per layer (presynaptic, postsynaptic)
     * @param gradient receives dL/dw in the same layout
     * @return mean loss of the samples, 0 for none
     * @throws IllegalArgumentException for a label out of range or a wrong length
     * @throws IllegalStateException for a weight or a gradient that is not finite, naming layer, input and neuron
     */
    public double compute(
            int samples, double[] inputs, double[][] times, int[] labels, double[][] matrices, double[][] gradient) {
        int classes = layers.get(layers.size() - 1).size();
        for (int sample = 0; sample < samples; sample++) {
            if (labels[sample] < 0 || labels[sample] >= classes) {
                throw new IllegalArgumentException("label of sample " + sample + " : " + labels[sample]
                        + " (expected: 0.." + (classes - 1) + ", one per label neuron)");
            }
        }
        for (int layer = 0; layer < weights.length; layer++) {
            layers.get(layer).requireWeights(layer, matrices[layer]);
            parts[0].chain[layer].arrange(matrices[layer], weights[layer]);
        }
        for (Shard part : parts) {
            part.used = false;
        }
        shards.forEach(samples, (shard, from, to) -> {
            parts[shard].clear();
            for (int sample = from; sample < to; sample++) {
                parts[shard].add(inputs, times, sample, labels[sample], samples);
            }
        });
        return collect(samples, gradient);
    }

    /**
     * Counts of the last computation.
     *
     * @return dropped, floored, flat and non-finite contributions
     */
    public GradientCounts counts() {
        return counts;
    }

    /**
     * The loss.
     *
     * @return as given
     */
    public Loss loss() {
        return loss;
    }

    private double collect(int samples, double[][] gradient) {
        double total = 0;
        counts = GradientCounts.NONE;
        for (double[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        for (Shard part : parts) {
            if (part.used) {
                total += part.loss;
                counts = counts.plus(part.tally.counts());
                for (int layer = 0; layer < sums.length; layer++) {
                    add(part.chain[layer].sum, sums[layer]);
                }
            }
        }
        for (int layer = 0; layer < gradient.length; layer++) {
            layers.get(layer).fromBlocks(sums[layer], parts[0].chain[layer].lanes, gradient[layer]);
            int size = layers.get(layer).size();
            for (int i = 0; i < gradient[layer].length; i++) {
                if (!Double.isFinite(gradient[layer][i])) {
                    throw new IllegalStateException("layer " + layer + ", input " + i / size + ", neuron " + i % size
                            + ": gradient " + gradient[layer][i] + " (expected: finite); the step is not applied");
                }
            }
        }
        return samples == 0 ? 0 : total / samples;
    }

    private static void add(double[] part, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += part[i];
        }
    }

    /** Sums and scratch of one shard. */
    private final class Shard {
        private final GradientTally tally = new GradientTally();
        private final LayerGradient[] chain = new LayerGradient[layers.size()];
        private final double[][] error = new double[layers.size()][];
        private double loss;
        private boolean used;

        Shard(GradientSettings settings, Kernels kernels) {
            for (int layer = 0; layer < chain.length; layer++) {
                chain[layer] = kernels.gradient(layers.get(layer), settings, tally);
                error[layer] = new double[layers.get(layer).size()];
            }
        }

        void clear() {
            used = true;
            tally.clear();
            loss = 0;
            for (LayerGradient layer : chain) {
                layer.clear();
            }
        }

        void add(double[] inputs, double[][] times, int sample, int label, int samples) {
            int last = chain.length - 1;
            double[] top = error[last];
            loss += BatchGradient.this.loss.evaluate(times[last], sample * top.length, label, top);
            for (int j = 0; j < top.length; j++) {
                top[j] /= samples;
            }
            for (int layer = last; layer >= 0; layer--) {
                double[] in = layer == 0 ? inputs : times[layer - 1];
                double[] below = layer == 0 ? null : error[layer - 1];
                chain[layer].add(in, times[layer], sample, error[layer], weights[layer], below);
            }
        }
    }
}
