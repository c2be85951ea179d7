package firstspike.runtime.learning;

/**
 * Exact first spike for equal time constants with prefix sums a = Σ w e^s and b = Σ w s e^s, times s in units of tau since the
 * first input ({@code java.md} section 5.1). The membrane reaches the threshold where f(s) = a s - b - c e^s is 0; f is concave,
 * so a bound clears most intervals without a transcendental function, and the crossing itself needs no iteration.
 */
final class EqualKernel implements FirstSpikeKernel {
    /** Beyond this span prefix sums lose digits; such samples are walked from input to input. */
    private static final double WIDE_SPAN = 30;

    private static final double GRAZING = 1e-12;

    private final double tau;
    private final double drive;
    private final GeneralKernel wideKernel;
    private final double[] s;
    private final double[] e;
    private final double[] se;
    private final double[] ce;
    private SortedInputs inputs;
    private boolean wide;

    EqualKernel(NeuronConstants neuron, int rows) {
        tau = neuron.tauSyn();
        drive = neuron.drive();
        wideKernel = new GeneralKernel(neuron);
        s = new double[rows];
        e = new double[rows];
        se = new double[rows];
        ce = new double[rows];
    }

    @Override
    public Kind kind() {
        return Kind.EQUAL;
    }

    @Override
    public void prepare(SortedInputs sorted) {
        inputs = sorted;
        int count = sorted.count;
        double[] time = sorted.time;
        wide = count > 0 && !((time[count - 1] - time[0]) / tau <= WIDE_SPAN);
        if (wide) {
            wideKernel.prepare(sorted);
            return;
        }
        for (int k = 0; k < count; k++) {
            if (k > 0 && time[k] == time[k - 1]) {
                s[k] = s[k - 1];
                e[k] = e[k - 1];
            } else {
                s[k] = (time[k] - time[0]) / tau;
                e[k] = StrictMath.exp(s[k]);
            }
            se[k] = s[k] * e[k];
            ce[k] = drive * e[k];
        }
    }

    @Override
    public double solve(double[] weights, int offset) {
        if (wide) {
            return wideKernel.solve(weights, offset);
        }
        int[] row = inputs.row;
        int last = inputs.count - 1;
        double a = 0;
        double b = 0;
        for (int k = 0; k < last; k++) {
            double w = weights[offset + row[k]];
            a += w * e[k];
            b += w * se[k];
            double end = s[k + 1];
            double f = a * end - b - ce[k + 1];
            double slack = ce[k + 1] - a;
            if (f + Math.abs(slack) * (end - s[k]) < 0 || end == s[k]) {
                continue;
            }
            if (f >= 0 || (slack > 0 && a > ce[k])) {
                double time = crossing(a, b, f >= 0 ? GRAZING : 0);
                if (time < Double.POSITIVE_INFINITY) {
                    return Math.min(Math.max(time, inputs.time[k]), inputs.time[k + 1]);
                }
            }
        }
        if (last >= 0) {
            double w = weights[offset + row[last]];
            a += w * e[last];
            b += w * se[last];
            if (a > ce[last]) {
                return Math.max(crossing(a, b, 0), inputs.time[last]);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The upward crossing of the present sums, infinity when their peak stays below the threshold. */
    private double crossing(double a, double b, double tolerance) {
        double ratio = b / a;
        double slope = LambertW.onePlus(ratio, a, drive, tolerance);
        return slope >= 0 ? inputs.time[0] + tau * (ratio + 1 - slope) : Double.POSITIVE_INFINITY;
    }
}
