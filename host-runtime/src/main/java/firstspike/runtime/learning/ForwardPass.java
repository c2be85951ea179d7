package firstspike.runtime.learning;

/** Computes first spike times of all layers of a network for batches of samples. One owner thread. */
public interface ForwardPass {

    /**
     * Sets the weights that the next runs use.
     *
     * @param matrices per layer (presynaptic, postsynaptic); copied
     * @throws IllegalArgumentException for a wrong length
     * @throws IllegalStateException for a weight that is not finite, naming layer, input and neuron
     */
    void load(double[][] matrices);

    /**
     * Computes the times of all layers.
     *
     * @param samples number of samples, 0 or more
     * @param inputs input times, sample after sample; positive infinity is absent
     * @param out per layer an array that receives at least samples times size values
     * @throws IllegalStateException for NaN, naming layer, sample and input
     */
    void run(int samples, double[] inputs, double[][] out);

    /** Ordinal of the next run where runs draw numbers of their own; 0 where they do not. */
    default long nextRun() {
        return 0;
    }
}
