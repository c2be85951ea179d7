package firstspike.runtime.network;

import java.util.List;

/**
 * One layer of neurons. Its weight rows are its inputs in order, then its biases: every bias time, copy after copy.
 *
 * @param name unique in its network
 * @param size number of neurons, 0 or more
 * @param biasTimes times of bias inputs in units of tau
 * @param biasCopies rows a bias time has, 1 or more
 * @param maxSpikes spikes of a neuron in a sample that count, 1 or more; {@link #ANY_NUMBER} for all
 */
public record Layer(String name, int size, List<Double> biasTimes, int biasCopies, int maxSpikes) {

    /** Stands for any number of spikes. */
    public static final int ANY_NUMBER = Integer.MAX_VALUE;

    /**
     * A layer of first-spike neurons.
     *
     * @param name unique in its network
     * @param size number of neurons, 0 or more
     * @param biasTimes times of bias inputs in units of tau
     * @param biasCopies rows a bias time has, 1 or more
     */
    public Layer(String name, int size, List<Double> biasTimes, int biasCopies) {
        this(name, size, biasTimes, biasCopies, 1);
    }

    /** Checks the ranges and copies the list. */
    public Layer {
        biasTimes = List.copyOf(biasTimes);
        if (size < 0 || biasCopies < 1) {
            throw new IllegalArgumentException("layer " + name + " size, bias copies: " + size + ", " + biasCopies
                    + " (limit: 0 or more, 1 or more); correct the layer");
        }
        if (maxSpikes < 1) {
            throw new IllegalArgumentException("layer " + name + " max_spikes: " + maxSpikes
                    + " (limit: 1 or more, or null); let each neuron spike at least once");
        }
        for (double time : biasTimes) {
            if (!(time >= 0) || Double.isInfinite(time)) {
                throw new IllegalArgumentException("bias time of layer " + name + ": " + time
                        + " tau (limit: finite, 0 or more); choose a time within the sample");
            }
        }
    }

    /** Number of bias rows. */
    public int biasRows() {
        return biasTimes.size() * biasCopies;
    }
}
