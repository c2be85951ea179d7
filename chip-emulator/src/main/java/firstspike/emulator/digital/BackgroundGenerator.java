package firstspike.emulator.digital;

/**
 * The pseudo-random generator of a background source: a 32-bit Galois register that shifts right, feedback
 * {@code 0x80200003}, 16 steps a draw, of which the low 16 bits are used (playback.md 5.6; the polynomial is a decision
 * of that section). The state is the caller's.
 *
 * <pre>
 * 31                    16 15         8 7          0
 * | not used in this draw  | label bits | v          |
 * </pre>
 */
final class BackgroundGenerator {
    private static final int FEEDBACK = 0x8020_0003;
    private static final int STEPS = 16;
    /** What 16 steps make of each value of byte 0 and of byte 1; the register is linear. */
    private static final int[] BYTE_0 = new int[256];

    private static final int[] BYTE_1 = new int[256];

    static {
        for (int value = 0; value < 256; value++) {
            BYTE_0[value] = steps(value);
            BYTE_1[value] = steps(value << 8);
        }
    }

    private BackgroundGenerator() {}

    private static int steps(int from) {
        int state = from;
        for (int i = 0; i < STEPS; i++) {
            state = state >>> 1 ^ ((state & 1) == 0 ? 0 : FEEDBACK);
        }
        return state;
    }

    /** State of a seed; 0 would stay 0 for ever and counts as 1. */
    static int seeded(int seed) {
        return seed == 0 ? 1 : seed;
    }

    /** State after one more draw; its low 16 bits are the draw. */
    static int next(int state) {
        return state >>> STEPS ^ BYTE_0[state & 0xFF] ^ BYTE_1[state >>> 8 & 0xFF];
    }

    /**
     * Whether the draw of a state is a spike. A v of 0 counts as 255, so that a rate of 255 always fires and each step of
     * the rate adds 1/256.
     *
     * @param rate 0 (never) to 255
     */
    static boolean fires(int state, int rate) {
        int v = state & 0xFF;
        return rate > 0 && (v == 0 ? 255 : v) <= rate;
    }

    /** The eight label bits of the draw of a state. */
    static int labelBits(int state) {
        return state >>> 8 & 0xFF;
    }
}
