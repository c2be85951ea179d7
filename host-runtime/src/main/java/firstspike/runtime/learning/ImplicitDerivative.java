package firstspike.runtime.learning;

/** Implicit differentiation at the spike for any ratio of time constants ({@code inloop.md} section 4). */
final class ImplicitDerivative extends SlopeDerivative {
    private final UnitKernel unit;

    ImplicitDerivative(NeuronConstants neuron, int rows, GradientSettings settings, GradientTally tally) {
        super(neuron, rows, settings, tally);
        unit = new UnitKernel(neuron.tauMem(), neuron.tauSyn());
    }

    @Override
    LearningRule rule() {
        return LearningRule.IMPLICIT;
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
        return scale(weights, offset, rise);
    }
}
