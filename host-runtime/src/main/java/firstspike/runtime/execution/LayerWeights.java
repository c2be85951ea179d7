package firstspike.runtime.execution;

/**
 * Float weights of all layers, in units of the network. The arrays are shared, not copied: whoever holds this record may
 * see later updates.
 *
 * @param layers a layer: row-major (presynaptic row, neuron), rows = inputs then biases
 */
public record LayerWeights(double[][] layers) {}
