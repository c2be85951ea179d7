package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Chain rule through one layer, sample by sample: adds to the weight gradient and hands the error on to the layer below.
 * Mutable scratch of one owner thread.
 */
abstract class LayerGradient {
    /** Sum over the samples, in blocks of {@link #lanes} neurons. */
    final double[] sum;
    /** Neurons that stand side by side in {@link #sum}. */
    final int lanes;

    final LayerModel model;

    LayerGradient(LayerModel model, int lanes, int length) {
        this.model = model;
        this.lanes = lanes;
        sum = new double[length];
    }

    /** Forgets the sum. */
    final void clear() {
        Arrays.fill(sum, 0);
    }

    /** Length of the weights that {@link #add} takes. */
    int weights() {
        return sum.length;
    }

    /** Brings weights of the public order into that of {@link #add}. */
    void arrange(double[] matrix, double[] weights) {
        model.toBlocks(matrix, lanes, weights);
    }

    /**
     * Works on one sample.
     *
     * @param in input times, {@code inputs} per sample
     * @param out spike times of the layer, {@code size} per sample, computed or measured
     * @param sample index in both
     * @param error dL/dT of the layer's neurons; NaN counts as 0
     * @param weights as arranged
     * @param errorBelow receives dL/dt of the inputs (set, not added); null where nobody asks
     */
    abstract void add(double[] in, double[] out, int sample, double[] error, double[] weights, double[] errorBelow);
}
