package firstspike.runtime.learning;

/**
 * The inputs of one sample as equal time constants want them, and the search of one neuron over them. Times s are in units of tau
 * since the first input; with prefix sums a = Σ w e^s and b = Σ w s e^s the membrane reaches the threshold where
 * f(s) = a s - b - c e^s is 0 ({@code java.md} section 5.1). Mutable scratch of one owner thread.
 */
final class EqualSample {
    /** No input. */
    static final int NONE = -1;

    /** Beyond this span prefix sums lose digits; such samples are walked from input to input. */
    private static final double WIDE_SPAN = 30;

    private static final double GRAZING = 1e-12;

    final double tau;
    final double drive;
    /** Of each input: time, exponential, time times exponential, threshold times exponential. */
    final double[] s;

    final double[] e;
    final double[] se;
    final double[] ce;

    SortedInputs inputs;
    /** Sums with the input that {@link #next} stopped at. */
    double a;

    double b;

    private final Exponential powers;

    /**
     * Makes the arrays.
     *
     * @param powers for at least as many numbers as there are rows
     */
    EqualSample(NeuronConstants neuron, int rows, Exponential powers) {
        tau = neuron.tauSyn();
        drive = neuron.drive();
        this.powers = powers;
        s = new double[rows];
        e = new double[rows];
        se = new double[rows];
        ce = new double[rows];
    }

    /**
     * Takes the next sample.
     *
     * @return false when it is too long for prefix sums; the arrays are then not set
     */
    boolean prepare(SortedInputs sorted) {
        inputs = sorted;
        int count = sorted.count;
        double[] time = sorted.time;
        if (count > 0 && !((time[count - 1] - time[0]) / tau <= WIDE_SPAN)) {
            return false;
        }
        double first = count > 0 ? time[0] : 0;
        for (int k = 0; k < count; k++) {
            s[k] = time[k] - first;
        }
        if (tau != 1) {
            for (int k = 0; k < count; k++) {
                s[k] /= tau;
            }
        }
        powers.of(s, count, e);
        for (int k = 0; k < count; k++) {
            se[k] = s[k] * e[k];
            ce[k] = drive * e[k];
        }
        return true;
    }

    /**
     * Finds the next input after which the neuron may cross: its interval ends over the threshold, or its peak lies within and
     * a bound of it over the threshold. Needs sums without that input and leaves those with the one that it stops at.
     *
     * @param offset of the neuron's first weight
     * @param stride from the weight of a row to that of the next
     * @param from first input that is not yet in the sums
     * @return the input, or {@link #NONE}
     */
    int next(double[] weights, int offset, int stride, int from) {
        int[] row = inputs.row;
        int last = inputs.count - 1;
        double sumA = a;
        double sumB = b;
        int found = NONE;
        int k = from;
        for (; k < last; k++) {
            double w = weights[offset + row[k] * stride];
            sumA += w * e[k];
            sumB += w * se[k];
            double f = sumA * s[k + 1] - sumB - ce[k + 1];
            double slack = ce[k + 1] - sumA;
            if (f + Math.abs(slack) * (s[k + 1] - s[k]) >= 0
                    && s[k + 1] != s[k]
                    && (f >= 0 || slack > 0 && sumA > ce[k])) {
                found = k;
                break;
            }
        }
        if (k == last) {
            double w = weights[offset + row[last] * stride];
            sumA += w * e[last];
            sumB += w * se[last];
            found = sumA > ce[last] ? last : NONE;
        }
        a = sumA;
        b = sumB;
        return found;
    }

    /**
     * The time of a crossing whose sums are {@link #a} and {@link #b}, near the branch point too. Where the solution shows that
     * there is none the search goes on behind it.
     *
     * @param at the input that {@link #next} stopped at
     * @return the time, or infinity
     */
    double settle(double[] weights, int offset, int stride, int at) {
        int last = inputs.count - 1;
        for (int k = at; k != NONE; k = k == last ? NONE : next(weights, offset, stride, k + 1)) {
            // an end over the threshold is certain, and a solution that misses it by rounding is none
            boolean certain = k < last && a * s[k + 1] - b - ce[k + 1] >= 0;
            double ratio = b / a;
            double rise = LambertW.onePlus(ratio, a, drive, certain ? GRAZING : 0);
            if (rise >= 0) {
                return time(k, ratio, rise);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The time of a crossing after an input, within its interval whatever rounding did. */
    double time(int k, double ratio, double rise) {
        double time = inputs.time[0] + tau * (ratio + 1 - rise);
        double after = Math.max(time, inputs.time[k]);
        return k + 1 < inputs.count ? Math.min(after, inputs.time[k + 1]) : after;
    }
}
