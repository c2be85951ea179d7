package firstspike.experiments.dataset;

/**
 * The generator MT19937 with its plain integer initialisation, as the published data were drawn with: 32-bit outputs,
 * integers below three by rejection, doubles of 53 bits from two outputs. Mutable, one owner thread.
 */
final class MersenneTwister {

    private static final int SIZE = 624;
    private static final int MIDDLE = 397;
    private static final int MATRIX = 0x9908B0DF;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7FFFFFFF;

    private final int[] state = new int[SIZE];
    private int position = SIZE;

    /** @param seed 0 to 2^32 - 1 */
    MersenneTwister(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** The next tempered output. */
    int nextInt() {
        if (position == SIZE) {
            refill();
        }
        int y = state[position++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >>> 18);
    }

    /** An integer below three: the two low bits, drawn again while they are three. */
    int nextBelowThree() {
        int two = nextInt() & 3;
        while (two == 3) {
            two = nextInt() & 3;
        }
        return two;
    }

    /** A double from 0 to below 1. */
    double nextDouble() {
        int high = nextInt() >>> 5;
        int low = nextInt() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private void refill() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & LOWER);
            state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX);
        }
        position = 0;
    }
}
