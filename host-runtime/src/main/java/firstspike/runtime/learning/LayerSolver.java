package firstspike.runtime.learning;

/** Solves one layer sample by sample. Mutable scratch of one owner thread; solving allocates nothing. */
final class LayerSolver {
    private final int layer;
    private final LayerModel model;
    private final double[] times;
    private final SortedInputs sorted;
    private final FirstSpikeKernel kernel;

    LayerSolver(int layer, LayerModel model) {
        this(layer, model, Kernels.chosen().kernel(model));
    }

    LayerSolver(int layer, LayerModel model, FirstSpikeKernel kernel) {
        this.layer = layer;
        this.model = model;
        this.kernel = kernel;
        times = new double[model.rows()];
        model.appendBiases(times);
        sorted = new SortedInputs(times.length);
    }

    /** Neurons that stand side by side in the weights. */
    int lanes() {
        return kernel.lanes();
    }

    /**
     * First spikes of all neurons for one sample.
     *
     * @param in input times of the batch, {@code inputs} per sample
     * @param sample index in the batch
     * @param weights in blocks of {@link #lanes()} neurons
     * @param out receives times, {@code size} per sample
     */
    void solve(double[] in, int sample, double[] weights, double[] out) {
        int inputs = model.inputs();
        System.arraycopy(in, sample * inputs, times, 0, inputs);
        if (!sorted.load(times, times.length)) {
            throw badTime(sample);
        }
        int size = model.size();
        kernel.prepare(sorted);
        kernel.solve(weights, 0, times.length, out, sample * size, size);
    }

    private IllegalStateException badTime(int sample) {
        int row = 0;
        while (times[row] > Double.NEGATIVE_INFINITY) {
            row++;
        }
        return new IllegalStateException("layer " + layer + ", sample " + sample + ", input " + row + ": time "
                + times[row] + " (expected: a number, or positive infinity for an absent event)");
    }
}
