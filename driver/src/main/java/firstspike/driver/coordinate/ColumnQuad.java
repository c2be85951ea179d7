package firstspike.driver.coordinate;

/**
 * Quad column of one hemisphere without a row: place of the column switches and of the quad-wise neuron reset
 * (registers.md 3.1, 7.4, 7.5).
 *
 * @param hemisphere synapse array
 * @param quadColumn column of words
 */
public record ColumnQuad(Hemisphere hemisphere, SynapseQuadColumn quadColumn) implements Comparable<ColumnQuad> {

    /** Column quads of a chip. */
    public static final int COUNT = Hemisphere.COUNT * SynapseQuadColumn.COUNT;

    /** The quad with this number on the chip; {@link IllegalArgumentException} outside 0..127. */
    public static ColumnQuad of(int index) {
        Bounds.check("ColumnQuad", index, COUNT);
        return new ColumnQuad(
                Hemisphere.of(index / SynapseQuadColumn.COUNT), SynapseQuadColumn.of(index % SynapseQuadColumn.COUNT));
    }

    /** Number on the chip, 0..127. */
    public int index() {
        return SynapseQuadColumn.COUNT * hemisphere.index() + quadColumn.index();
    }

    @Override
    public int compareTo(ColumnQuad other) {
        return Integer.compare(index(), other.index());
    }
}
