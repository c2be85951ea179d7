package firstspike.runtime.learning;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Shape and constants of one layer. Its weight matrix has a row for each input, then one for each bias, and a column for each
 * neuron; public arrays hold it row after row (presynaptic, postsynaptic).
 *
 * @param inputs number of inputs without biases, at least 0
 * @param biasTimes times of the bias inputs, finite
 * @param size number of neurons, at least 0
 * @param neuron constants of every neuron
 * @param measured constants of each neuron of a calibrated chip, which only learning uses
 */
public record LayerModel(
        int inputs, double[] biasTimes, int size, NeuronConstants neuron, Optional<MeasuredNeurons> measured) {
    /** Checks ranges and copies the array. */
    public LayerModel {
        Objects.requireNonNull(neuron, "neuron");
        biasTimes = biasTimes.clone();
        if (inputs < 0 || size < 0 || (long) (inputs + biasTimes.length) * size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("layer of " + inputs + " inputs, " + biasTimes.length + " biases and "
                    + size + " neurons (expected: none negative, fewer than 2^31 - 8 weights)");
        }
        if (measured.isPresent() && measured.get().size() != size) {
            throw new IllegalArgumentException(
                    "measured neurons : " + measured.get().size() + " (expected: " + size + ", those of the layer)");
        }
        for (double time : biasTimes) {
            if (!Double.isFinite(time)) {
                throw new IllegalArgumentException("bias time : " + time + " (expected: finite)");
            }
        }
    }

    /**
     * A layer of which nothing was measured.
     *
     * @param inputs number of inputs without biases
     * @param biasTimes times of the bias inputs
     * @param size number of neurons
     * @param neuron constants of every neuron
     */
    public LayerModel(int inputs, double[] biasTimes, int size, NeuronConstants neuron) {
        this(inputs, biasTimes, size, neuron, Optional.empty());
    }

    /**
     * The same layer on a calibrated chip.
     *
     * @param neurons constants of each neuron
     * @return a changed copy
     */
    public LayerModel with(MeasuredNeurons neurons) {
        return new LayerModel(inputs, biasTimes, size, neuron, Optional.of(neurons));
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
     * Rows of the weight matrix.
     *
     * @return inputs and biases
     */
    public int rows() {
        return inputs + biasTimes.length;
    }

    /**
     * Number of weights.
     *
     * @return rows times neurons
     */
    public int weights() {
        return rows() * size;
    }

    /** Copies the bias times behind the inputs of a row of input times. */
    void appendBiases(double[] row) {
        System.arraycopy(biasTimes, 0, row, inputs, biasTimes.length);
    }

    /** Length of a weight array in blocks of so many neurons. */
    int blocked(int lanes) {
        return (size + lanes - 1) / lanes * lanes * rows();
    }

    /**
     * Turns (presynaptic, postsynaptic) into blocks of neurons side by side: (block, row, neuron of the block). Blocks of 1 are
     * neuron-major order, one block of all neurons is the public order.
     *
     * @param lanes neurons of a block
     * @param blocks of at least {@link #blocked} values; what stands for no neuron is left as it is
     */
    void toBlocks(double[] matrix, int lanes, double[] blocks) {
        int rows = rows();
        for (int neuron = 0; neuron < size; neuron += lanes) {
            int width = Math.min(lanes, size - neuron);
            for (int row = 0; row < rows; row++) {
                int from = row * size + neuron;
                int to = neuron * rows + row * lanes;
                for (int i = 0; i < width; i++) {
                    blocks[to + i] = matrix[from + i];
                }
            }
        }
    }

    /** Turns blocks into the public order. */
    void fromBlocks(double[] blocks, int lanes, double[] matrix) {
        int rows = rows();
        for (int neuron = 0; neuron < size; neuron += lanes) {
            int width = Math.min(lanes, size - neuron);
            for (int row = 0; row < rows; row++) {
                int from = neuron * rows + row * lanes;
                int to = row * size + neuron;
                for (int i = 0; i < width; i++) {
                    matrix[to + i] = blocks[from + i];
                }
            }
        }
    }

    /**
     * Checks the length of a weight array and that all values are finite.
     *
     * @param layer number of the layer, for messages
     * @param matrix weights in the public order
     * @throws IllegalArgumentException for a wrong length
     * @throws IllegalStateException for a weight that is not finite, naming layer, input and neuron
     */
    public void requireWeights(int layer, double[] matrix) {
        if (matrix.length != weights()) {
            throw new IllegalArgumentException("weights of layer " + layer + " have " + matrix.length
                    + " values (expected: " + rows() + " x " + size + ")");
        }
        for (int i = 0; i < matrix.length; i++) {
            if (!Double.isFinite(matrix[i])) {
                throw new IllegalStateException("layer " + layer + ", input " + i / size + ", neuron " + i % size
                        + ": weight " + matrix[i] + " (expected: finite)");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerModel that
                && inputs == that.inputs
                && size == that.size
                && neuron.equals(that.neuron)
                && measured.equals(that.measured)
                && Arrays.equals(biasTimes, that.biasTimes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, size, neuron, Arrays.hashCode(biasTimes));
    }

    @Override
    public String toString() {
        return "LayerModel[inputs=" + inputs + ", biasTimes=" + Arrays.toString(biasTimes) + ", size=" + size
                + ", neuron=" + neuron + "]";
    }
}
