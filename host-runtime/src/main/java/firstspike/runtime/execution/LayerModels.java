package firstspike.runtime.execution;

import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.learning.NeuronConstants;
import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.learning.eventprop.SpikingNeuron;
import firstspike.runtime.learning.eventprop.TrainLayer;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

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
                int source = requireSource(batch, sample, i, inputs);
                double time = batch.time()[i];
                rows[base + source] = Math.min(rows[base + source], time);
            }
            for (int copy = inputs; copy < width; copy++) {
                rows[base + copy] = rows[base + copy - inputs];
            }
        }
    }

    /**
     * Shapes of all layers as learning from trains sees them.
     *
     * @param network network in the user's words
     * @param measured constants of each neuron, a layer; empty when nothing was measured
     * @return from input to output
     */
    public static List<TrainLayer> trains(Network network, List<MeasuredNeurons> measured) {
        List<TrainLayer> layers = new ArrayList<>();
        List<LayerModel> models = of(network);
        for (int index = 0; index < models.size(); index++) {
            LayerModel model = models.get(index);
            List<SpikingNeuron> neurons = measured.isEmpty()
                    ? List.of(spiking(network, model.neuron()))
                    : measured(network, model, measured.get(index));
            layers.add(new TrainLayer(
                    model.inputs(),
                    model.biasTimes(),
                    model.size(),
                    neurons,
                    network.layers().get(index).maxSpikes(),
                    OptionalDouble.empty()));
        }
        return List.copyOf(layers);
    }

    private static SpikingNeuron spiking(Network network, NeuronConstants constants) {
        AfterSpike after = network.neuron().afterSpike();
        return new SpikingNeuron(constants, after.refractory(), after.holdoff(), after.vReset());
    }

    /** A measured capacitance does not show in times: the conductance follows the membrane time constant. */
    private static List<SpikingNeuron> measured(Network network, LayerModel model, MeasuredNeurons of) {
        List<SpikingNeuron> neurons = new ArrayList<>();
        NeuronConstants nominal = model.neuron();
        for (int n = 0; n < model.size(); n++) {
            double tauSyn = 0.5 * (of.tauSyn(n, false) + of.tauSyn(n, true));
            double gLeak = nominal.capacitance() / of.tauMem(n);
            neurons.add(spiking(
                    network, new NeuronConstants(tauSyn, of.tauMem(n), gLeak, nominal.vLeak(), nominal.vThreshold())));
        }
        return neurons;
    }

    /**
     * Trains of the input rows of the first layer, copy after copy.
     *
     * @param network gives inputs and copies
     * @param batch input spikes, any number an input
     * @return samples x input rows
     * @throws IllegalArgumentException for a source that the network does not have, or a time that is no number
     */
    public static SpikeTrains trains(Network network, InputSpikes batch) {
        int inputs = network.inputs();
        int width = inputs * network.inputCopies();
        int[] first = new int[batch.samples() * width + 1];
        for (int sample = 0; sample < batch.samples(); sample++) {
            for (int i = batch.first()[sample]; i < batch.first()[sample + 1]; i++) {
                int source = requireSource(batch, sample, i, inputs);
                for (int copy = source; copy < width; copy += inputs) {
                    first[sample * width + copy + 1]++;
                }
            }
        }
        for (int i = 1; i < first.length; i++) {
            first[i] += first[i - 1];
        }
        double[] time = new double[first[first.length - 1]];
        int[] next = first.clone();
        for (int sample = 0; sample < batch.samples(); sample++) {
            for (int i = batch.first()[sample]; i < batch.first()[sample + 1]; i++) {
                int source = Short.toUnsignedInt(batch.source()[i]);
                for (int copy = source; copy < width; copy += inputs) {
                    time[next[sample * width + copy]++] = batch.time()[i];
                }
            }
        }
        for (int train = 0; train + 1 < first.length; train++) {
            Arrays.sort(time, first[train], first[train + 1]);
        }
        return new SpikeTrains(batch.samples(), width, first, time);
    }

    private static int requireSource(InputSpikes batch, int sample, int i, int inputs) {
        int source = Short.toUnsignedInt(batch.source()[i]);
        if (source >= inputs) {
            throw new IllegalArgumentException(
                    "input spike of sample " + sample + " : source " + source + " (expected: 0.." + (inputs - 1) + ")");
        }
        double time = batch.time()[i];
        if (!(time >= 0) || time == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("input spike of sample " + sample + ", source " + source + " : time "
                    + time + " tau (expected: finite and >= 0)");
        }
        return source;
    }
}
