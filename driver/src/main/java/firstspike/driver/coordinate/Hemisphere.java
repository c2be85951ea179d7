package firstspike.driver.coordinate;

/**
 * Upper or lower half of the chip. Each has one synapse array, one row of 256 neuron circuits, one CADC and one
 * plasticity processor. The number is {@link #ordinal()}: 0 top, 1 bottom (registers.md section 1).
 */
public enum Hemisphere {
    TOP,
    BOTTOM;

    /** Number of hemispheres of a chip. */
    public static final int COUNT = 2;

    private static final Hemisphere[] ALL = values();

    /**
     * The hemisphere with this number.
     *
     * @param index 0 top, 1 bottom
     * @throws IllegalArgumentException outside 0..1
     */
    public static Hemisphere of(int index) {
        Bounds.check("Hemisphere", index, COUNT);
        return ALL[index];
    }

    /** The number, 0 top, 1 bottom. */
    public int index() {
        return ordinal();
    }

    /** The quadrant of this half on the given side. */
    public Quadrant quadrant(Side side) {
        return Quadrant.of(2 * ordinal() + side.ordinal());
    }
}
