package firstspike.emulator.fpga;

/**
 * How long reads that trigger the CADC hold the chip's bus, from the configuration words as they pass on their way to the
 * chip (playback.md 7.2). Time passes whether the converter is enabled or not. Mutable; one owner thread.
 */
final class ConversionTimes {

    private static final int CONFIG = 0x0240_1000;
    private static final int HEMISPHERE = 0x0100_0000;
    private static final int TRIGGER = 0x02C8_0000;
    /** Leaves open hemisphere, type, row and quad of a triggering address. */
    private static final int TRIGGER_MASK = 0xFEFB_C000;

    private static final int RAMP_STEPS = 256;
    private static final int NS_PER_CYCLE = 2;
    private static final int NS_PER_TICK = 8;

    private final int[] config = new int[2];

    ConversionTimes copy() {
        ConversionTimes copy = new ConversionTimes();
        System.arraycopy(config, 0, copy.config, 0, config.length);
        return copy;
    }

    /** The chip was reset. */
    void reset() {
        config[0] = 0;
        config[1] = 0;
    }

    /** A word is on its way to the chip. */
    void written(int address, int word, int byteEnables) {
        if ((address & ~HEMISPHERE) == CONFIG) {
            int half = hemisphere(address);
            config[half] = FpgaRegisters.merged(config[half], word, byteEnables);
        }
    }

    /**
     * Ticks for which a read holds the bus beyond its own.
     *
     * @param address of the chip
     * @return 0 for all but triggering reads
     */
    int ticks(int address) {
        if ((address & TRIGGER_MASK) != TRIGGER) {
            return 0;
        }
        int word = config[hemisphere(address)];
        int cycles = (word >>> 4 & 0xFF) + RAMP_STEPS + (word >>> 12 & 0xFF);
        return (cycles * NS_PER_CYCLE + NS_PER_TICK - 1) / NS_PER_TICK;
    }

    private static int hemisphere(int address) {
        return address >>> 24 & 1;
    }
}
