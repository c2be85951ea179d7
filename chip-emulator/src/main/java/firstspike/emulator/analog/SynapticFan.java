package firstspike.emulator.analog;

/**
 * The synapses that one driver pulse with one label reaches: flat arrays, made by {@link NeuronArray#fan}, kept by the
 * digital fabric per (half, driver, label) until a row of that driver changes. Increments of current are filled in by the
 * {@code NeuronArray} that uses the fan and refreshed there when strengths change. Owned by one thread.
 */
public final class SynapticFan {
    final int[] circuit;
    final byte[] line;
    final byte[] weight;
    final int[] synapse;

    SynapticFan(int[] circuit, byte[] line, byte[] weight, int[] synapse) {
        this.circuit = circuit;
        this.line = line;
        this.weight = weight;
        this.synapse = synapse;
    }

    /** Number of synapses, those of weight 0 left out. */
    public int size() {
        return circuit.length;
    }
}
