package firstspike.runtime.learning;

/**
 * First spike time of the neurons of one layer for one sample. The inputs are prepared once per sample, then each neuron is
 * solved with its own weights. Mutable scratch of one owner thread; solving allocates nothing.
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

    /** Takes the sorted inputs of the next sample. */
    void prepare(SortedInputs inputs);

    /**
     * First spike time of a neuron.
     *
     * @param weights the rows' weights of the neuron, from {@code offset}
     * @return time, {@code POSITIVE_INFINITY} when the neuron stays silent
     */
    double solve(double[] weights, int offset);

    /** The fastest exact kernel for a neuron. */
    static FirstSpikeKernel of(NeuronConstants neuron, int rows) {
        return switch (neuron.ratio()) {
            case EQUAL -> new EqualKernel(neuron, rows);
            case DOUBLE -> new DoubleKernel(neuron, rows);
            case OTHER -> new GeneralKernel(neuron);
        };
    }
}
