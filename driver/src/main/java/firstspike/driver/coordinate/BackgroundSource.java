package firstspike.driver.coordinate;

/**
 * Spike generator on the chip. It has a crossbar input of its own and reaches one PADI bus and one output to the
 * FPGA (registers.md 9.4).
 *
 * @param index number, 0..7
 */
public record BackgroundSource(int index) implements Comparable<BackgroundSource> {

    /** Background sources of a chip. */
    public static final int COUNT = 8;

    /** Checks the range: {@link IllegalArgumentException} outside 0..7. */
    public BackgroundSource {
        Bounds.check("BackgroundSource", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..7. */
    public static BackgroundSource of(int index) {
        return new BackgroundSource(index);
    }

    /** Its crossbar input. */
    public CrossbarInput crossbarInput() {
        return CrossbarInput.of(CrossbarInput.FIRST_BACKGROUND + index);
    }

    /** The PADI bus that it can reach. */
    public PadiBus padiBus() {
        return PadiBus.of(index);
    }

    /** The output to the FPGA that it can reach, 0..3. */
    public int l2Output() {
        return index % 4;
    }

    @Override
    public int compareTo(BackgroundSource other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "BackgroundSource(" + index + ")";
    }
}
