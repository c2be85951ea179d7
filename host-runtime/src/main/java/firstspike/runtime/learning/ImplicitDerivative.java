package firstspike.runtime.learning;

/** Implicit differentiation at the spike for any ratio of time constants ({@code inloop.md} section 4). */
final class ImplicitDerivative extends SpikeDerivative {
    private final UnitKernel unit;
    private final double slopeScale;
    private final double flatLimit;
    private double[] times;

    ImplicitDerivative(NeuronConstants neuron, int rows, GradientSettings settings, GradientTally tally) {
        super(rows, settings.minSlope(), tally);
        unit = new UnitKernel(neuron.tauMem(), neuron.tauSyn());
        slopeScale = neuron.tauSyn() / (neuron.capacitance() * neuron.thresholdDistance());
        flatLimit = settings.minNormalisedSlope();
    }

    @Override
    LearningRule rule() {
        return LearningRule.IMPLICIT;
    }

    @Override
    void prepare(double[] inputTimes) {
        times = inputTimes;
    }

    @Override
    boolean derive(double[] weights, int offset, double spike) {
        double[] t = times;
        double rise = 0;
        for (int row = 0; row < t.length; row++) {
            if (t[row] < spike) {
                double since = spike - t[row];
                double value = unit.value(since);
                double slope = unit.slope(since, value);
                byWeight[row] = value;
                byTime[row] = slope;
                rise += weights[offset + row] * slope;
            } else {
                byWeight[row] = 0;
                byTime[row] = 0;
            }
        }
        double normalised = rise * slopeScale;
        if (!(rise > 0) || normalised < flatLimit) {
            return flat();
        }
        double factor = 1 / rise;
        if (normalised < minSlope) {
            tally.floored++;
            factor *= normalised / minSlope;
        }
        for (int row = 0; row < t.length; row++) {
            byWeight[row] *= -factor;
            byTime[row] *= factor * weights[offset + row];
        }
        return true;
    }
}
