package firstspike.driver.coordinate;

/**
 * Place of one synapse-memory word: a row and a quad column of one hemisphere. It addresses the weight, label,
 * calibration and raw views alike (registers.md 3.1, 7.1).
 *
 * @param hemisphere synapse array
 * @param row row of the array
 * @param quadColumn column of words
 */
public record SynapseQuad(Hemisphere hemisphere, SynapseRow row, SynapseQuadColumn quadColumn)
        implements Comparable<SynapseQuad> {

    /** Quads of one hemisphere. */
    public static final int ON_HEMISPHERE = SynapseRow.COUNT * SynapseQuadColumn.COUNT;

    /** Quads of a chip. */
    public static final int COUNT = Hemisphere.COUNT * ON_HEMISPHERE;

    /** The quad with this number on the chip; {@link IllegalArgumentException} outside 0..32767. */
    public static SynapseQuad of(int index) {
        Bounds.check("SynapseQuad", index, COUNT);
        return new SynapseQuad(
                Hemisphere.of(index / ON_HEMISPHERE),
                SynapseRow.of(index % ON_HEMISPHERE / SynapseQuadColumn.COUNT),
                SynapseQuadColumn.of(index % SynapseQuadColumn.COUNT));
    }

    /** Number of a quad from plain numbers; unchecked, for loops over whole arrays. */
    public static int index(int hemisphere, int row, int quadColumn) {
        return ON_HEMISPHERE * hemisphere + SynapseQuadColumn.COUNT * row + quadColumn;
    }

    /** Number on the chip, 0..32767. */
    public int index() {
        return index(hemisphere.index(), row.index(), quadColumn.index());
    }

    @Override
    public int compareTo(SynapseQuad other) {
        return Integer.compare(index(), other.index());
    }
}
