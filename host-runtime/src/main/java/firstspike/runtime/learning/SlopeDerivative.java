package firstspike.runtime.learning;

/**
 * Derivatives from the slope of the membrane at the spike ({@code inloop.md} section 4): rules differ in the kernels that they
 * sum up, not in what follows from the sum.
 */
abstract sealed class SlopeDerivative extends SpikeDerivative permits ImplicitDerivative, MeasuredDerivative {
    private final double slopeScale;
    private final double flatLimit;
    /** Input times of the present sample. */
    double[] times;

    SlopeDerivative(NeuronConstants neuron, int rows, GradientSettings settings, GradientTally tally) {
        super(rows, settings.minSlope(), tally);
        slopeScale = neuron.tauSyn() / (neuron.capacitance() * neuron.thresholdDistance());
        flatLimit = settings.minNormalisedSlope();
    }

    @Override
    final void prepare(double[] inputTimes) {
        times = inputTimes;
    }

    /**
     * Turns what each row adds to the membrane and to its slope, in the arrays, into derivatives of the spike time.
     *
     * @param rise slope of the membrane at the spike
     * @return false when it is flat
     */
    final boolean scale(double[] weights, int offset, double rise) {
        double normalised = rise * slopeScale;
        if (!(rise > 0) || normalised < flatLimit) {
            return flat();
        }
        double factor = 1 / rise;
        if (normalised < minSlope) {
            tally.floored++;
            factor *= normalised / minSlope;
        }
        for (int row = 0; row < times.length; row++) {
            byWeight[row] *= -factor;
            byTime[row] *= factor * weights[offset + row];
        }
        return true;
    }
}
