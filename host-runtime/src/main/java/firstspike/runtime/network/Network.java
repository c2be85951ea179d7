package firstspike.runtime.network;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A feed-forward network of first-spike neurons. Layer 0 sees the external inputs, copy after copy, and its biases; layer
 * l sees the neurons of layer l - 1 and its biases. Weights are stored (presynaptic row, neuron).
 *
 * @param inputs number of external inputs before copying, 1 to 100000
 * @param inputCopies rows an external input has, 1 to 64
 * @param neuron the neuron of all layers
 * @param layers from input to output, at least one, names unique
 */
public record Network(int inputs, int inputCopies, NeuronModel neuron, List<Layer> layers) {

    private static final int MOST_INPUTS = 100_000;
    private static final int MOST_COPIES = 64;

    /** Checks the ranges and copies the list. */
    public Network {
        layers = List.copyOf(layers);
        if (inputs < 1 || inputs > MOST_INPUTS || inputCopies < 1 || inputCopies > MOST_COPIES) {
            throw new IllegalArgumentException("network inputs, copies: " + inputs + ", " + inputCopies
                    + " (limit: 1 to " + MOST_INPUTS + ", 1 to " + MOST_COPIES + "); correct the network");
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network layers: 0 (limit: 1 or more); add a layer");
        }
        Set<String> names = new HashSet<>();
        for (Layer layer : layers) {
            if (!names.add(layer.name())) {
                throw new IllegalArgumentException(
                        "layer name: " + layer.name() + " (limit: once in a network); rename one of them");
            }
        }
    }

    /**
     * @param layer index from 0
     * @return rows of its weights that are inputs, biases not counted
     */
    public int inputRows(int layer) {
        return layer == 0 ? inputs * inputCopies : layers.get(layer - 1).size();
    }

    /**
     * @param layer index from 0
     * @return all rows of its weights: inputs, then biases
     */
    public int rows(int layer) {
        return inputRows(layer) + layers.get(layer).biasRows();
    }

    /**
     * The same network with other times after a spike.
     *
     * @param afterSpike refractory time, hold-off and reset
     * @return a changed copy
     */
    public Network with(AfterSpike afterSpike) {
        return new Network(
                inputs,
                inputCopies,
                new NeuronModel(
                        neuron.tauSyn(),
                        neuron.tauMem(),
                        neuron.gLeak(),
                        neuron.vLeak(),
                        neuron.vThreshold(),
                        afterSpike),
                layers);
    }

    /** Whether any neuron may spike more than once in a sample. */
    public boolean manySpikes() {
        return layers.stream().anyMatch(layer -> layer.maxSpikes() > 1);
    }

    /** Number of neurons of the last layer, which are the classes. */
    public int outputs() {
        return layers.get(layers.size() - 1).size();
    }
}
