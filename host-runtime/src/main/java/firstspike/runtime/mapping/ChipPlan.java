package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SynapseDriver;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Which layer owns each circuit and each row pair of each column: what a picture of a mapped chip shows. Immutable. */
public final class ChipPlan {

    /** What nobody owns. */
    public static final int FREE = -1;
    /** Row pairs of a hemisphere. */
    public static final int ROW_PAIRS = SynapseDriver.ON_BLOCK;

    private final List<String> layers;
    private final int[] layerOfCircuit = new int[AtomicNeuron.COUNT];
    private final boolean[] active = new boolean[AtomicNeuron.COUNT];
    private final int[] layerOfSynapse = new int[AtomicNeuron.COUNT * ROW_PAIRS];
    private final boolean[] external = new boolean[AtomicNeuron.COUNT * ROW_PAIRS];

    ChipPlan(Placement placement) {
        layers = placement.layers().stream().map(LayerPlacement::name).toList();
        Arrays.fill(layerOfCircuit, FREE);
        Arrays.fill(layerOfSynapse, FREE);
        for (int circuit : placement.activeCircuit()) {
            active[circuit] = true;
        }
        for (int l = 0; l < layers.size(); l++) {
            LayerPlacement layer = placement.layers().get(l);
            boolean[] fromHost = new boolean[layer.rows()];
            for (ExternalRow row : placement.externals()) {
                if (row.layer() == l) {
                    fromHost[row.weightRow()] = true;
                }
            }
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                int first = placement.firstCircuit()[n];
                Arrays.fill(layerOfCircuit, first, first + layer.circuits(), l);
                for (int row = 0; row < layer.rows(); row++) {
                    for (int place = layer.firstPlace()[row]; place < layer.firstPlace()[row + 1]; place++) {
                        int synapse = synapse(first + layer.circuit()[place], layer.rowPair()[place]);
                        layerOfSynapse[synapse] = l;
                        external[synapse] = fromHost[row];
                    }
                }
            }
        }
    }

    private ChipPlan(List<String> layers) {
        this.layers = List.copyOf(layers);
        Arrays.fill(layerOfCircuit, FREE);
        Arrays.fill(layerOfSynapse, FREE);
    }

    /**
     * A plan from what a picture of it showed.
     *
     * @param layers names from input to output
     * @param circuits what each used circuit is
     * @param stretches what the row pairs of circuits are for
     * @return the plan
     * @throws IndexOutOfBoundsException for a circuit, row pair or layer that there is not
     */
    public static ChipPlan of(List<String> layers, List<Circuit> circuits, List<Stretch> stretches) {
        ChipPlan plan = new ChipPlan(layers);
        for (Circuit one : circuits) {
            Objects.checkIndex(one.layer(), layers.size());
            plan.layerOfCircuit[Objects.checkIndex(one.circuit(), AtomicNeuron.COUNT)] = one.layer();
            plan.active[one.circuit()] = one.active();
        }
        for (Stretch one : stretches) {
            Objects.checkIndex(one.layer(), layers.size());
            Objects.checkIndex(one.circuit(), AtomicNeuron.COUNT);
            Objects.checkFromToIndex(one.first(), one.last() + 1, ROW_PAIRS);
            for (int pair = one.first(); pair <= one.last(); pair++) {
                plan.layerOfSynapse[synapse(one.circuit(), pair)] = one.layer();
                plan.external[synapse(one.circuit(), pair)] = one.external();
            }
        }
        return plan;
    }

    /**
     * A used circuit.
     *
     * @param circuit 0 to 511
     * @param layer its index
     * @param active whether it has the threshold of its neuron
     */
    public record Circuit(int circuit, int layer, boolean active) {}

    /**
     * Row pairs of a circuit that serve one thing.
     *
     * @param circuit 0 to 511
     * @param first row pair, 0 to 127
     * @param last row pair, itself included
     * @param layer whose weights lie there
     * @param external whether they are for events of the host
     */
    public record Stretch(int circuit, int first, int last, int layer, boolean external) {}

    private static int synapse(int circuit, int rowPair) {
        return circuit * ROW_PAIRS + rowPair;
    }

    /** Names of the layers from input to output; the numbers below are indices into them. */
    public List<String> layers() {
        return layers;
    }

    /**
     * @param circuit 0 to 511; its hemisphere is circuit / {@value NeuronColumn#COUNT}
     * @return its layer, or {@link #FREE}
     */
    public int layerOf(int circuit) {
        return layerOfCircuit[circuit];
    }

    /**
     * @param circuit 0 to 511
     * @return whether it has the threshold of its neuron and sends its spikes
     */
    public boolean isActive(int circuit) {
        return active[circuit];
    }

    /**
     * @param circuit 0 to 511, above or below the synapses of its column
     * @param rowPair 0 to 127 of its hemisphere
     * @return layer whose weights lie there, or {@link #FREE}
     */
    public int layerOf(int circuit, int rowPair) {
        return layerOfSynapse[synapse(circuit, rowPair)];
    }

    /**
     * @param circuit 0 to 511
     * @param rowPair 0 to 127 of its hemisphere
     * @return whether the weights there are for an event of the host, not for a neuron
     */
    public boolean isExternal(int circuit, int rowPair) {
        return external[synapse(circuit, rowPair)];
    }
}
