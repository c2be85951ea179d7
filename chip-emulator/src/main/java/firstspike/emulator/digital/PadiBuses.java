package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * The eight PADI buses and which of their 32 drivers answer to which row select (playback.md 5.4; registers.md 5.3, 8).
 * Bus 4·half + k. The lists are rebuilt bus by bus after a driver of it was written. Mutable; owned by one thread.
 */
final class PadiBuses {
    private static final int BUSES = 8;
    private static final int ON_BUS = 32;
    private static final int RECEIVER = 1 << 15;
    private static final int EXTENDED_DISTANCE = 2;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final RegisterFile registers;
    private final long[] lastAccepted = new long[BUSES];
    private final long[] timingLoss = new long[BUSES];
    /** Drivers 128·half + driver that answer: list of [bus·32 + row select], 32 entries each. */
    private final short[] answering = new short[BUSES * ON_BUS * ON_BUS];

    private final byte[] answers = new byte[BUSES * ON_BUS];
    private int stale = (1 << BUSES) - 1;

    PadiBuses(RegisterFile registers) {
        this.registers = registers;
        Arrays.fill(lastAccepted, LONG_AGO);
    }

    PadiBuses(PadiBuses other, RegisterFile registers) {
        this.registers = registers;
        System.arraycopy(other.lastAccepted, 0, lastAccepted, 0, BUSES);
        System.arraycopy(other.timingLoss, 0, timingLoss, 0, BUSES);
    }

    /** Takes over what buses of a window that follows have accepted and lost. */
    void adopt(PadiBuses window) {
        for (int bus = 0; bus < BUSES; bus++) {
            lastAccepted[bus] = Math.max(lastAccepted[bus], window.lastAccepted[bus]);
            timingLoss[bus] += window.timingLoss[bus];
        }
    }

    /** Chip reset. */
    void reset() {
        Arrays.fill(lastAccepted, LONG_AGO);
        stale = (1 << BUSES) - 1;
    }

    /** A word of a driver, 128·half + driver, changed. */
    void driverChanged(int driver) {
        stale |= 1 << (driver >> 7 << 2 | driver & 3);
    }

    /** Whether the bus listens to the crossbar; otherwise to the event register. */
    boolean listensToCrossbar(int bus) {
        return (registers.padiConfig[bus >> 2] >>> (bus & 3) & 1) != 0;
    }

    /** Whether the bus takes an event now, counting what extended timing loses. */
    boolean accepts(int bus, long tick) {
        boolean extended = (registers.padiConfig[bus >> 2] >>> 4 + (bus & 3) & 1) != 0;
        if (extended && tick - lastAccepted[bus] < EXTENDED_DISTANCE) {
            timingLoss[bus]++;
            return false;
        }
        lastAccepted[bus] = tick;
        return true;
    }

    /** Number of drivers that answer to a row select on a bus. */
    int answers(int bus, int rowSelect) {
        if ((stale >>> bus & 1) != 0) {
            rebuild(bus);
        }
        return answers[bus * ON_BUS + rowSelect];
    }

    /** Driver number i, 128·half + driver, of those that {@link #answers} counted, ascending. */
    int answering(int bus, int rowSelect, int i) {
        return answering[(bus * ON_BUS + rowSelect) * ON_BUS + i];
    }

    /** Events lost to extended timing since power-on. */
    long timingLoss(int bus) {
        return timingLoss[bus];
    }

    private void rebuild(int bus) {
        stale &= ~(1 << bus);
        Arrays.fill(answers, bus * ON_BUS, (bus + 1) * ON_BUS, (byte) 0);
        for (int n = 0; n < ON_BUS; n++) {
            int driver = 128 * (bus >> 2) + 4 * n + (bus & 3);
            int word = registers.drivers[4 * driver];
            if ((word & RECEIVER) != 0) {
                int compared = word >>> 9 & 31;
                for (int select = 0; select < ON_BUS; select++) {
                    if ((n & compared) == (select & compared)) {
                        int list = bus * ON_BUS + select;
                        answering[list * ON_BUS + answers[list]++] = (short) driver;
                    }
                }
            }
        }
    }
}
