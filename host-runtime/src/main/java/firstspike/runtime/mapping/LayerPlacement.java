package firstspike.runtime.mapping;

import java.util.stream.IntStream;

/**
 * Where one layer lies on the chip.
 *
 * @param name of the layer
 * @param firstNeuron logical number of its first neuron
 * @param size number of its neurons
 * @param rowPair a weight row: row pair that carries it
 * @param half a weight row: 0 the even, 1 the odd circuit of each neuron
 * @param label a weight row: its synapse label
 */
record LayerPlacement(String name, int firstNeuron, int size, int[] rowPair, int[] half, int[] label) {

    int rows() {
        return rowPair.length;
    }

    /** Circuits that hear a weight row, in the order of the neurons. */
    int[] circuits(int row) {
        return IntStream.range(firstNeuron, firstNeuron + size)
                .map(n -> PublishedScheme.CIRCUITS * n + half[row])
                .toArray();
    }
}
