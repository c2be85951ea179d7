package firstspike.runtime.learning;

/**
 * Exact first spike for any ratio of time constants: the state (membrane over leak, current) is carried from input to input,
 * never an exponential of an absolute time ({@code inloop.md} section 5). Decays from input to input depend on the sample only:
 * they are computed where the first neuron needs them and kept for the others.
 */
final class GeneralKernel implements FirstSpikeKernel {
    private static final int MAX_STEPS = 100;
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
            while (known <= k) {
                decay(known++);
            }
            double after = v * decayMem[k] + j * response[k];
            // K(s) is below s and below its maximum, so most intervals need no maximum of their own
            double bound = Math.max(v, 0) + Math.max(j, 0) * Math.min(length, highest);
            if (bound >= threshold * CLOSE) {
                double end = Math.min(peak(v, j), length);
                if ((end == length ? after : membrane(v, j, end)) >= threshold) {
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

    private void decay(int k) {
        double length = k + 1 < inputs.count ? inputs.time[k + 1] - inputs.time[k] : 0;
        decayMem[k] = Exponential.of(-length / tauMem);
        decaySyn[k] = Exponential.of(-length / tauSyn);
        response[k] = unit.value(length);
    }

    private double membrane(double v, double j, double s) {
        return v * Exponential.of(-s / tauMem) + j * unit.value(s);
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

    /** The one upward crossing in (0, end]: Newton steps inside a bracket that shrinks. */
    private double crossing(double v, double j, double end) {
        double low = 0;
        double high = end;
        double s = 0.5 * end;
        for (int step = 0; step < MAX_STEPS; step++) {
            double mem = Exponential.of(-s / tauMem);
            double syn = Exponential.of(-s / tauSyn);
            double u = v * mem + j * unit.value(s, tauMem >= tauSyn ? mem : syn);
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
            double next = s - f / slope;
            if (!(slope > 0) || !(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            double ulp = 2 * Math.ulp(s);
            if (Math.abs(next - s) <= ulp || high - low <= ulp) {
                return next;
            }
            s = next;
        }
        return s;
    }
}
