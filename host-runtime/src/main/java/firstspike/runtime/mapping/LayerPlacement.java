package firstspike.runtime.mapping;

/**
 * Where one layer lies on the chip. A weight row has one place, or several copies: a place is a row pair in one of the
 * circuits of every neuron. All places of a row answer to the same synapse label.
 *
 * @param name of the layer
 * @param firstNeuron logical number of its first neuron
 * @param size number of its neurons
 * @param circuits neuron circuits of each neuron, 1 to 4
 * @param firstPlace where the places of each weight row begin; one more entry at the end
 * @param rowPair of a place: row pair, 0 to 127, which is the driver on its hemisphere
 * @param circuit of a place: which circuit of the neuron, counted from 0
 * @param label of a weight row: its synapse label
 */
record LayerPlacement(
        String name,
        int firstNeuron,
        int size,
        int circuits,
        int[] firstPlace,
        int[] rowPair,
        int[] circuit,
        int[] label) {

    int rows() {
        return label.length;
    }

    int places() {
        return rowPair.length;
    }

    int copies(int row) {
        return firstPlace[row + 1] - firstPlace[row];
    }

    /** Most copies that a row has, 1 when there is none. */
    int largestCopies() {
        int most = 1;
        for (int row = 0; row < rows(); row++) {
            most = Math.max(most, copies(row));
        }
        return most;
    }
}
