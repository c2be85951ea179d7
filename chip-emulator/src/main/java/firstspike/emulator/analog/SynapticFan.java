package firstspike.emulator.analog;

/**
 * The synapses that one driver pulse with one label reaches: flat arrays, made by {@link NeuronArray#fan}, kept by the
 * digital fabric per (half, driver, label) until a row of that driver changes. What they add to which currents is looked up by
 * the {@code NeuronArray} that uses the fan, and again when strengths change. Threads that run windows of one program share it.
 */
public final class SynapticFan {
    final int[] circuit;
    final byte[] line;
    final byte[] weight;
    final int[] synapse;

    /** What it reaches, as last looked up; replaced as a whole, so that threads may share a fan. */
    FanReach reach;

    private SynapticFan(int[] circuit, byte[] line, byte[] weight, int[] synapse) {
        this.circuit = circuit;
        this.line = line;
        this.weight = weight;
        this.synapse = synapse;
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

    /** Number of synapses, those of weight 0 left out. */
    public int size() {
        return circuit.length;
    }
}
