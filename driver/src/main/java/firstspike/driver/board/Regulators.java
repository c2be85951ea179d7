package firstspike.driver.board;

/** Voltage regulators that boards were built with: they decide the supply codes (registers.md 16). */
public enum Regulators {
    /** Earlier boards. */
    LDO_1(275, 315, 275, 315, 440, 440),
    /** Present boards. */
    LDO_2(608, 2090, 608, 1630, 440, 440);

    private final int[] supplyCodes;

    Regulators(int... supplyCodes) {
        this.supplyCodes = supplyCodes;
    }

    /** Code of a DAC channel at start-up, 0..4095; 0 for every channel that is no supply. */
    public int code(DacChannel channel) {
        int supply = channel.ordinal() - DacChannel.VDD25_DIGITAL.ordinal();
        return supply >= 0 && supply < supplyCodes.length ? supplyCodes[supply] : 0;
    }
}
