package firstspike.runtime.mapping;

import java.util.List;

/**
 * What a layer takes of the chip.
 *
 * @param name of the layer
 * @param neurons number of neurons
 * @param firstNeuron logical number of the first one
 * @param circuitsPerNeuron merged circuits
 * @param columns columns that its neurons span, on both halves of the chip
 * @param fanIn row pairs of each neuron, biases and copies included
 * @param fanInAvailable row pairs that a neuron of so many circuits can have
 * @param rowCopies most row pairs that one input has
 * @param classes own scheme: what is taken of each class (bus, select), in the order 4 bus + select; empty otherwise
 * @param law what its neurons are on the chip
 * @param weightStep distance of two weights, 1/scale
 * @param weightLimit largest weight, 63/scale times the copies
 */
public record LayerReport(
        String name,
        int neurons,
        int firstNeuron,
        int circuitsPerNeuron,
        int columns,
        int fanIn,
        int fanInAvailable,
        int rowCopies,
        List<ClassUsage> classes,
        LayerLaw law,
        double weightStep,
        double weightLimit) {

    /** Copies the list. */
    public LayerReport {
        classes = List.copyOf(classes);
    }

    /**
     * What a layer takes of the drivers of one class (inloop.md 13.6).
     *
     * @param places row pairs of 8 a circuit
     * @param labels synapse labels of 63
     */
    public record ClassUsage(Usage places, Usage labels) {}

    /** LSB that a unit weight has. */
    public double scale() {
        return law.scale();
    }
}
