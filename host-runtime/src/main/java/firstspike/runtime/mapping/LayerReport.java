package firstspike.runtime.mapping;

/**
 * What a layer takes of the chip.
 *
 * @param name of the layer
 * @param neurons number of neurons
 * @param firstNeuron logical number of the first one
 * @param circuitsPerNeuron merged circuits
 * @param fanIn weight rows of each neuron, biases included
 * @param fanInAvailable rows that a neuron of so many circuits can have
 * @param scale LSB a unit weight has
 * @param weightStep distance of two weights, 1/scale
 * @param weightLimit largest weight, 63/scale
 */
public record LayerReport(
        String name,
        int neurons,
        int firstNeuron,
        int circuitsPerNeuron,
        int fanIn,
        int fanInAvailable,
        double scale,
        double weightStep,
        double weightLimit) {}
