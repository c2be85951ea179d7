package firstspike.runtime.learning;

/**
 * Implicit differentiation with the measured constants of each neuron ({@code inloop.md} section 4): inputs with positive and
 * with negative weights have kernels of their own, and negative ones a strength of their own.
 */
final class MeasuredDerivative extends SpikeDerivative {
    private final UnitKernel[] excitatory;
    private final UnitKernel[] inhibitory;
    private final MeasuredNeurons neurons;
    private final double slopeScale;
    private final double flatLimit;
    private int selected;
    private double[] times;

    MeasuredDerivative(
            NeuronConstants nominal,
            MeasuredNeurons neurons,
            int rows,
            GradientSettings settings,
            GradientTally tally) {
        super(rows, settings.minSlope(), tally);
        this.neurons = neurons;
        slopeScale = nominal.tauSyn() / (nominal.capacitance() * nominal.thresholdDistance());
        flatLimit = settings.minNormalisedSlope();
        excitatory = new UnitKernel[neurons.size()];
        inhibitory = new UnitKernel[neurons.size()];
        for (int n = 0; n < excitatory.length; n++) {
            excitatory[n] = new UnitKernel(neurons.tauMem(n), neurons.tauSyn(n, false));
            inhibitory[n] = new UnitKernel(neurons.tauMem(n), neurons.tauSyn(n, true));
        }
    }

    @Override
    LearningRule rule() {
        return LearningRule.IMPLICIT_MEASURED;
    }

    @Override
    void prepare(double[] inputTimes) {
        times = inputTimes;
    }

    @Override
    void select(int neuron) {
        selected = neuron;
    }

    @Override
    boolean derive(double[] weights, int offset, double spike) {
        double[] t = times;
        double strength = neurons.ratio(selected);
        double rise = 0;
        for (int row = 0; row < t.length; row++) {
            if (t[row] < spike) {
                boolean negative = weights[offset + row] < 0;
                UnitKernel unit = negative ? inhibitory[selected] : excitatory[selected];
                double factor = negative ? strength : 1;
                double since = spike - t[row];
                double value = unit.value(since);
                double slope = factor * unit.slope(since, value);
                byWeight[row] = factor * value;
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
