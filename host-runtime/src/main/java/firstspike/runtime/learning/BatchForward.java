package firstspike.runtime.learning;

import java.util.List;

/**
 * Exact first spike times of a feed-forward network for batches of samples. Fast forms for tauMem = tauSyn and 2 tauSyn, the
 * general solution otherwise; the same bits for any number of threads. One owner thread.
 */
public final class BatchForward implements ForwardPass {
    private final List<LayerModel> layers;
    private final Shards shards;
    private final LayerSolver[][] solvers;
    private final double[][] weights;

    /**
     * Makes the scratch arrays.
     *
     * @param layers from input to output; the inputs of a layer are the neurons of the one before
     * @param shards threads to use, stays owned by the caller
     */
    public BatchForward(List<LayerModel> layers, Shards shards) {
        this(layers, shards, Kernels.chosen());
    }

    /** With loops of a form. */
    BatchForward(List<LayerModel> layers, Shards shards, Kernels kernels) {
        this.layers = List.copyOf(layers);
        this.shards = shards;
        requireChain(this.layers);
        solvers = new LayerSolver[Shards.COUNT][layers.size()];
        weights = new double[layers.size()][];
        for (int layer = 0; layer < layers.size(); layer++) {
            for (LayerSolver[] own : solvers) {
                own[layer] = new LayerSolver(layer, layers.get(layer), kernels.kernel(layers.get(layer)));
            }
            weights[layer] = new double[layers.get(layer).blocked(solvers[0][layer].lanes())];
        }
    }

    @Override
    public void load(double[][] matrices) {
        for (int layer = 0; layer < weights.length; layer++) {
            layers.get(layer).requireWeights(layer, matrices[layer]);
            layers.get(layer).toBlocks(matrices[layer], solvers[0][layer].lanes(), weights[layer]);
        }
    }

    @Override
    public void run(int samples, double[] inputs, double[][] out) {
        shards.forEach(samples, (shard, from, to) -> {
            for (int sample = from; sample < to; sample++) {
                double[] in = inputs;
                for (int layer = 0; layer < out.length; layer++) {
                    solvers[shard][layer].solve(in, sample, weights[layer], out[layer]);
                    in = out[layer];
                }
            }
        });
    }

    static void requireChain(List<LayerModel> layers) {
        for (int layer = 1; layer < layers.size(); layer++) {
            int before = layers.get(layer - 1).size();
            if (layers.get(layer).inputs() != before) {
                throw new IllegalArgumentException("layer " + layer + " has "
                        + layers.get(layer).inputs() + " inputs (expected: " + before + ", the size of layer "
                        + (layer - 1) + ")");
            }
        }
    }
}
