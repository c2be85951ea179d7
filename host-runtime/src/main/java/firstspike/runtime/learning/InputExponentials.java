package firstspike.runtime.learning;

/**
 * Exponentials of input times relative to a reference that keeps them in range: the last input of the sample, or the spike
 * itself where a sample spans hundreds of time constants. Mutable scratch of one owner thread.
 */
class InputExponentials {
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
    /** Times of the first and the last input that is there; infinite without one. */
    double first;

    double last;

    InputExponentials(int rows, double tau) {
        this(rows, tau, new Exponential(rows));
    }

    InputExponentials(int rows, double tau, Exponential powers) {
        this.tau = tau;
        this.powers = powers;
        scaled = new double[rows];
        exponential = new double[rows];
    }

    final void prepare(double[] inputTimes) {
        times = inputTimes;
        findSpan(inputTimes);
        wide = (last - first) / tau > WIDE_SPAN;
        fill(wide ? first : last);
    }

    /** Sets {@link #first} and {@link #last}. */
    void findSpan(double[] inputTimes) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double t : inputTimes) {
            least = t < least ? t : least;
            most = t > most && t < Double.POSITIVE_INFINITY ? t : most;
        }
        first = least;
        last = most;
    }

    /** Whether each spike has a reference of its own. */
    final boolean wide() {
        return wide;
    }

    /** The reference to use for a spike at this time. */
    final double reference(double spike) {
        if (wide) {
            fill(spike);
        }
        return reference;
    }

    private void fill(double newReference) {
        reference = newReference;
        for (int row = 0; row < times.length; row++) {
            scaled[row] = times[row] - reference;
        }
        if (tau != 1) {
            for (int row = 0; row < times.length; row++) {
                scaled[row] /= tau;
            }
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
