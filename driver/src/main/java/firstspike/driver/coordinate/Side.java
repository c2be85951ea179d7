package firstspike.driver.coordinate;

/**
 * Left or right half of the chip: columns 0..127 or 128..255. It is also the block of the neuron back-ends and of the
 * reset and counter registers. The number is {@link #ordinal()}: 0 west, 1 east (registers.md section 1).
 */
public enum Side {
    WEST,
    EAST;

    /** Number of sides. */
    public static final int COUNT = 2;

    private static final Side[] ALL = values();

    /**
     * The side with this number.
     *
     * @param index 0 west, 1 east
     * @throws IllegalArgumentException outside 0..1
     */
    public static Side of(int index) {
        Bounds.check("Side", index, COUNT);
        return ALL[index];
    }

    /** The number, 0 west, 1 east. */
    public int index() {
        return ordinal();
    }
}
