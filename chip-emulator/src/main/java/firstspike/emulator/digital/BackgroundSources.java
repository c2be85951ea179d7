package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * The eight background sources, inputs 12 to 19 of the crossbar (playback.md 5.6; registers.md 9.4). A running source
 * counts its period down once per half-tick and then emits a spike (regular) or draws whether it does (random). Mutable;
 * owned by one thread.
 *
 * <p>A write to a running source acts from the end of the period that runs: the generator goes on, and the period
 * counter is loaded with the new period when it next reaches its end (decision; the sources name the load on enable
 * only).
 */
final class BackgroundSources {
    static final int SOURCES = 8;
    /** Crossbar input of source 0. */
    static final int FIRST_INPUT = 12;

    private static final int WORDS = 3;
    private static final int ENABLE = 1;
    private static final int RANDOM = 2;
    private static final int LARGEST_PERIOD = 65_536;

    private final RegisterFile registers;
    /** Half-tick at which the running period of a source ends; {@link Long#MAX_VALUE}: it does not run. */
    private final long[] due = new long[SOURCES];

    private final int[] generator = new int[SOURCES];
    /** The earliest of all. */
    private long next = Long.MAX_VALUE;

    BackgroundSources(RegisterFile registers) {
        this.registers = registers;
        stop();
    }

    /** The same sources over other registers that hold the same words. */
    BackgroundSources(BackgroundSources other, RegisterFile registers) {
        this.registers = registers;
        System.arraycopy(other.due, 0, due, 0, SOURCES);
        System.arraycopy(other.generator, 0, generator, 0, SOURCES);
        next = other.next;
    }

    /** Chip reset: none runs. */
    void stop() {
        Arrays.fill(due, Long.MAX_VALUE);
        Arrays.fill(generator, 1);
        next = Long.MAX_VALUE;
    }

    /** The word of a source that holds its enable bit was written with effect at a half-tick. */
    void written(int source, long h) {
        boolean enabled = (registers.background[WORDS * source] & ENABLE) != 0;
        if (!enabled) {
            due[source] = Long.MAX_VALUE;
        } else if (due[source] == Long.MAX_VALUE) {
            generator[source] = BackgroundGenerator.seeded(registers.background[WORDS * source + 1]);
            due[source] = h + period(source);
        }
        findNext();
    }

    /** Half-tick of the next spike or draw, or {@link Long#MAX_VALUE}. */
    long next() {
        return next;
    }

    /** Whether a source runs. */
    boolean any() {
        return next != Long.MAX_VALUE;
    }

    /** The sources whose period ends at a half-tick emit or draw, ascending. */
    void emit(long h, Crossbar crossbar) {
        for (int source = 0; source < SOURCES; source++) {
            if (due[source] == h) {
                due[source] = h + period(source);
                emit(source, crossbar);
            }
        }
        findNext();
    }

    private void emit(int source, Crossbar crossbar) {
        int settings = registers.background[WORDS * source + 2];
        int label = settings >>> 16;
        if ((registers.background[WORDS * source] & RANDOM) != 0) {
            int state = BackgroundGenerator.next(generator[source]);
            generator[source] = state;
            if (!BackgroundGenerator.fires(state, settings >>> 8 & 0xFF)) {
                return;
            }
            int mask = settings & 0xFF;
            label = label & ~mask | BackgroundGenerator.labelBits(state) & mask;
        }
        crossbar.offer(FIRST_INPUT + source, label);
    }

    private int period(int source) {
        int period = registers.background[WORDS * source] >>> 16;
        return period == 0 ? LARGEST_PERIOD : period;
    }

    private void findNext() {
        long first = Long.MAX_VALUE;
        for (long end : due) {
            first = Math.min(first, end);
        }
        next = first;
    }
}
