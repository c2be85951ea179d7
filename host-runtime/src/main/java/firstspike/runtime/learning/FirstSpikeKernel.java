package firstspike.runtime.learning;

/**
 * First spike times of the neurons of one layer for one sample, each by its own weights. Mutable scratch of one owner thread;
 * solving allocates nothing.
 */
sealed interface FirstSpikeKernel permits EqualKernel, DoubleKernel, GeneralKernel {
    /** The families of exact solutions. */
    enum Kind {
        /** Lambert W, equal time constants. */
        EQUAL,
        /** Quadratic equation, ratio 2. */
        DOUBLE,
        /** Walk from input to input, any ratio. */
        GENERAL
    }

    /** Which solution this is. */
    Kind kind();

    /**
     * First spike times of all neurons.
     *
     * @param inputs of the sample
     * @param weights neuron-major, one a row
     * @param rows of a neuron
     * @param times receives a time a neuron from {@code to} on, {@code POSITIVE_INFINITY} where it stays silent
     * @param to index of the first neuron's time
     * @param neurons how many
     */
    void solve(SortedInputs inputs, double[] weights, int rows, double[] times, int to, int neurons);

    /** The fastest exact kernel for a layer of equal neurons. */
    static FirstSpikeKernel of(NeuronConstants neuron, int rows, int neurons) {
        return switch (neuron.ratio()) {
            case EQUAL -> new EqualKernel(neuron, rows, neurons);
            case DOUBLE -> new DoubleKernel(neuron, rows);
            case OTHER -> new GeneralKernel(neuron);
        };
    }
}
