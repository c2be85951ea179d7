package firstspike.emulator.digital;

/**
 * Which events reach a circuit, as a number: equal where the synapses of every driver have the same labels, be it in the
 * one row or the other, for mappings use one of the two rows for each sign of a weight.
 */
final class SynapseReach {
    private static final int CIRCUITS = 512;
    private static final int DRIVERS = 128;
    private static final int ROWS = 256;
    private static final int RECEIVER = 1 << 15;
    private static final int BOTTOM_MODES = 0x50;
    private static final int TOP_MODES = 0xA0;
    private static final int LABEL = 0x3F;
    /** In place of a label: the row is not driven. */
    private static final int OFF = 64;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private SynapseReach() {}

    /** By circuit; 0 where no row is driven. */
    static long[] of(RegisterFile registers) {
        long[] reach = new long[CIRCUITS];
        for (int driver = 0; driver < 2 * DRIVERS; driver++) {
            int modes = registers.drivers[4 * driver + 1];
            boolean bottom = (modes & BOTTOM_MODES) != 0;
            boolean top = (modes & TOP_MODES) != 0;
            if ((registers.drivers[4 * driver] & RECEIVER) != 0 && (bottom || top)) {
                addRows(registers, driver, bottom, top, reach);
            }
        }
        return reach;
    }

    private static void addRows(RegisterFile registers, int driver, boolean bottom, boolean top, long[] reach) {
        int base = 2 * driver * 64;
        for (int quad = 0; quad < 64; quad++) {
            for (int entry = 0; entry < 4; entry++) {
                int shift = 8 * (3 - entry);
                int a = bottom ? registers.labels[base + quad] >>> shift & LABEL : OFF;
                int b = top ? registers.labels[base + 64 + quad] >>> shift & LABEL : OFF;
                int circuit = ROWS * (driver / DRIVERS) + RegisterFile.column(quad, entry);
                long pair = (long) Math.min(a, b) << 7 | Math.max(a, b);
                reach[circuit] = (reach[circuit] + driver + 1) * MIX + pair + 1;
            }
        }
    }
}
