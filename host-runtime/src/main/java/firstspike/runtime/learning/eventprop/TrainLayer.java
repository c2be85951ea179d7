package firstspike.runtime.learning.eventprop;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Shape and constants of a layer of neurons that spike several times. Its weights are row-major (row, neuron); the rows are the
 * inputs, the biases and, in a recurrent layer, its own neurons as sources.
 *
 * @param inputs number of inputs without biases, at least 0
 * @param biasTimes times of the bias inputs, finite
 * @param size number of neurons, at least 0
 * @param neurons constants of all neurons, or of each
 * @param maxSpikes spikes of a neuron in a sample, at least 1; {@link #NO_CAP} for any number
 * @param recurrentDelay from a spike to its arrival in the same layer, 0 or more; empty without recurrent weights
 */
public record TrainLayer(
        int inputs,
        double[] biasTimes,
        int size,
        List<SpikingNeuron> neurons,
        int maxSpikes,
        OptionalDouble recurrentDelay) {
    /** Stands for any number of spikes. */
    public static final int NO_CAP = Integer.MAX_VALUE;

    /** Checks ranges and copies the collections; throws {@link IllegalArgumentException} that names the value. */
    public TrainLayer {
        biasTimes = biasTimes.clone();
        neurons = List.copyOf(neurons);
        if (inputs < 0 || size < 0 || maxSpikes < 1) {
            throw new IllegalArgumentException("layer of " + inputs + " inputs, " + size + " neurons, max_spikes "
                    + maxSpikes + " (expected: none negative, max_spikes at least 1)");
        }
        if (neurons.size() != 1 && neurons.size() != size) {
            throw new IllegalArgumentException(
                    "constants of " + neurons.size() + " neurons (expected: 1, or " + size + ", those of the layer)");
        }
        for (double time : biasTimes) {
            if (!Double.isFinite(time)) {
                throw new IllegalArgumentException("bias time : " + time + " (expected: finite)");
            }
        }
        if (recurrentDelay.isPresent()
                && !(recurrentDelay.getAsDouble() >= 0 && recurrentDelay.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "recurrent delay : " + recurrentDelay.getAsDouble() + " (expected: finite and >= 0)");
        }
    }

    /**
     * Times of the bias inputs.
     *
     * @return a copy
     */
    @Override
    public double[] biasTimes() {
        return biasTimes.clone();
    }

    /**
     * Constants of a neuron.
     *
     * @param neuron of the layer
     * @return its own, or those of all
     */
    public SpikingNeuron neuron(int neuron) {
        return neurons.get(neurons.size() == 1 ? 0 : neuron);
    }

    /**
     * Whether all neurons have the same constants.
     *
     * @return true for one entry
     */
    public boolean uniform() {
        return neurons.size() == 1;
    }

    /**
     * Row of the first recurrent weight.
     *
     * @return inputs and biases
     */
    public int feedRows() {
        return inputs + biasTimes.length;
    }

    /**
     * Rows of the weight matrix.
     *
     * @return inputs, biases and recurrent sources
     */
    public int rows() {
        return feedRows() + (recurrentDelay.isPresent() ? size : 0);
    }

    /**
     * Number of weights.
     *
     * @return rows times neurons
     */
    public int weights() {
        return rows() * size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainLayer that
                && inputs == that.inputs
                && size == that.size
                && maxSpikes == that.maxSpikes
                && neurons.equals(that.neurons)
                && recurrentDelay.equals(that.recurrentDelay)
                && Arrays.equals(biasTimes, that.biasTimes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * inputs + size) + neurons.hashCode();
    }
}
