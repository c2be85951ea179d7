package firstspike.emulator.ppu;

import java.util.Arrays;

/** Registers, accumulator and conditions of the vector unit (ppu.md 3.1). Mutable. */
final class VectorState {
    static final int LANES = 128;
    static final int HALFWORDS = 64;
    static final int REGISTERS = 32;
    static final int GREATER = 1;
    static final int LESS = 2;
    static final int EQUAL = 4;
    /** Flag of a condition field. */
    private static final int[] FLAG = {0, GREATER, LESS, EQUAL};

    /** Lane 0 first. */
    final byte[][] register = new byte[REGISTERS][LANES];
    /** One 32-bit number a halfword, or two 16-bit numbers, the high one for the even lane. */
    final int[] accumulator = new int[HALFWORDS];
    /** Flags of each lane. */
    final byte[] conditions = new byte[LANES];

    /** Reset: accumulator and conditions become 0. */
    void reset() {
        Arrays.fill(accumulator, 0);
        Arrays.fill(conditions, (byte) 0);
    }

    void copyFrom(VectorState other) {
        for (int i = 0; i < REGISTERS; i++) {
            System.arraycopy(other.register[i], 0, register[i], 0, LANES);
        }
        System.arraycopy(other.accumulator, 0, accumulator, 0, HALFWORDS);
        System.arraycopy(other.conditions, 0, conditions, 0, LANES);
    }

    /** Whether a condition field other than 0 enables a lane. */
    boolean enables(int condition, int lane) {
        return condition == 0 || (conditions[lane] & FLAG[condition]) != 0;
    }

    /** Word of four lanes, the first one most significant. */
    static int word(byte[] lanes, int index) {
        int at = 4 * index;
        return lanes[at] << 24 | (lanes[at + 1] & 0xFF) << 16 | (lanes[at + 2] & 0xFF) << 8 | lanes[at + 3] & 0xFF;
    }

    static void word(byte[] lanes, int index, int word) {
        int at = 4 * index;
        lanes[at] = (byte) (word >>> 24);
        lanes[at + 1] = (byte) (word >>> 16);
        lanes[at + 2] = (byte) (word >>> 8);
        lanes[at + 3] = (byte) word;
    }
}
