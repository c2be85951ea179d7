package firstspike.runtime.learning;

/**
 * Derivatives of one spike time by the weights and times of its inputs. Inputs of a sample are prepared once, then each neuron is
 * derived; results stay in {@link #byWeight} and {@link #byTime} until the next one. Mutable scratch of one owner thread.
 */
abstract sealed class SpikeDerivative permits EqualDerivative, DoubleDerivative, ImplicitDerivative {
    /** dT/dw of each row, 0 for rows that are not causal. */
    final double[] byWeight;
    /** dT/dt of each row, 0 for rows that are not causal. */
    final double[] byTime;

    final double minSlope;
    final GradientTally tally;

    SpikeDerivative(int rows, double minSlope, GradientTally tally) {
        byWeight = new double[rows];
        byTime = new double[rows];
        this.minSlope = minSlope;
        this.tally = tally;
    }

    /** Which rule this is. */
    abstract LearningRule rule();

    /** Takes the input times of the next sample, biases included; positive infinity is absent. */
    abstract void prepare(double[] times);

    /**
     * Derives a finite spike time.
     *
     * @param weights neuron-major weights, rows from {@code offset}
     * @param spike the neuron's spike time, computed or measured
     * @return false when the derivatives are 0 (no model spike, flat), which is then not in the arrays
     */
    abstract boolean derive(double[] weights, int offset, double spike);

    /** Counts a spike without usable slope. */
    final boolean flat() {
        tally.flat++;
        return false;
    }

    /** The rule of the settings for a neuron. */
    static SpikeDerivative of(GradientSettings settings, NeuronConstants neuron, int rows, GradientTally tally) {
        if (!settings.rule().fits(neuron)) {
            throw new IllegalArgumentException(
                    "learning rule " + settings.rule().id() + " for tauMem "
                            + neuron.tauMem() + " and tauSyn " + neuron.tauSyn()
                            + " (expected: the rule's ratio); use implicit, which takes any ratio");
        }
        return switch (settings.rule()) {
            case CLOSED_FORM_EQUAL -> new EqualDerivative(neuron, rows, settings.minSlope(), tally);
            case CLOSED_FORM_DOUBLE -> new DoubleDerivative(neuron, rows, settings.minSlope(), tally);
            case IMPLICIT -> new ImplicitDerivative(neuron, rows, settings, tally);
            case IMPLICIT_MEASURED ->
                throw new UnsupportedOperationException(
                        "learning rule implicit-measured is not built yet (built: closed-form-equal, closed-form-double,"
                                + " implicit); use implicit");
        };
    }
}
