package firstspike.runtime.learning;

/**
 * Exact first spikes for equal time constants by prefix sums ({@link EqualSample}); the crossing itself needs no iteration.
 *
 * <p>Two passes over the neurons of a sample: the first finds the interval of each neuron's crossing, the second solves all of
 * them in flat loops, so that the long chains of one solution overlap with those of the next.
 */
final class EqualKernel implements FirstSpikeKernel {
    private final EqualSample sample;
    private final GeneralKernel wideKernel;

    /** Crossings of the present sample: neuron, input before it, sums, and what follows from them. */
    private final int[] neuronOf;

    private final int[] inputOf;
    private final double[] aOf;
    private final double[] bOf;
    private final double[] ratio;
    private final double[] steepness;
    private final double[] slope;
    private final Exponential powers;
    private boolean wide;

    EqualKernel(NeuronConstants neuron, int rows, int neurons) {
        powers = new Exponential(Math.max(rows, neurons));
        sample = new EqualSample(neuron, rows, powers);
        wideKernel = new GeneralKernel(neuron, rows);
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
        wide = !sample.prepare(sorted);
        if (wide) {
            wideKernel.prepare(sorted);
        }
    }

    @Override
    public void solve(double[] weights, int offset, int rows, double[] times, int to, int neurons) {
        if (wide) {
            wideKernel.solve(weights, offset, rows, times, to, neurons);
            return;
        }
        int n = 0;
        for (int neuron = 0; neuron < neurons; neuron++) {
            sample.a = 0;
            sample.b = 0;
            int k = sample.next(weights, offset + neuron * rows, 1, 0);
            times[to + neuron] = Double.POSITIVE_INFINITY;
            if (k != EqualSample.NONE) {
                neuronOf[n] = neuron;
                inputOf[n] = k;
                aOf[n] = sample.a;
                bOf[n++] = sample.b;
            }
        }
        solveCrossings(n);
        for (int c = 0; c < n; c++) {
            int neuron = neuronOf[c];
            if (LambertW.isFar(aOf[c], ratio[c], steepness[c])) {
                times[to + neuron] = sample.time(inputOf[c], ratio[c], slope[c]);
            } else {
                sample.a = aOf[c];
                sample.b = bOf[c];
                times[to + neuron] = sample.settle(weights, offset + neuron * rows, 1, inputOf[c]);
            }
        }
    }

    /** 1 + W0 of each crossing on the list, right where its steepness is below the limit of {@link LambertW}. */
    private void solveCrossings(int n) {
        for (int c = 0; c < n; c++) {
            ratio[c] = bOf[c] / aOf[c];
            slope[c] = 1 + ratio[c];
        }
        powers.of(slope, n, steepness);
        for (int c = 0; c < n; c++) {
            steepness[c] = steepness[c] * (sample.drive / aOf[c]);
        }
        LambertW.onePlus(steepness, n, slope);
    }
}
