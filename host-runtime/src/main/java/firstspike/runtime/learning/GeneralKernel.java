package firstspike.runtime.learning;

/**
 * Exact first spike for any ratio of time constants: the state (membrane over leak, current) is carried from input to input,
 * never an exponential of an absolute time ({@code inloop.md} section 5). Decays from input to input depend on the sample only:
 * they are computed where the first neuron needs them and kept for the others.
 */
final class GeneralKernel implements FirstSpikeKernel {
    /** Decays that are computed together. */
    private static final int AHEAD = MOST_EXPONENTS / 2;

    private final double tauMem;
    private final double tauSyn;
    private final double capacitance;
    private final double threshold;
    private final Membrane membrane;
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
        membrane = new Membrane(neuron);
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
            if (membrane.mayReach(v, j, length)) {
                double end = after >= threshold ? length : Math.min(membrane.peak(v, j), length);
                if (after >= threshold || end < length && membrane.after(v, j, end) >= threshold) {
                    return Math.min(time[k] + membrane.crossing(v, j, end), time[k + 1]);
                }
            }
            v = after;
            j *= decaySyn[k];
        }
        return Double.POSITIVE_INFINITY;
    }

    /** After the last input only the maximum decides. */
    private double last(double v, double j, double time) {
        double end = membrane.peak(v, j);
        return end < Double.POSITIVE_INFINITY && membrane.after(v, j, end) >= threshold
                ? time + membrane.crossing(v, j, end)
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
            response[known] = membrane.response(length, mem, syn);
        }
        return 2 * intervals;
    }
}
