package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Derivatives of one spike time by the weights and times of its inputs. Inputs of a sample are prepared once, then each neuron is
 * derived; results stay in {@link #byWeight} and {@link #byTime} until the next one, for the first {@link #count} rows of
 * {@link #causal}; all other rows have derivative 0. Mutable scratch of one owner thread.
 */
abstract sealed class SpikeDerivative permits EqualDerivative, DoubleDerivative, SlopeDerivative {
    /** dT/dw by row. */
    final double[] byWeight;
    /** dT/dt by row. */
    final double[] byTime;
    /** Rows that the derivatives are of, ascending. */
    final int[] causal;
    /** How many. */
    int count;
    /** Whether {@link #byTime} is asked for. */
    boolean timesWanted = true;

    final double minSlope;
    final GradientTally tally;

    SpikeDerivative(int rows, double minSlope, GradientTally tally) {
        byWeight = new double[rows];
        byTime = new double[rows];
        causal = new int[rows];
        Arrays.setAll(causal, row -> row);
        count = rows;
        this.minSlope = minSlope;
        this.tally = tally;
    }

    /** Which rule this is. */
    abstract LearningRule rule();

    /** Takes the input times of the next sample, biases included; positive infinity is absent. */
    abstract void prepare(double[] times);

    /**
     * Sees all neurons of the sample that will be derived, before the first one; a rule may solve what they have in common.
     *
     * @param weights neuron-major, all neurons
     * @param spikes spike times from {@code from} on
     * @param from of the first neuron
     * @param errors one a neuron; neurons of error 0 are not derived
     */
    void lookAhead(double[] weights, double[] spikes, int from, double[] errors) {}

    /** Takes the number of the next neuron; only rules that know each neuron look at it. */
    void select(int neuron) {}

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

    /** The rule of the settings for neurons of which nothing was measured. */
    static SpikeDerivative of(GradientSettings settings, NeuronConstants neuron, int rows, GradientTally tally) {
        return of(settings, new LayerModel(rows, new double[0], 1, neuron), rows, tally);
    }

    /** The rule of the settings for the neurons of a layer. */
    static SpikeDerivative of(GradientSettings settings, LayerModel layer, int rows, GradientTally tally) {
        NeuronConstants neuron = layer.neuron();
        if (!settings.rule().fits(neuron)) {
            throw new IllegalArgumentException(
                    "learning rule " + settings.rule().id() + " for tauMem "
                            + neuron.tauMem() + " and tauSyn " + neuron.tauSyn()
                            + " (expected: the rule's ratio); use implicit, which takes any ratio");
        }
        return switch (settings.rule()) {
            case CLOSED_FORM_EQUAL -> new EqualDerivative(layer, rows, settings.minSlope(), tally);
            case CLOSED_FORM_DOUBLE -> new DoubleDerivative(neuron, rows, settings.minSlope(), tally);
            case IMPLICIT -> new ImplicitDerivative(neuron, rows, settings, tally);
            case IMPLICIT_MEASURED ->
                new MeasuredDerivative(
                        neuron,
                        layer.measured()
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "learning rule implicit-measured for a layer without measured neurons"
                                                + " (expected: those of a calibration); use implicit")),
                        rows,
                        settings,
                        tally);
            case EVENT_PROP, EVENT_PROP_MEASURED ->
                throw new IllegalArgumentException("learning rule "
                        + settings.rule().id() + " learns from trains (expected: a rule of first spikes)");
        };
    }
}
