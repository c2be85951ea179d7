package firstspike.driver.coordinate;

/**
 * Output that merges the spikes of 32 columns of both hemispheres; it is the crossbar input of the same number
 * (registers.md 3.1, 5.2).
 *
 * @param index number, 0..7
 */
public record NeuronEventOutput(int index) implements Comparable<NeuronEventOutput> {

    /** Event outputs of a chip; 0..3 belong to the west, 4..7 to the east side. */
    public static final int COUNT = 8;

    /** Checks the range: {@link IllegalArgumentException} outside 0..7. */
    public NeuronEventOutput {
        Bounds.check("NeuronEventOutput", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..7. */
    public static NeuronEventOutput of(int index) {
        return new NeuronEventOutput(index);
    }

    /** Side whose neurons it serves. */
    public Side side() {
        return Side.of(index / 4);
    }

    /** Crossbar input that it feeds. */
    public CrossbarInput crossbarInput() {
        return CrossbarInput.of(index);
    }

    /** Crossbar output towards the FPGA that a node connects it to. */
    public CrossbarOutput l2Output() {
        return CrossbarOutput.ofL2Output(index % 4);
    }

    /** Event output that a spike label of an on-chip neuron names. */
    public static NeuronEventOutput of(SpikeLabel label) {
        return new NeuronEventOutput(label.neuronEventOutput());
    }

    @Override
    public int compareTo(NeuronEventOutput other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "NeuronEventOutput(" + index + ")";
    }
}
