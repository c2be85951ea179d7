package firstspike.runtime.learning;

/**
 * Exact first spike for any ratio of time constants: the state (membrane over leak, current) is carried from input to input,
 * never an exponential of an absolute time ({@code inloop.md} section 5). Decays from input to input depend on the sample only:
 * they are computed where the first neuron needs them and kept for the others.
 */
final class GeneralKernel implements FirstSpikeKernel {
    private static final int MAX_STEPS = 100;
    /** A step this small against s leaves an error of its third power. */
    private static final double SMALL_STEP = 1e-8;
    /** Decays that are computed together. */
    private static final int AHEAD = MOST_EXPONENTS / 2;

    private static final double SERIES = 1e-8;
    /** A bound this close to the threshold decides nothing. */
    private static final double CLOSE = 1 - 1e-9;

    private final double tauMem;
    private final double tauSyn;
    private final double capacitance;
    private final double threshold;
    private final UnitKernel unit;
    private final double rateDifference;
    private final double highest;
    private final double[] decayMem;
    private final double[] decaySyn;
    private final double[] response;
    private final double[] exponent = new double[MOST_EXPONENTS];
    private final double[] power = new double[MOST_EXPONENTS];
    private final Exponential powers = Kernels.chosen().exponential(MOST_EXPONENTS);
    private SortedInputs inputs;
    private int known;

    GeneralKernel(NeuronConstants neuron, int rows) {
        tauMem = neuron.tauMem();
        tauSyn = neuron.tauSyn();
        capacitance = neuron.capacitance();
        threshold = neuron.thresholdDistance();
        unit = new UnitKernel(tauMem, tauSyn);
        rateDifference = unit.rateDifference();
        highest = unit.value(peak(0, 1));
        decayMem = new double[rows];
        decaySyn = new double[rows];
        response = new double[rows];
    }

    @Override
    public Kind kind() {
        return Kind.GENERAL;
    }

    @Override
    public void prepare(SortedInputs sorted) {
        inputs = sorted;
        known = 0;
    }

    @Override
    public void solve(double[] weights, int offset, int rows, double[] times, int to, int neurons) {
        for (int neuron = 0; neuron < neurons; neuron++) {
            times[to + neuron] = solve(weights, offset + neuron * rows);
        }
    }

    private double solve(double[] weights, int offset) {
        double[] time = inputs.time;
        int[] row = inputs.row;
        int count = inputs.count;
        double v = 0;
        double j = 0;
        for (int k = 0; k < count; k++) {
            j += weights[offset + row[k]] / capacitance;
            double length = k + 1 < count ? time[k + 1] - time[k] : Double.POSITIVE_INFINITY;
            if (length == 0) {
                continue;
            }
            if (length == Double.POSITIVE_INFINITY) {
                return last(v, j, time[k]);
            }
            if (known <= k) {
                powers.of(exponent, exponents(exponent, 0), power);
                take(power, 0);
            }
            double after = v * decayMem[k] + j * response[k];
            // K(s) is below s and below its maximum, so most intervals need no maximum of their own
            double bound = Math.max(v, 0) + Math.max(j, 0) * Math.min(length, highest);
            if (bound >= threshold * CLOSE) {
                double end = after >= threshold ? length : Math.min(peak(v, j), length);
                if (after >= threshold || end < length && membrane(v, j, end) >= threshold) {
                    return Math.min(time[k] + crossing(v, j, end), time[k + 1]);
                }
            }
            v = after;
            j *= decaySyn[k];
        }
        return Double.POSITIVE_INFINITY;
    }

    /** After the last input only the maximum decides. */
    private double last(double v, double j, double time) {
        double end = peak(v, j);
        return end < Double.POSITIVE_INFINITY && membrane(v, j, end) >= threshold
                ? time + crossing(v, j, end)
                : Double.POSITIVE_INFINITY;
    }

    /** Those of the decays over the next intervals, of the membrane first. */
    @Override
    public int exponents(double[] to, int from) {
        double[] time = inputs.time;
        int intervals = Math.max(0, Math.min(AHEAD, inputs.count - 1 - known));
        for (int i = 0; i < intervals; i++) {
            double length = time[known + i + 1] - time[known + i];
            to[from + i] = -length / tauMem;
            to[from + intervals + i] = -length / tauSyn;
        }
        return 2 * intervals;
    }

    @Override
    public int take(double[] results, int from) {
        double[] time = inputs.time;
        int intervals = Math.max(0, Math.min(AHEAD, inputs.count - 1 - known));
        for (int i = 0; i < intervals; i++, known++) {
            double length = time[known + 1] - time[known];
            double mem = results[from + i];
            double syn = results[from + intervals + i];
            if (length >= tauMem * Exponential.LIMIT || length >= tauSyn * Exponential.LIMIT) {
                mem = Exponential.of(-length / tauMem);
                syn = Exponential.of(-length / tauSyn);
            }
            decayMem[known] = mem;
            decaySyn[known] = syn;
            response[known] = unit.value(length, mem, syn);
        }
        return 2 * intervals;
    }

    private double membrane(double v, double j, double s) {
        double mem = Exponential.of(-s / tauMem);
        return v * mem + j * unit.value(s, mem, Exponential.of(-s / tauSyn));
    }

    /** Time of the maximum: 0 when the membrane falls at once, infinity when it only rises towards rest. */
    private double peak(double v, double j) {
        double rise = j * tauMem - v;
        if (!(rise > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double denominator = v * rateDifference + j;
        if (!(denominator > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double y = rise / denominator;
        double x = rateDifference * y;
        if (Math.abs(x) < SERIES) {
            return y * (1 - x / 2);
        }
        return x > -1 ? y * StrictMath.log1p(x) / x : Double.POSITIVE_INFINITY;
    }

    /**
     * The one upward crossing in (0, end]: Halley steps, whose second derivative costs nothing here, inside a bracket that shrinks.
     * They begin at the root of the parabola through the start.
     */
    private double crossing(double v, double j, double end) {
        double low = 0;
        double high = end;
        double rise = j - v / tauMem;
        double bend = j / tauSyn + rise / tauMem;
        double lack = threshold - v;
        double square = rise * rise - 2 * bend * lack;
        double s = 2 * lack / (rise + Math.sqrt(Math.max(0, square)));
        if (!(s > low && s < high)) {
            s = 0.5 * end;
        }
        for (int step = 0; step < MAX_STEPS; step++) {
            double mem = Exponential.of(-s / tauMem);
            double syn = Exponential.of(-s / tauSyn);
            double u = v * mem + j * unit.value(s, mem, syn);
            double f = u - threshold;
            if (f == 0) {
                return s;
            }
            if (f > 0) {
                high = s;
            } else {
                low = s;
            }
            double slope = j * syn - u / tauMem;
            double second = -j * syn / tauSyn - slope / tauMem;
            double next = s - 2 * f * slope / (2 * slope * slope - f * second);
            if (slope > 0 && Math.abs(next - s) <= SMALL_STEP * s) {
                return Math.min(Math.max(next, low), high);
            }
            if (!(slope > 0) || !(next > low && next < high)) {
                next = 0.5 * (low + high);
                if (high - low <= 2 * Math.ulp(s)) {
                    return next;
                }
            }
            s = next;
        }
        return s;
    }
}
