package firstspike.driver.coordinate;

/**
 * Row of a synapse array. Even rows are the bottom, odd rows the top row of their driver, in both hemispheres
 * (registers.md 3.4).
 *
 * @param index number, 0..255
 */
public record SynapseRow(int index) implements Comparable<SynapseRow> {

    /** Rows of a synapse array. */
    public static final int COUNT = 256;

    /** Checks the range: {@link IllegalArgumentException} outside 0..255. */
    public SynapseRow {
        Bounds.check("SynapseRow", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..255. */
    public static SynapseRow of(int index) {
        return new SynapseRow(index);
    }

    /** Driver of this row in the given hemisphere. */
    public SynapseDriver driver(Hemisphere hemisphere) {
        return SynapseDriver.of(hemisphere, index / 2);
    }

    /** Whether it is the top row of its driver. */
    public boolean isTopOfDriver() {
        return index % 2 == 1;
    }

    @Override
    public int compareTo(SynapseRow other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "SynapseRow(" + index + ")";
    }
}
