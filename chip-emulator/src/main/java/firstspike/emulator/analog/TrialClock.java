package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The time keys of trial draws (analog.md section 1): half-ticks since the timer reset that took effect last, with the
 * number of resets in the program so far. Keeps the resets of the running program, because draws are made late. Mutable;
 * owned by one thread.
 */
final class TrialClock {
    private static final long TIME_MASK = (1L << 48) - 1;
    private static final int RESET_SHIFT = 48;

    private long[] base = new long[8];
    private int resets;
    private long ordinal = -1;

    TrialClock copy() {
        TrialClock other = new TrialClock();
        other.base = base.clone();
        other.resets = resets;
        other.ordinal = ordinal;
        return other;
    }

    /** A program starts; until its first timer reset time counts from the halt of the program before. */
    void programStart(long programOrdinal, long haltBefore) {
        ordinal = programOrdinal;
        resets = 0;
        base[0] = haltBefore;
    }

    void timerReset(long h) {
        if (resets + 1 == base.length) {
            base = Arrays.copyOf(base, 2 * base.length);
        }
        base[++resets] = h;
    }

    /** Ordinal of the running program. */
    long ordinal() {
        return ordinal;
    }

    /** Key of an instant in half-tick h of the running program. */
    long key(long h) {
        int r = resets;
        while (r > 0 && base[r] > h) {
            r--;
        }
        return ((long) r << RESET_SHIFT) + (h - base[r] & TIME_MASK);
    }
}
