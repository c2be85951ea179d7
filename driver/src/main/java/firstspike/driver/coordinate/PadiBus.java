package firstspike.driver.coordinate;

/**
 * Bus that carries events to the 32 synapse drivers of one residue class. The number is 4 times the hemisphere plus
 * the number on the block (registers.md 3.1, 5.3).
 *
 * @param index number, 0..7
 */
public record PadiBus(int index) implements Comparable<PadiBus> {

    /** Buses of a chip. */
    public static final int COUNT = 8;

    /** Checks the range: {@link IllegalArgumentException} outside 0..7. */
    public PadiBus {
        Bounds.check("PadiBus", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..7. */
    public static PadiBus of(int index) {
        return new PadiBus(index);
    }

    /** Buses of one hemisphere. */
    public static final int ON_BLOCK = 4;

    /** Synapse drivers on one bus. */
    public static final int DRIVERS = 32;

    /**
     * The bus with a number on its block.
     *
     * @param onBlock 0..3
     * @throws IllegalArgumentException outside 0..3
     */
    public static PadiBus of(Hemisphere hemisphere, int onBlock) {
        Bounds.check("PADI bus on block", onBlock, ON_BLOCK);
        return new PadiBus(ON_BLOCK * hemisphere.index() + onBlock);
    }

    /** Hemisphere of its drivers. */
    public Hemisphere hemisphere() {
        return Hemisphere.of(index / ON_BLOCK);
    }

    /** Number on its block, 0..3. */
    public int onBlock() {
        return index % ON_BLOCK;
    }

    /** Crossbar output that feeds it. */
    public CrossbarOutput crossbarOutput() {
        return CrossbarOutput.of(index);
    }

    @Override
    public int compareTo(PadiBus other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "PadiBus(" + index + ")";
    }
}
