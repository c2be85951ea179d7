package firstspike.runtime.learning;

/**
 * First spike times of equal neurons for one sample. The inputs are prepared once per sample, then neurons are solved, each with
 * its own weights. Mutable scratch of one owner thread; solving allocates nothing.
 */
interface FirstSpikeKernel {
    /** Most numbers of {@link #exponents}. */
    int MOST_EXPONENTS = 16;

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

    /** Takes the inputs of the next sample. */
    void prepare(SortedInputs inputs);

    /**
     * Numbers whose exponentials the kernel needs in the prepared sample; whoever has many kernels computes them together.
     *
     * @param to receives them, at most {@link #MOST_EXPONENTS}
     * @param from index of the first one
     * @return how many; 0 of a kernel that asks nobody
     */
    default int exponents(double[] to, int from) {
        return 0;
    }

    /**
     * Takes the exponentials of these numbers.
     *
     * @return how many
     */
    default int take(double[] powers, int from) {
        return 0;
    }

    /** How many neurons stand side by side in the weights that the kernel takes ({@link LayerModel#toBlocks}). */
    default int lanes() {
        return 1;
    }

    /**
     * First spike times of neurons.
     *
     * @param weights in blocks of {@link #lanes()} neurons
     * @param offset of the first neuron's first weight
     * @param rows of a neuron
     * @param times receives a time a neuron from {@code to} on, {@code POSITIVE_INFINITY} where it stays silent
     * @param to index of the first neuron's time
     * @param neurons how many, at most as many as the kernel was made for
     */
    void solve(double[] weights, int offset, int rows, double[] times, int to, int neurons);

    /** The exact kernel for up to so many equal neurons at a time, one after the other. */
    static FirstSpikeKernel of(NeuronConstants neuron, int rows, int neurons) {
        return switch (neuron.ratio()) {
            case EQUAL -> new EqualKernel(neuron, rows, neurons);
            case DOUBLE -> new DoubleKernel(neuron, rows);
            case OTHER -> new GeneralKernel(neuron, rows);
        };
    }
}
