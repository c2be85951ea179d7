package firstspike.driver.coordinate;

/**
 * Input of the event crossbar: 0..7 neuron event outputs, 8..11 events from the FPGA by SPL1 address, 12..19
 * background sources (registers.md 5.2).
 *
 * @param index number, 0..19
 */
public record CrossbarInput(int index) implements Comparable<CrossbarInput> {

    /** Inputs of the crossbar. */
    public static final int COUNT = 20;

    /** Checks the range: {@link IllegalArgumentException} outside 0..19. */
    public CrossbarInput {
        Bounds.check("CrossbarInput", index, COUNT);
    }

    /** The coordinate with this number; {@link IllegalArgumentException} outside 0..19. */
    public static CrossbarInput of(int index) {
        return new CrossbarInput(index);
    }

    /** First input of the events from the FPGA. */
    public static final int FIRST_SPL1 = 8;

    /** First input of the background sources. */
    public static final int FIRST_BACKGROUND = 12;

    /**
     * The input of events from the FPGA with this SPL1 address.
     *
     * @param spl1Address 0..3
     * @throws IllegalArgumentException outside 0..3
     */
    public static CrossbarInput ofSpl1Address(int spl1Address) {
        Bounds.check("SPL1 address", spl1Address, SpikeLabel.SPL1_ADDRESSES);
        return new CrossbarInput(FIRST_SPL1 + spl1Address);
    }

    @Override
    public int compareTo(CrossbarInput other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "CrossbarInput(" + index + ")";
    }
}
