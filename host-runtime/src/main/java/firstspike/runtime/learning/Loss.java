package firstspike.runtime.learning;

/**
 * Loss of the label layer's spike times, its gradient and the class decision ({@code inloop.md} section 7). Times in units of
 * {@code tauSyn} 1. A sample whose true label neuron is silent has a constant loss and no gradient; silent neurons have no
 * gradient.
 */
public sealed interface Loss permits CrossEntropyLoss, MeanSquaredLoss, ShiftInvariantLoss {
    /** Loss of a sample whose true label neuron stays silent, unless configured otherwise. */
    double MISSING_TRUE_LABEL = 100;

    /** The family of losses. */
    enum Kind {
        /** {@link CrossEntropyLoss}. */
        TTFS_CROSS_ENTROPY,
        /** {@link MeanSquaredLoss}. */
        MSE,
        /** {@link ShiftInvariantLoss}. */
        SHIFT_INVARIANT_MSE
    }

    /**
     * Which loss this is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Loss of one sample and its gradient, neither divided by the batch size.
     *
     * @param times label times, {@code gradient.length} from {@code offset}; positive infinity is silent
     * @param offset where the sample begins
     * @param label index of the true label neuron
     * @param gradient receives dL/dT of each label neuron
     * @return the loss
     */
    double evaluate(double[] times, int offset, int label, double[] gradient);

    /**
     * Class of one sample: the earliest label spike unless the loss says otherwise; the lowest index wins a tie.
     *
     * @param times label times from {@code offset}
     * @param offset where the sample begins
     * @param labels number of label neurons
     * @return index, -1 when no label neuron spiked
     */
    default int classify(double[] times, int offset, int labels) {
        int best = -1;
        double earliest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < labels; j++) {
            if (times[offset + j] < earliest) {
                earliest = times[offset + j];
                best = j;
            }
        }
        return best;
    }
}
