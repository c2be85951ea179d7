package firstspike.driver.coordinate;

/**
 * Channel of the column-parallel converter: each column of a hemisphere has a causal and an acausal one
 * (registers.md 3.1, 11.2).
 *
 * @param hemisphere half of the chip
 * @param type which of the two channels of the column
 * @param column column of the synapse array
 */
public record CadcChannel(Hemisphere hemisphere, Type type, NeuronColumn column) implements Comparable<CadcChannel> {

    /** Channels of a chip. */
    public static final int COUNT = 1024;

    /** The two channels of a column; the number is {@link #ordinal()}. */
    public enum Type {
        CAUSAL,
        ACAUSAL
    }

    /** The channel with this number on the chip; {@link IllegalArgumentException} outside 0..1023. */
    public static CadcChannel of(int index) {
        Bounds.check("CadcChannel", index, COUNT);
        return new CadcChannel(
                Hemisphere.of(index / 512),
                index / 256 % 2 == 0 ? Type.CAUSAL : Type.ACAUSAL,
                NeuronColumn.of(index % 256));
    }

    /** Number on the chip, 0..1023. */
    public int index() {
        return 512 * hemisphere.index() + 256 * type.ordinal() + column.index();
    }

    @Override
    public int compareTo(CadcChannel other) {
        return Integer.compare(index(), other.index());
    }
}
