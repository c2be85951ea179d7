package firstspike.driver.coordinate;

/**
 * Column of synapse-memory words. A word holds four synapses of the same column parity: quad 0 has columns 0, 2, 4,
 * 6, quad 32 has 1, 3, 5, 7 (registers.md 3.3).
 *
 * @param index number, 0..63
 */
public record SynapseQuadColumn(int index) implements Comparable<SynapseQuadColumn> {

    /** Quads of a synapse row. */
    public static final int COUNT = 64;

    /** Checks the range: {@link IllegalArgumentException} outside 0..63. */
    public SynapseQuadColumn {
        Bounds.check("SynapseQuadColumn", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..63. */
    public static SynapseQuadColumn of(int index) {
        return new SynapseQuadColumn(index);
    }

    /** Synapses in one word. */
    public static final int ENTRIES = 4;

    /** Number of the quad that holds a column 0..255; unchecked, for loops over whole arrays. */
    public static int ofColumn(int column) {
        return 32 * (column % 2) + column / 8;
    }

    /** Entry 0..3 of a column 0..255 in its quad; unchecked, for loops over whole arrays. */
    public static int entryOfColumn(int column) {
        return column / 2 % 4;
    }

    /** Column 0..255 of an entry of a quad; unchecked, for loops over whole arrays. */
    public static int column(int quadColumn, int entry) {
        return 8 * (quadColumn % 32) + 2 * entry + quadColumn / 32;
    }

    /**
     * Column of one entry.
     *
     * @param entry 0..3, 0 being the most significant byte of the word
     * @throws IllegalArgumentException outside 0..3
     */
    public NeuronColumn column(int entry) {
        Bounds.check("entry on quad", entry, ENTRIES);
        return NeuronColumn.of(column(index, entry));
    }

    @Override
    public int compareTo(SynapseQuadColumn other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "SynapseQuadColumn(" + index + ")";
    }
}
