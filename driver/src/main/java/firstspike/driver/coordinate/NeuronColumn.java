package firstspike.driver.coordinate;

/**
 * Column of the neuron row and of the synapse array of one hemisphere; the two run in parallel (registers.md 3.2,
 * 3.3).
 *
 * @param index number, 0..255
 */
public record NeuronColumn(int index) implements Comparable<NeuronColumn> {

    /** Columns of a hemisphere. */
    public static final int COUNT = 256;

    /** Checks the range: {@link IllegalArgumentException} outside 0..255. */
    public NeuronColumn {
        Bounds.check("NeuronColumn", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..255. */
    public static NeuronColumn of(int index) {
        return new NeuronColumn(index);
    }

    /** Left or right half of the chip. */
    public Side side() {
        return Side.of(index / 128);
    }

    /** Event output of the neurons of this column, which is also their crossbar input. */
    public NeuronEventOutput eventOutput() {
        return NeuronEventOutput.of(index / 32);
    }

    /** Quad that holds this column's synapses: four columns of the same parity share a word. */
    public SynapseQuadColumn quadColumn() {
        return SynapseQuadColumn.of(SynapseQuadColumn.ofColumn(index));
    }

    /** Place in the quad's word, 0..3; entry 0 is the most significant byte. */
    public int entryOnQuad() {
        return SynapseQuadColumn.entryOfColumn(index);
    }

    /** The neuron circuit of this column in the given hemisphere. */
    public AtomicNeuron neuron(Hemisphere hemisphere) {
        return AtomicNeuron.of(COUNT * hemisphere.index() + index);
    }

    @Override
    public int compareTo(NeuronColumn other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "NeuronColumn(" + index + ")";
    }
}
