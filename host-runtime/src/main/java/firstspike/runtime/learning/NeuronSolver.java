package firstspike.runtime.learning;

import java.util.List;

/**
 * First spike times of a layer whose neurons may each have constants of their own: the inputs of a sample are taken once, then the
 * neurons are solved with whatever weights. Mutable scratch of one owner thread; solving allocates nothing.
 */
public final class NeuronSolver {
    private final int rows;
    private final SortedInputs sorted;
    private final int size;
    private final FirstSpikeKernel[] kernels;
    private final int laneShift;
    private final double[] exponent;
    private final double[] power;
    private final Exponential powers;

    /**
     * Makes the scratch arrays.
     *
     * @param neurons constants of each neuron, or one entry for all of them
     * @param size number of neurons
     * @param rows inputs of a neuron, biases included
     */
    public NeuronSolver(List<NeuronConstants> neurons, int size, int rows) {
        this.rows = rows;
        this.size = size;
        sorted = new SortedInputs(rows);
        kernels = neurons.size() == 1
                ? new FirstSpikeKernel[] {Kernels.chosen().kernel(neurons.get(0), rows, size)}
                : neurons.stream()
                        .map(neuron -> FirstSpikeKernel.of(neuron, rows, 1))
                        .toArray(FirstSpikeKernel[]::new);
        laneShift = Integer.numberOfTrailingZeros(kernels[0].lanes());
        int numbers = kernels.length * FirstSpikeKernel.MOST_EXPONENTS;
        exponent = new double[numbers];
        power = new double[numbers];
        powers = Kernels.chosen().exponential(numbers);
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
        int n = 0;
        for (FirstSpikeKernel kernel : kernels) {
            kernel.prepare(sorted);
            n += kernel.exponents(exponent, n);
        }
        powers.of(exponent, n, power);
        n = 0;
        for (FirstSpikeKernel kernel : kernels) {
            n += kernel.take(power, n);
        }
        return true;
    }

    /**
     * Length of the weights.
     *
     * @return at least neurons times rows
     */
    public int weights() {
        return (size + (1 << laneShift) - 1 >> laneShift << laneShift) * rows;
    }

    /**
     * Where a weight stands.
     *
     * @param neuron of the layer
     * @param row input of the neuron
     * @return index in the weights
     */
    public int index(int neuron, int row) {
        int lane = neuron & (1 << laneShift) - 1;
        return (neuron - lane) * rows + (row << laneShift) + lane;
    }

    /**
     * First spikes of all neurons.
     *
     * @param weights each at its {@link #index}
     * @param out receives a time a neuron from {@code to} on, positive infinity where it stays silent
     * @param to index of the first time
     */
    public void solve(double[] weights, double[] out, int to) {
        if (kernels.length == 1) {
            kernels[0].solve(weights, 0, rows, out, to, size);
            return;
        }
        for (int neuron = 0; neuron < kernels.length; neuron++) {
            kernels[neuron].solve(weights, neuron * rows, rows, out, to + neuron, 1);
        }
    }
}
