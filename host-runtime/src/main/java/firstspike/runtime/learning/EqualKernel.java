package firstspike.runtime.learning;

import java.util.Arrays;

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
    /** Below so many neurons vector loops over them do not pay. */
    private static final int FEW_LANES = 24;
    /** Inputs that are summed up before anybody looks whether a neuron crossed. */
    private static final int AHEAD = 8;

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
    private final Exponential powers;

    /** Neurons side by side: sums, those of some inputs ahead with their bounds, the highest bound, whether a spike is found. */
    private final double[] aOfLane;

    private final double[] bOfLane;
    private final double[] aAhead;
    private final double[] bAhead;
    private final double[] bound;
    private final double[] highest;
    private final boolean[] found;
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
        powers = new Exponential(Math.max(rows, neurons));
        int lanes = neurons < FEW_LANES ? 0 : neurons;
        aOfLane = new double[lanes];
        bOfLane = new double[lanes];
        aAhead = new double[AHEAD * lanes];
        bAhead = new double[AHEAD * lanes];
        bound = new double[AHEAD * lanes];
        highest = new double[lanes];
        found = new boolean[lanes];
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
            s[k] = (time[k] - time[0]) / tau;
        }
        powers.of(s, count, e);
        for (int k = 0; k < count; k++) {
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
            times[to + neuron] = search(weights, offset + neuron * rows, 1, neuron, 0, 0, 0);
        }
        solveCrossings();
        int n = crossings;
        for (int c = 0; c < n; c++) {
            int neuron = neuronOf[c];
            times[to + neuron] = timeOf(weights, offset + neuron * rows, 1, c);
        }
    }

    @Override
    public boolean takesRowMajor() {
        return aOfLane.length > 0;
    }

    @Override
    public void solveRowMajor(double[] weights, double[] times, int to, int neurons) {
        if (wide) {
            wideKernel.solveRowMajor(weights, times, to, neurons);
            return;
        }
        crossings = 0;
        Arrays.fill(times, to, to + neurons, Double.POSITIVE_INFINITY);
        searchLanes(weights, times, to, neurons);
        solveCrossings();
        int n = crossings;
        for (int c = 0; c < n; c++) {
            int neuron = neuronOf[c];
            times[to + neuron] = timeOf(weights, neuron, neurons, c);
        }
    }

    /** The search with neurons side by side: sums and bounds of a few inputs at a time, then a look at what passed. */
    private void searchLanes(double[] weights, double[] times, int to, int neurons) {
        int last = inputs.count - 1;
        Arrays.fill(aOfLane, 0, neurons, 0);
        Arrays.fill(bOfLane, 0, neurons, 0);
        Arrays.fill(found, 0, neurons, false);
        for (int from = 0; from < last; from += AHEAD) {
            int end = Math.min(last, from + AHEAD);
            Arrays.fill(highest, 0, neurons, -1);
            for (int k = from; k < end; k++) {
                sumUpLanes(weights, k, (k - from) * neurons, neurons);
            }
            for (int neuron = 0; neuron < neurons; neuron++) {
                if (highest[neuron] >= 0 && !found[neuron]) {
                    judge(times, to, neuron, neurons, from, end);
                }
            }
        }
        if (last >= 0) {
            int base = inputs.row[last] * neurons;
            for (int neuron = 0; neuron < neurons; neuron++) {
                double w = weights[base + neuron];
                aOfLane[neuron] += w * e[last];
                bOfLane[neuron] += w * se[last];
            }
            for (int neuron = 0; neuron < neurons; neuron++) {
                if (aOfLane[neuron] > ce[last] && !found[neuron]) {
                    add(neuron, last, aOfLane[neuron], bOfLane[neuron]);
                }
            }
        }
    }

    private void sumUpLanes(double[] weights, int k, int to, int neurons) {
        int base = inputs.row[k] * neurons;
        double ek = e[k];
        double sek = se[k];
        double end = s[k + 1];
        double level = ce[k + 1];
        double length = end - s[k];
        double[] a = aOfLane;
        double[] b = bOfLane;
        for (int n = 0; n < neurons; n++) {
            a[n] += weights[base + n] * ek;
        }
        for (int n = 0; n < neurons; n++) {
            b[n] += weights[base + n] * sek;
        }
        System.arraycopy(a, 0, aAhead, to, neurons);
        System.arraycopy(b, 0, bAhead, to, neurons);
        if (length == 0) {
            Arrays.fill(bound, to, to + neurons, -1);
            return;
        }
        for (int n = 0; n < neurons; n++) {
            bound[to + n] = a[n] * end - b[n] - level;
        }
        for (int n = 0; n < neurons; n++) {
            bound[to + n] += Math.abs(level - a[n]) * length;
        }
        for (int n = 0; n < neurons; n++) {
            highest[n] = Math.max(highest[n], bound[to + n]);
        }
    }

    /** Looks at the inputs whose bound of a neuron passed. */
    private void judge(double[] times, int to, int neuron, int neurons, int from, int end) {
        // signs as bits: which input comes first follows no pattern that a branch could be foretold by
        int passed = 0;
        for (int i = 0; i < end - from; i++) {
            long bits = Double.doubleToRawLongBits(bound[i * neurons + neuron] + 0.0);
            passed |= 1 - (int) (bits >>> (Long.SIZE - 1)) << i;
        }
        for (; passed != 0; passed &= passed - 1) {
            int ahead = Integer.numberOfTrailingZeros(passed);
            int at = ahead * neurons + neuron;
            int k = from + ahead;
            double a = aAhead[at];
            double b = bAhead[at];
            if (a * s[k + 1] - b - ce[k + 1] >= 0) {
                found[neuron] = true;
                add(neuron, k, a, b);
                return;
            }
            if (ce[k + 1] - a > 0 && a > ce[k]) {
                double time = possible(k, a, b);
                if (time < Double.POSITIVE_INFINITY) {
                    found[neuron] = true;
                    times[to + neuron] = time;
                    return;
                }
            }
        }
    }

    /** The crossing of an interval whose end lies below the threshold again; infinity when its peak does too. */
    private double possible(int k, double a, double b) {
        double crossing = b / a;
        double rise = LambertW.onePlus(crossing, a, drive, 0);
        return rise >= 0 ? within(k, inputs.time[0] + tau * (crossing + 1 - rise)) : Double.POSITIVE_INFINITY;
    }

    /**
     * Looks for the interval of the first crossing. One that is certain, and one after the last input, goes on the list; one
     * that may be is solved here.
     *
     * @param offset of the neuron's first weight
     * @param stride from the weight of a row to that of the next
     * @param from first input that is not yet in the sums
     * @return the time of a crossing that was solved; else infinity, and the list says more
     */
    private double search(
            double[] weights, int offset, int stride, int neuron, int from, double aBefore, double bBefore) {
        int[] row = inputs.row;
        int last = inputs.count - 1;
        double a = aBefore;
        double b = bBefore;
        for (int k = from; k < last; k++) {
            double w = weights[offset + row[k] * stride];
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
                double time = possible(k, a, b);
                if (time < Double.POSITIVE_INFINITY) {
                    return time;
                }
            }
        }
        if (last >= from) {
            double w = weights[offset + row[last] * stride];
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
        int n = crossings;
        for (int c = 0; c < n; c++) {
            ratio[c] = bOf[c] / aOf[c];
            slope[c] = 1 + ratio[c];
        }
        powers.of(slope, n, steepness);
        for (int c = 0; c < n; c++) {
            steepness[c] = steepness[c] * (drive / aOf[c]);
        }
        LambertW.onePlus(steepness, n, slope);
    }

    /**
     * The time of a crossing on the list. Where the end of its interval showed one and the solution does not, which is rounding,
     * the search goes on behind it.
     */
    private double timeOf(double[] weights, int offset, int stride, int c) {
        int last = inputs.count - 1;
        double rise = slope[c];
        if (!LambertW.isFar(aOf[c], ratio[c], steepness[c])) {
            rise = LambertW.onePlus(ratio[c], aOf[c], drive, inputOf[c] == last ? 0 : GRAZING);
        }
        while (!(rise >= 0)) {
            if (inputOf[c] == last) {
                return Double.POSITIVE_INFINITY;
            }
            crossings = c;
            double time = search(weights, offset, stride, neuronOf[c], inputOf[c] + 1, aOf[c], bOf[c]);
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
