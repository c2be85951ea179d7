package firstspike.driver.coordinate;

import java.util.Optional;

/**
 * One neuron circuit. The number is 256 times the row plus the column, row 0 being the top hemisphere (registers.md
 * 3.1, 3.2).
 *
 * @param index number, 0..511
 */
public record AtomicNeuron(int index) implements Comparable<AtomicNeuron> {

    /** Neuron circuits of a chip. */
    public static final int COUNT = 512;

    /** Checks the range: {@link IllegalArgumentException} outside 0..511. */
    public AtomicNeuron {
        Bounds.check("AtomicNeuron", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..511. */
    public static AtomicNeuron of(int index) {
        return new AtomicNeuron(index);
    }

    /** The circuit at a column of a hemisphere. */
    public static AtomicNeuron of(Hemisphere hemisphere, NeuronColumn column) {
        return column.neuron(hemisphere);
    }

    /**
     * The circuit with a given number in the order of the back-end, reset and counter registers.
     *
     * @param backendIndex 0..511, 256 times the side plus the index on the side
     * @throws IllegalArgumentException outside 0..511
     */
    public static AtomicNeuron ofBackendIndex(int backendIndex) {
        Bounds.check("neuron back-end", backendIndex, COUNT);
        int onBlock = backendIndex % 256;
        return new AtomicNeuron(256 * (onBlock / 128) + onBlock % 128 + 128 * (backendIndex / 256));
    }

    /** Column within the hemisphere. */
    public NeuronColumn column() {
        return NeuronColumn.of(index % 256);
    }

    /** Hemisphere, which is also the synapse array that feeds this neuron. */
    public Hemisphere hemisphere() {
        return Hemisphere.of(index / 256);
    }

    /** Block of its configuration and of its CapMem column. */
    public Quadrant quadrant() {
        return Quadrant.of(index / 128);
    }

    /** Index within the quadrant, 0..127: of the configuration and of the CapMem column. */
    public int indexOnQuadrant() {
        return index % 128;
    }

    /** Block of its back-end, reset and counter registers. */
    public Side side() {
        return column().side();
    }

    /** Index within the side, 0..255: of the back-end, reset and counter registers. */
    public int indexOnSide() {
        return index % 128 + 128 * (index / 256);
    }

    /** Number in the order of the back-end, reset and counter registers, 0..511; not the order of the neurons. */
    public int backendIndex() {
        return 256 * side().index() + indexOnSide();
    }

    /** Event output that its spikes leave by. */
    public NeuronEventOutput eventOutput() {
        return column().eventOutput();
    }

    /**
     * Back-end address that makes labels one-to-one where no network decides otherwise: column within the event output
     * plus 32 times the row, 0..63 (registers.md 18.1).
     */
    public int defaultAddressOut() {
        return index % 32 + 32 * (index / 256);
    }

    /**
     * The neuron whose label this is if all have their {@link #defaultAddressOut()}; empty for a label of none.
     *
     * @param label label of a spike that left the chip
     */
    public static Optional<AtomicNeuron> ofDefaultLabel(SpikeLabel label) {
        int address = label.neuronBackendAddress();
        if (address >= 64) {
            return Optional.empty();
        }
        return Optional.of(new AtomicNeuron(256 * (address / 32) + 32 * label.neuronEventOutput() + address % 32));
    }

    /** The CapMem cell of this neuron's parameter. */
    public CapMemCell capMemCell(NeuronParameter parameter) {
        return new CapMemCell(quadrant(), indexOnQuadrant(), parameter.row());
    }

    @Override
    public int compareTo(AtomicNeuron other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "AtomicNeuron(" + index + ")";
    }
}
