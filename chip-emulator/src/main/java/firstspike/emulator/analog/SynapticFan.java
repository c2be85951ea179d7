package firstspike.emulator.analog;

/**
 * The synapses that one driver pulse with one label reaches: flat arrays, made by {@link NeuronArray#fan}, kept by the
 * digital fabric per (half, driver, label) until a row of that driver changes. Increments of current are filled in by the
 * {@code NeuronArray} that uses the fan and refreshed there when strengths change. Owned by one thread.
 */
public final class SynapticFan {
    private static final int[] NONE = {};

    final int[] circuit;
    final byte[] line;
    final byte[] weight;
    final int[] synapse;

    /** Who filled in what follows, and for which version of its strengths. */
    NeuronArray resolvedBy;

    long version;
    int reached;
    int nodes;
    /** The nodes reached, each once. */
    final int[] node;

    final int[] reachedLine;
    /** In units of {@link Membranes#PULSE_UNIT_A}. */
    final long[] increment;

    int bypassed;
    /** Empty until a synapse reaches a circuit whose integrator is bypassed, which is rare. */
    int[] bypassedCircuit = NONE;

    private SynapticFan(int[] circuit, byte[] line, byte[] weight, int[] synapse) {
        this.circuit = circuit;
        this.line = line;
        this.weight = weight;
        this.synapse = synapse;
        this.node = new int[circuit.length];
        this.reachedLine = new int[circuit.length];
        this.increment = new long[circuit.length];
    }

    /** The synapses that have a weight, in their order. */
    static SynapticFan of(int[] circuit, byte[] line, byte[] weight, int[] synapse) {
        int size = 0;
        for (byte w : weight) {
            size += w != 0 ? 1 : 0;
        }
        int[] circuits = new int[size];
        byte[] lines = new byte[size];
        byte[] weights = new byte[size];
        int[] synapses = new int[size];
        int at = 0;
        for (int i = 0; i < weight.length; i++) {
            if (weight[i] != 0) {
                circuits[at] = circuit[i];
                lines[at] = line[i];
                weights[at] = weight[i];
                synapses[at++] = synapse[i];
            }
        }
        return new SynapticFan(circuits, lines, weights, synapses);
    }

    /** Notes a circuit whose integrator is bypassed, as the one of that number. */
    void bypass(int number, int ofCircuit) {
        if (bypassedCircuit == NONE) {
            bypassedCircuit = new int[circuit.length];
        }
        bypassedCircuit[number] = ofCircuit;
    }

    /** Number of synapses, those of weight 0 left out. */
    public int size() {
        return circuit.length;
    }

    /** The same synapses for another thread's array, not resolved yet. */
    public SynapticFan copy() {
        return new SynapticFan(circuit, line, weight, synapse);
    }
}
