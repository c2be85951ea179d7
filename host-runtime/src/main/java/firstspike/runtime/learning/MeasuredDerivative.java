package firstspike.runtime.learning;

/**
 * Implicit differentiation with the measured constants of each neuron ({@code inloop.md} section 4): inputs with positive and
 * with negative weights have kernels of their own, and negative ones a strength of their own.
 */
final class MeasuredDerivative extends SlopeDerivative {
    private final UnitKernel[] excitatory;
    private final UnitKernel[] inhibitory;
    private final MeasuredNeurons neurons;
    private int selected;

    MeasuredDerivative(
            NeuronConstants nominal,
            MeasuredNeurons neurons,
            int rows,
            GradientSettings settings,
            GradientTally tally) {
        super(nominal, rows, settings, tally);
        this.neurons = neurons;
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
        return scale(weights, offset, rise);
    }
}
