package firstspike.driver.coordinate;

/**
 * Output of the event crossbar: 0..3 PADI buses of the top, 4..7 of the bottom hemisphere, 8..11 to the FPGA
 * (registers.md 5.2).
 *
 * @param index number, 0..11
 */
public record CrossbarOutput(int index) implements Comparable<CrossbarOutput> {

    /** Outputs of the crossbar. */
    public static final int COUNT = 12;

    /** Checks the range: {@link IllegalArgumentException} outside 0..11. */
    public CrossbarOutput {
        Bounds.check("CrossbarOutput", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..11. */
    public static CrossbarOutput of(int index) {
        return new CrossbarOutput(index);
    }

    /** First output to the FPGA. */
    public static final int FIRST_L2 = 8;

    /**
     * The output to the FPGA with this number.
     *
     * @param l2Output 0..3; spikes that leave here carry it as SPL1 address
     * @throws IllegalArgumentException outside 0..3
     */
    public static CrossbarOutput ofL2Output(int l2Output) {
        Bounds.check("crossbar L2 output", l2Output, SpikeLabel.SPL1_ADDRESSES);
        return new CrossbarOutput(FIRST_L2 + l2Output);
    }

    /** Whether it leads to the FPGA. */
    public boolean isL2() {
        return index >= FIRST_L2;
    }

    @Override
    public int compareTo(CrossbarOutput other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "CrossbarOutput(" + index + ")";
    }
}
