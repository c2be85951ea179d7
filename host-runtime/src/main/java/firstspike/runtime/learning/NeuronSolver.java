package firstspike.runtime.learning;

import java.util.List;

/**
 * First spike times of single neurons, each with constants of its own: the inputs of a sample are taken once, then neurons are
 * solved with whatever weights. Mutable scratch of one owner thread; solving allocates nothing.
 */
public final class NeuronSolver {
    private final int rows;
    private final SortedInputs sorted;
    private final FirstSpikeKernel[] kernels;
    private final double[] time = new double[1];

    /**
     * Makes the scratch arrays.
     *
     * @param neurons constants of each neuron, or one entry for all of them
     * @param rows inputs of a neuron, biases included
     */
    public NeuronSolver(List<NeuronConstants> neurons, int rows) {
        this.rows = rows;
        sorted = new SortedInputs(rows);
        kernels = neurons.stream()
                .map(neuron -> FirstSpikeKernel.of(neuron, rows, 1))
                .toArray(FirstSpikeKernel[]::new);
    }

    /**
     * Takes the inputs of the next sample.
     *
     * @param times one a row; positive infinity is absent
     * @return false if a time is NaN or negative infinity
     */
    public boolean prepare(double[] times) {
        if (!sorted.load(times, rows)) {
            return false;
        }
        for (FirstSpikeKernel kernel : kernels) {
            kernel.prepare(sorted);
        }
        return true;
    }

    /**
     * First spike of a neuron.
     *
     * @param neuron from 0
     * @param weights its weights from {@code offset}, one a row
     * @param offset of the first weight
     * @return time, positive infinity when the neuron stays silent
     */
    public double solve(int neuron, double[] weights, int offset) {
        kernels[kernels.length == 1 ? 0 : neuron].solve(weights, offset, rows, time, 0, 1);
        return time[0];
    }
}
