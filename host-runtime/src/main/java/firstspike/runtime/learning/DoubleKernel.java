package firstspike.runtime.learning;

/**
 * Exact first spike for tauMem = 2 tauSyn in state form ({@code java.md} section 5.1). With x = e^(-s/tauMem) the scaled
 * membrane after an input is (u + i) x - i x², so a crossing is a root of a quadratic equation and no transcendental function is
 * needed before a neuron spikes.
 */
final class DoubleKernel implements FirstSpikeKernel {
    private final double tauMem;
    private final double drive;
    private final double[] decay;
    private SortedInputs inputs;

    DoubleKernel(NeuronConstants neuron, int rows) {
        tauMem = neuron.tauMem();
        drive = neuron.drive();
        decay = new double[rows];
    }

    @Override
    public Kind kind() {
        return Kind.DOUBLE;
    }

    @Override
    public void prepare(SortedInputs sorted) {
        inputs = sorted;
        double[] time = inputs.time;
        int last = inputs.count - 1;
        for (int k = 0; k < last; k++) {
            decay[k] = time[k + 1] == time[k] ? 1 : Exponential.of((time[k] - time[k + 1]) / tauMem);
        }
        if (last >= 0) {
            decay[last] = 0;
        }
    }

    @Override
    public void solve(double[] weights, int offset, int rows, double[] times, int to, int neurons) {
        for (int neuron = 0; neuron < neurons; neuron++) {
            times[to + neuron] = solve(weights, offset + neuron * rows);
        }
    }

    private double solve(double[] weights, int offset) {
        int[] row = inputs.row;
        int count = inputs.count;
        double u = 0;
        double i = 0;
        for (int k = 0; k < count; k++) {
            i += weights[offset + row[k]];
            double x = decay[k];
            if (x == 1) {
                continue;
            }
            double sum = u + i;
            double end = (sum - i * x) * x;
            boolean peak = i > 0 && sum < 2 * i && 2 * i * x < sum && sum * sum >= 4 * i * drive;
            if (end >= drive || peak) {
                double root = (sum + Math.sqrt(Math.max(0, sum * sum - 4 * i * drive))) / (2 * i);
                double time = inputs.time[k] + Math.max(0, -tauMem * Logarithm.log(root));
                return k + 1 < count ? Math.min(time, inputs.time[k + 1]) : time;
            }
            u = end;
            i *= x * x;
        }
        return Double.POSITIVE_INFINITY;
    }
}
