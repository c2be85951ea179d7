package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Chain rule through one layer, sample by sample: adds to the weight gradient and hands the error on to the layer below.
 * Mutable scratch of one owner thread.
 */
abstract sealed class LayerGradient permits NeuronGradient, LaneGradient {
    /** Below so many neurons vector loops over them do not pay. */
    private static final int FEW_LANES = 24;

    /** Sum over the samples, in the order of {@link #rowMajor()}. */
    final double[] sum;

    LayerGradient(LayerModel model) {
        sum = new double[model.weights()];
    }

    /** The gradient of a layer by the rule of the settings. */
    static LayerGradient of(LayerModel model, GradientSettings settings, GradientTally tally) {
        return settings.rule() == LearningRule.CLOSED_FORM_EQUAL && model.size() >= FEW_LANES
                ? new LaneGradient(model, settings, tally)
                : new NeuronGradient(model, settings, tally);
    }

    /** Whether weights and sum are (row, neuron), else neuron-major. */
    boolean rowMajor() {
        return false;
    }

    /** Forgets the sum. */
    final void clear() {
        Arrays.fill(sum, 0);
    }

    /**
     * Works on one sample.
     *
     * @param in input times, {@code inputs} per sample
     * @param out spike times of the layer, {@code size} per sample, computed or measured
     * @param sample index in both
     * @param error dL/dT of the layer's neurons; NaN counts as 0
     * @param weights in the order of {@link #rowMajor()}
     * @param errorBelow receives dL/dt of the inputs (set, not added); null where nobody asks
     */
    abstract void add(double[] in, double[] out, int sample, double[] error, double[] weights, double[] errorBelow);
}
