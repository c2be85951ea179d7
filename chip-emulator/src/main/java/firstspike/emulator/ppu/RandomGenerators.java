package firstspike.emulator.ppu;

import java.util.Arrays;

/**
 * The 256 shift registers of a hemisphere, one a column, each with a primitive polynomial of its own (ppu.md 6). Mutable.
 */
final class RandomGenerators {
    private static final int COUNT = 256;
    private static final int DEGREE = 16;
    private static final int ORDER = (1 << DEGREE) - 1;
    private static final int[] PRIMES_OF_ORDER = {3, 5, 17, 257};
    private static final int[] TAPS = taps();
    private static final int STEPS = 8;

    private final int[] states = new int[COUNT];

    RandomGenerators() {
        powerOn();
    }

    void powerOn() {
        Arrays.fill(states, 1);
    }

    void copyFrom(RandomGenerators other) {
        System.arraycopy(other.states, 0, states, 0, COUNT);
    }

    /** Seeds the generator of a column with a byte. */
    void seed(int column, int value) {
        states[column] = value & 0xFF;
    }

    /** The next byte of a column. */
    int draw(int column) {
        int state = states[column];
        for (int step = 0; step < STEPS; step++) {
            state = state >>> 1 ^ ((state & 1) == 0 ? 0 : TAPS[column]);
        }
        states[column] = state;
        return state & 0xFF;
    }

    /** Coefficients of a column's polynomial as the shift register taps them. */
    static int tapsOf(int column) {
        return TAPS[column];
    }

    private static int[] taps() {
        int[] taps = new int[COUNT];
        int found = 0;
        for (int polynomial = (1 << DEGREE) + 1; found < COUNT; polynomial += 2) {
            if (isPrimitive(polynomial)) {
                taps[found++] = Integer.reverse(polynomial << DEGREE) & ORDER;
            }
        }
        return taps;
    }

    /** Whether x has the full order modulo the polynomial. */
    private static boolean isPrimitive(int polynomial) {
        if (power(polynomial, ORDER) != 1) {
            return false;
        }
        for (int prime : PRIMES_OF_ORDER) {
            if (power(polynomial, ORDER / prime) == 1) {
                return false;
            }
        }
        return true;
    }

    /** x to a power modulo a polynomial. */
    private static int power(int polynomial, int exponent) {
        int result = 1;
        int square = 2;
        for (int rest = exponent; rest != 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result = product(result, square, polynomial);
            }
            square = product(square, square, polynomial);
        }
        return result;
    }

    private static int product(int left, int right, int polynomial) {
        int result = 0;
        int shifted = left;
        for (int rest = right; rest != 0; rest >>= 1) {
            result ^= (rest & 1) == 0 ? 0 : shifted;
            shifted <<= 1;
            shifted ^= shifted >>> DEGREE == 0 ? 0 : polynomial;
        }
        return result;
    }
}
