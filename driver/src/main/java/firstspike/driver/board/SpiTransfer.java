package firstspike.driver.board;

import java.util.Arrays;

/**
 * Message to one SPI client of the board as omnibus writes to the FPGA: one byte a word, most significant byte first,
 * the last word with the stop bit 31 (registers.md 16).
 */
public final class SpiTransfer {

    /** Register of a DAC: gain and reference. */
    public static final int GAIN_REFERENCE = 0;

    /** Register of a DAC: when outputs take their data. */
    public static final int LDAC = 1;

    /** Register of a DAC: channels that are off. */
    public static final int POWER_DOWN = 2;

    private static final int SHIFT_REGISTER = 0x8800_7001;
    private static final int DAC_0 = 0x8800_7002;
    private static final int DAC_1 = 0x8800_7004;
    private static final int STOP = 0x8000_0000;
    private static final int CONTROL = 0x80;
    private static final int UPDATE_OUTPUTS = 2;

    private final int address;
    private final int[] words;

    private SpiTransfer(int address, int... bytes) {
        this.address = address;
        words = bytes;
        words[words.length - 1] |= STOP;
    }

    /** The 24 bits of the board's shift register. */
    public static SpiTransfer shiftRegister(int word) {
        return new SpiTransfer(SHIFT_REGISTER, word >> 16 & 0xFF, word >> 8 & 0xFF, word & 0xFF);
    }

    /**
     * Value of one DAC channel; it appears at the output with {@link #updateOutputs}.
     *
     * @param dac 0 or 1
     * @param channel 0..7
     * @param value 0..4095
     * @throws IllegalArgumentException outside
     */
    public static SpiTransfer dacData(int dac, int channel, int value) {
        check("DAC channel", channel, DacChannel.ON_DAC - 1);
        check("DAC value", value, DacChannel.MAXIMUM);
        return new SpiTransfer(dacAddress(dac), channel << 4 | value >> 8, value & 0xFF);
    }

    /** Makes a DAC, 0 or 1, show the values that it was given. */
    public static SpiTransfer updateOutputs(int dac) {
        return dacControl(dac, LDAC, UPDATE_OUTPUTS);
    }

    /**
     * One control register of a DAC.
     *
     * @param dac 0 or 1
     * @param register 0..3
     * @param value 0..255
     * @throws IllegalArgumentException outside
     */
    public static SpiTransfer dacControl(int dac, int register, int value) {
        check("DAC register", register, 3);
        check("DAC register value", value, 0xFF);
        return new SpiTransfer(dacAddress(dac), CONTROL | register << 5, value);
    }

    /** FPGA address of each write, all the same. */
    public int[] addresses() {
        int[] addresses = new int[words.length];
        Arrays.fill(addresses, address);
        return addresses;
    }

    /** Words to write, in order. */
    public int[] words() {
        return words.clone();
    }

    private static int dacAddress(int dac) {
        check("DAC", dac, 1);
        return dac == 0 ? DAC_0 : DAC_1;
    }

    private static void check(String thing, int value, int maximum) {
        if (value < 0 || value > maximum) {
            throw new IllegalArgumentException(thing + " " + value + " is outside 0.." + maximum);
        }
    }
}
