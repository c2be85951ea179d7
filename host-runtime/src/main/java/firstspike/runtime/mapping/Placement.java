package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CrossbarOutput;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where neurons, weight rows and external events lie, whatever the scheme that placed them.
 *
 * @param scheme name of the scheme
 * @param layers from input to output
 * @param externals in the order of their numbers
 * @param firstCircuit of a logical neuron: its leftmost circuit; the others are to the right of it
 * @param activeCircuit of a logical neuron: the circuit that has its capacitance, leak and threshold, and sends its spikes
 * @param address of a logical neuron: low byte of its spike labels
 * @param limits how many there could be
 */
record Placement(
        String scheme,
        List<LayerPlacement> layers,
        List<ExternalRow> externals,
        int[] firstCircuit,
        int[] activeCircuit,
        int[] address,
        Limits limits) {

    Placement {
        layers = List.copyOf(layers);
        externals = List.copyOf(externals);
    }

    /**
     * What the scheme has room for.
     *
     * @param externals events from the host
     * @param neurons labels of neurons
     */
    record Limits(int externals, int neurons) {}

    /** Number of placed neurons. */
    int neurons() {
        return firstCircuit.length;
    }

    /** Circuits that are used, the passive ones included. */
    int circuits() {
        return layers.stream()
                .mapToInt(layer -> layer.size() * layer.circuits())
                .sum();
    }

    /** Synapse drivers of both hemispheres that some row lies on. */
    BitSet drivers() {
        BitSet used = new BitSet(SynapseDriver.COUNT);
        for (LayerPlacement layer : layers) {
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                for (int pair : layer.rowPair()) {
                    used.set(SynapseDriver.ON_BLOCK * hemisphere(n) + pair);
                }
            }
        }
        return used;
    }

    AtomicNeuron active(int neuron) {
        return AtomicNeuron.of(activeCircuit[neuron]);
    }

    /** Hemisphere of a neuron, 0 or 1. */
    int hemisphere(int neuron) {
        return firstCircuit[neuron] / NeuronColumn.COUNT;
    }

    /** Column of a place of a neuron in its hemisphere. */
    int column(int neuron, int circuit) {
        return firstCircuit[neuron] % NeuronColumn.COUNT + circuit;
    }

    /** 16-bit label of the spikes that a neuron sends to the host. */
    int label(int neuron) {
        AtomicNeuron circuit = active(neuron);
        return SpikeLabel.ofNeuron(
                        circuit.eventOutput(),
                        address[neuron],
                        circuit.eventOutput().l2Output().index() - CrossbarOutput.FIRST_L2)
                .value();
    }

    /** All circuits of a layer that hear one of its weight rows. */
    int[] hearers(LayerPlacement layer, int row) {
        int[] within = Arrays.stream(layer.circuit(), layer.firstPlace()[row], layer.firstPlace()[row + 1])
                .distinct()
                .toArray();
        int[] circuits = new int[layer.size() * within.length];
        int i = 0;
        for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
            for (int circuit : within) {
                circuits[i++] = firstCircuit[n] + circuit;
            }
        }
        return circuits;
    }

    /** The refusal of a network that has no room. */
    static ExperimentException doesNotFit(String resource, int needed, int available, String layer, String remedy) {
        return refusal(resource + " for layer " + layer, resource, needed, available, layer, remedy);
    }

    /** The refusal of a layer with more weight rows than its neurons can hear. */
    static ExperimentException fanInExceeds(int needed, int available, String layer, String remedy) {
        String fanIn = "fan-in of layer " + layer;
        return refusal(fanIn, fanIn, needed, available, layer, remedy);
    }

    private static ExperimentException refusal(
            String thing, String resource, int needed, int available, String layer, String remedy) {
        return new ExperimentException(
                Code.DOES_NOT_FIT,
                ErrorDetail.of(thing, needed + " needed", available + " available", remedy)
                        .with("resource", resource)
                        .with("needed", needed)
                        .with("available", available)
                        .with("layer", layer),
                null);
    }
}
