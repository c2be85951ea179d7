package firstspike.runtime.learning;

/**
 * Exact first spikes for equal time constants with prefix sums a = Σ w e^s and b = Σ w s e^s, times s in units of tau since the
 * first input ({@code java.md} section 5.1). The membrane reaches the threshold where f(s) = a s - b - c e^s is 0; f is concave,
 * so a bound clears most intervals without a transcendental function, and the crossing itself needs no iteration.
 *
 * <p>Two passes over the neurons of a sample: the first finds the interval of each neuron's crossing, the second solves all of
 * them in flat loops, so that the long chains of one solution overlap with those of the next.
 */
final class EqualKernel implements FirstSpikeKernel {
    /** Beyond this span prefix sums lose digits; such samples are walked from input to input. */
    private static final double WIDE_SPAN = 30;

    private static final double GRAZING = 1e-12;

    private final double tau;
    private final double drive;
    private final GeneralKernel wideKernel;
    /** Of each input: time, exponential, time times exponential, threshold times exponential. */
    private final double[] s;

    private final double[] e;
    private final double[] se;
    private final double[] ce;

    /** Crossings of the present sample: neuron, input before it, sums, and what follows from them. */
    private final int[] neuronOf;

    private final int[] inputOf;
    private final double[] aOf;
    private final double[] bOf;
    private final double[] ratio;
    private final double[] steepness;
    private final double[] slope;
    private int crossings;
    private SortedInputs inputs;
    private boolean wide;

    EqualKernel(NeuronConstants neuron, int rows, int neurons) {
        tau = neuron.tauSyn();
        drive = neuron.drive();
        wideKernel = new GeneralKernel(neuron, rows);
        s = new double[rows];
        e = new double[rows];
        se = new double[rows];
        ce = new double[rows];
        neuronOf = new int[neurons];
        inputOf = new int[neurons];
        aOf = new double[neurons];
        bOf = new double[neurons];
        ratio = new double[neurons];
        steepness = new double[neurons];
        slope = new double[neurons];
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
                e[k] = Exponential.of(s[k]);
            }
            se[k] = s[k] * e[k];
            ce[k] = drive * e[k];
        }
    }

    @Override
    public void solve(double[] weights, int offset, int rows, double[] times, int to, int neurons) {
        if (wide) {
            wideKernel.solve(weights, offset, rows, times, to, neurons);
            return;
        }
        crossings = 0;
        for (int neuron = 0; neuron < neurons; neuron++) {
            times[to + neuron] = search(weights, offset + neuron * rows, neuron, 0, 0, 0);
        }
        solveCrossings();
        int found = crossings;
        for (int c = 0; c < found; c++) {
            int neuron = neuronOf[c];
            times[to + neuron] = timeOf(weights, offset + neuron * rows, c);
        }
    }

    /**
     * Looks for the interval of the first crossing. One that is certain, and one after the last input, goes on the list; one
     * that may be is solved here.
     *
     * @param from first input that is not yet in the sums
     * @return the time of a crossing that was solved; else infinity, and the list says more
     */
    private double search(double[] weights, int offset, int neuron, int from, double aBefore, double bBefore) {
        int[] row = inputs.row;
        int last = inputs.count - 1;
        double a = aBefore;
        double b = bBefore;
        for (int k = from; k < last; k++) {
            double w = weights[offset + row[k]];
            a += w * e[k];
            b += w * se[k];
            double end = s[k + 1];
            double f = a * end - b - ce[k + 1];
            double slack = ce[k + 1] - a;
            if (f + Math.abs(slack) * (end - s[k]) < 0 || end == s[k]) {
                continue;
            }
            if (f >= 0) {
                add(neuron, k, a, b);
                return Double.POSITIVE_INFINITY;
            }
            if (slack > 0 && a > ce[k]) {
                double crossing = b / a;
                double rise = LambertW.onePlus(crossing, a, drive, 0);
                if (rise >= 0) {
                    return within(k, inputs.time[0] + tau * (crossing + 1 - rise));
                }
            }
        }
        if (last >= from) {
            double w = weights[offset + row[last]];
            a += w * e[last];
            b += w * se[last];
            if (a > ce[last]) {
                add(neuron, last, a, b);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private void add(int neuron, int input, double a, double b) {
        int c = crossings++;
        neuronOf[c] = neuron;
        inputOf[c] = input;
        aOf[c] = a;
        bOf[c] = b;
    }

    /** 1 + W0 of each crossing on the list, right where its steepness is below the limit of {@link LambertW}. */
    private void solveCrossings() {
        int found = crossings;
        for (int c = 0; c < found; c++) {
            ratio[c] = bOf[c] / aOf[c];
            steepness[c] = Exponential.of(1 + ratio[c]) * (drive / aOf[c]);
        }
        for (int c = 0; c < found; c++) {
            slope[c] = LambertW.onePlus(Math.sqrt(2 * (1 - steepness[c])));
        }
    }

    /**
     * The time of a crossing on the list. Where the end of its interval showed one and the solution does not, which is rounding,
     * the search goes on behind it.
     */
    private double timeOf(double[] weights, int offset, int c) {
        int last = inputs.count - 1;
        double rise = aOf[c] > 0 && steepness[c] < LambertW.STEEP
                ? slope[c]
                : LambertW.nearBranch(ratio[c], aOf[c], drive, inputOf[c] == last ? 0 : GRAZING);
        while (!(rise >= 0)) {
            if (inputOf[c] == last) {
                return Double.POSITIVE_INFINITY;
            }
            crossings = c;
            double time = search(weights, offset, neuronOf[c], inputOf[c] + 1, aOf[c], bOf[c]);
            if (crossings == c) {
                return time;
            }
            ratio[c] = bOf[c] / aOf[c];
            rise = LambertW.onePlus(ratio[c], aOf[c], drive, inputOf[c] == last ? 0 : GRAZING);
        }
        int k = inputOf[c];
        double time = inputs.time[0] + tau * (ratio[c] + 1 - rise);
        return k == last ? Math.max(time, inputs.time[k]) : within(k, time);
    }

    private double within(int k, double time) {
        return Math.min(Math.max(time, inputs.time[k]), inputs.time[k + 1]);
    }
}
