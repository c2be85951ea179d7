package firstspike.emulator.digital;

import java.util.Arrays;

/** The spike counters of the 512 circuits: 8 bit with wrap, sticky overflow (registers.md 6.4). Owned by one thread. */
final class SpikeCounters {
    private static final int OVERFLOW = 256;

    private final short[] count = new short[512];

    SpikeCounters() {}

    SpikeCounters(SpikeCounters other) {
        System.arraycopy(other.count, 0, count, 0, count.length);
    }

    /** Adds what earlier counters have counted. */
    void continueFrom(SpikeCounters earlier) {
        for (int circuit = 0; circuit < count.length; circuit++) {
            int sum = (count[circuit] & OVERFLOW - 1) + (earlier.count[circuit] & OVERFLOW - 1);
            int overflow = (count[circuit] | earlier.count[circuit] | sum) & OVERFLOW;
            count[circuit] = (short) (overflow | sum & OVERFLOW - 1);
        }
    }

    void clear() {
        Arrays.fill(count, (short) 0);
    }

    /** A fire event of a circuit. */
    void increment(int circuit) {
        int next = count[circuit] + 1;
        count[circuit] = (short) ((next & OVERFLOW - 1) == 0 ? OVERFLOW : next);
    }

    /** Counter in bits 7:0, overflow in bit 8. */
    int word(int circuit) {
        return count[circuit];
    }

    void clear(int circuit) {
        count[circuit] = 0;
    }
}
