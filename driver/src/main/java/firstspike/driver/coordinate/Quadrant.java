package firstspike.driver.coordinate;

/**
 * Quarter of the chip: block of neuron configurations and of CapMem cells. The number is {@link #ordinal()}: 0 top
 * west,
 * 1 top east, 2 bottom west, 3 bottom east (registers.md section 1).
 */
public enum Quadrant {
    TOP_WEST,
    TOP_EAST,
    BOTTOM_WEST,
    BOTTOM_EAST;

    /** Number of quadrants of a chip. */
    public static final int COUNT = 4;

    private static final Quadrant[] ALL = values();

    /**
     * The quadrant with this number.
     *
     * @param index 0..3
     * @throws IllegalArgumentException outside 0..3
     */
    public static Quadrant of(int index) {
        Bounds.check("Quadrant", index, COUNT);
        return ALL[index];
    }

    /** The number 0..3. */
    public int index() {
        return ordinal();
    }

    /** Upper or lower half of the chip. */
    public Hemisphere hemisphere() {
        return Hemisphere.of(ordinal() / 2);
    }

    /** Left or right half of the chip. */
    public Side side() {
        return Side.of(ordinal() % 2);
    }
}
