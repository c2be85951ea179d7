package firstspike.runtime.execution;

import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The layers of a network as learning sees them: one row for each input copy and bias copy. */
public final class LayerModels {
    private LayerModels() {}

    /**
     * Shapes of all layers.
     *
     * @param network network in the user's words
     * @return from input to output
     */
    public static List<LayerModel> of(Network network) {
        NeuronModel neuron = network.neuron();
        NeuronConstants constants = new NeuronConstants(
                neuron.tauSyn(), neuron.tauMem(), neuron.gLeak(), neuron.vLeak(), neuron.vThreshold());
        List<LayerModel> models = new ArrayList<>();
        for (int index = 0; index < network.layers().size(); index++) {
            Layer layer = network.layers().get(index);
            double[] biases = new double[layer.biasRows()];
            for (int i = 0; i < biases.length; i++) {
                biases[i] = layer.biasTimes().get(i % layer.biasTimes().size());
            }
            models.add(new LayerModel(network.inputRows(index), biases, layer.size(), constants));
        }
        return List.copyOf(models);
    }

    /**
     * Shapes of all layers on a calibrated chip.
     *
     * @param network network in the user's words
     * @param measured constants of each neuron, a layer; empty when nothing was measured
     * @return from input to output
     */
    public static List<LayerModel> of(Network network, List<MeasuredNeurons> measured) {
        List<LayerModel> models = new ArrayList<>(of(network));
        for (int layer = 0; layer < measured.size(); layer++) {
            models.set(layer, models.get(layer).with(measured.get(layer)));
        }
        return List.copyOf(models);
    }

    /**
     * Lays input spikes out as the input rows of the first layer: copy after copy, the first spike of each input.
     *
     * @param network gives inputs and copies
     * @param batch input spikes
     * @param rows receives samples times input rows; positive infinity where an input has no spike
     * @throws IllegalArgumentException for a source that the network does not have
     */
    public static void spread(Network network, InputSpikes batch, double[] rows) {
        int inputs = network.inputs();
        int width = inputs * network.inputCopies();
        Arrays.fill(rows, 0, batch.samples() * width, Double.POSITIVE_INFINITY);
        for (int sample = 0; sample < batch.samples(); sample++) {
            int base = sample * width;
            for (int i = batch.first()[sample]; i < batch.first()[sample + 1]; i++) {
                int source = Short.toUnsignedInt(batch.source()[i]);
                if (source >= inputs) {
                    throw new IllegalArgumentException("input spike of sample " + sample + " : source " + source
                            + " (expected: 0.." + (inputs - 1) + ")");
                }
                double time = batch.time()[i];
                if (!(time >= 0) || time == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException("input spike of sample " + sample + ", source " + source
                            + " : time " + time + " tau (expected: finite and >= 0)");
                }
                rows[base + source] = Math.min(rows[base + source], time);
            }
            for (int copy = inputs; copy < width; copy++) {
                rows[base + copy] = rows[base + copy - inputs];
            }
        }
    }
}
