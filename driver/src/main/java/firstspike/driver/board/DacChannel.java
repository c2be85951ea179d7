package firstspike.driver.board;

import java.util.Locale;

/**
 * Output of the two board DACs with eight channels each. The number on the board is {@link #ordinal()}: 8 times the DAC
 * plus the channel (registers.md 16).
 */
public enum DacChannel {
    V_RESET(DacChannel.LOW_REFERENCE),
    V_RES_MEAS(DacChannel.LOW_REFERENCE),
    MUX_RFU_0(DacChannel.LOW_REFERENCE),
    MUX_RFU_1(DacChannel.LOW_REFERENCE),
    I_REF_BOARD(DacChannel.HIGH_REFERENCE),
    ANA_READOUT_DEBUG_0(DacChannel.HIGH_REFERENCE),
    ANA_READOUT_DEBUG_1(DacChannel.HIGH_REFERENCE),
    MUX_DAC_25(DacChannel.HIGH_REFERENCE),
    VDD25_DIGITAL(DacChannel.NO_REFERENCE),
    VDD12_DIGITAL(DacChannel.NO_REFERENCE),
    VDD25_ANALOG(DacChannel.NO_REFERENCE),
    VDD12_ANALOG(DacChannel.NO_REFERENCE),
    VDD12_MADC(DacChannel.NO_REFERENCE),
    VDD12_PLL(DacChannel.NO_REFERENCE),
    GENERAL_PURPOSE_0(DacChannel.NO_REFERENCE),
    GENERAL_PURPOSE_1(DacChannel.NO_REFERENCE);

    /** Channels of one DAC. */
    public static final int ON_DAC = 8;

    /** Largest code. */
    public static final int MAXIMUM = 4095;

    private static final double LOW_REFERENCE = 1.2;
    private static final double HIGH_REFERENCE = 2.5;
    private static final double NO_REFERENCE = 0;

    private final double referenceVolts;

    DacChannel(double referenceVolts) {
        this.referenceVolts = referenceVolts;
    }

    /** Which DAC, 0 or 1. */
    public int dac() {
        return ordinal() / ON_DAC;
    }

    /** Channel on its DAC, 0..7. */
    public int channel() {
        return ordinal() % ON_DAC;
    }

    /**
     * Code for a voltage, truncated.
     *
     * @param volts 0 to the reference of this channel
     * @return 0..4095
     * @throws IllegalArgumentException for a channel without a reference voltage, or a voltage outside
     */
    public int code(double volts) {
        String name = name().toLowerCase(Locale.ROOT);
        if (referenceVolts == NO_REFERENCE) {
            throw new IllegalArgumentException(
                    "DAC channel " + name + ": " + volts + " V, but it has no reference voltage; give a code 0..4095");
        }
        if (!(volts >= 0 && volts <= referenceVolts)) {
            throw new IllegalArgumentException(
                    "DAC channel " + name + ": " + volts + " V is outside 0.." + referenceVolts + " V");
        }
        return (int) (volts / referenceVolts * MAXIMUM);
    }
}
