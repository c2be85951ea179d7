package firstspike.runtime.learning;

/**
 * Exponentials of input times relative to a reference that keeps them in range: the last input of the sample, or the spike
 * itself where a sample spans hundreds of time constants. Mutable scratch of one owner thread.
 */
final class InputExponentials {
    private static final double WIDE_SPAN = 300;

    private final double tau;
    /** (t - reference)/tau of each row; positive infinity for an absent one. */
    final double[] scaled;
    /** exp of {@link #scaled}; any value for an absent row. */
    final double[] exponential;

    private final Exponential powers;
    private double[] times;
    private double reference;
    private boolean wide;

    InputExponentials(int rows, double tau) {
        this.tau = tau;
        scaled = new double[rows];
        exponential = new double[rows];
        powers = new Exponential(rows);
    }

    void prepare(double[] inputTimes) {
        times = inputTimes;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (double t : inputTimes) {
            if (t < Double.POSITIVE_INFINITY) {
                first = Math.min(first, t);
                last = Math.max(last, t);
            }
        }
        wide = (last - first) / tau > WIDE_SPAN;
        fill(wide ? first : last);
    }

    /** Whether each spike has a reference of its own. */
    boolean wide() {
        return wide;
    }

    /** The reference to use for a spike at this time. */
    double reference(double spike) {
        if (wide) {
            fill(spike);
        }
        return reference;
    }

    private void fill(double newReference) {
        reference = newReference;
        for (int row = 0; row < times.length; row++) {
            scaled[row] = (times[row] - reference) / tau;
        }
        if (wide) {
            for (int row = 0; row < times.length; row++) {
                exponential[row] = Exponential.of(scaled[row]);
            }
        } else {
            // that of an absent row is any value, and nobody looks at it
            powers.of(scaled, times.length, exponential);
        }
    }
}
