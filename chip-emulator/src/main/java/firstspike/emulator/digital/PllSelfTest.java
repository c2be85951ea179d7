package firstspike.emulator.digital;

/**
 * The self-test of the clock generator (registers.md 14.1 to 14.3): counts edges of one clock output in 2^(p+2) cycles of the
 * reference clock. Mutable; owned by one thread.
 */
final class PllSelfTest {

    /** Registers of the clock generator, from its first one. */
    static final int CONTROL = 5;

    static final int STATUS = 7;

    private static final int OUTPUTS = 4;
    private static final int COUNTER_BITS = 20;
    private static final int COUNTER = (1 << COUNTER_BITS) - 1;
    private static final int FINISHED = 1 << COUNTER_BITS;
    private static final int SUCCESS = 1 << COUNTER_BITS + 1;
    /** A cycle of 50 MHz is two and a half ticks of 8 ns. */
    private static final int HALF_TICKS_A_CYCLE = 5;

    private long finishedAtHalfTick;
    private int counter;
    private boolean started;

    PllSelfTest() {}

    /** A copy of the state. */
    PllSelfTest(PllSelfTest other) {
        finishedAtHalfTick = other.finishedAtHalfTick;
        counter = other.counter;
        started = other.started;
    }

    /**
     * The control register was written: with its clock enabled a test starts, else there is none.
     *
     * @param tick when
     * @param plain where the generator's registers are
     * @param first place of the first of them
     */
    void written(long tick, int[] plain, int first) {
        int control = plain[first + CONTROL];
        started = (control & 1) != 0;
        if (started) {
            long cycles = 4L << (control >>> 1 & 15);
            finishedAtHalfTick = 2 * tick + HALF_TICKS_A_CYCLE * cycles;
            counter = (int) Math.round(ratio(control >>> 5 & 3, plain, first) * cycles) & COUNTER;
        }
    }

    /** Edges of an output in a cycle of the reference clock; 0 where it or its generator is off. */
    private static double ratio(int output, int[] plain, int first) {
        int select = plain[first + OUTPUTS] >>> Byte.SIZE * output;
        if ((select & 1) == 0) {
            return 0;
        }
        if ((select & 2) != 0) {
            return 1;
        }
        int generator = first + 2 * (select >>> 2 & 1);
        int dividers = plain[generator];
        int switches = plain[generator + 1];
        boolean on = (switches >>> 30 & 1) != 0 && (switches >>> 24 & 1) == 0;
        int divider =
                switch (select >>> 3 & 3) {
                    case 0 -> ((dividers >>> 27 & 3) + 1) * (dividers >>> 15 & 31);
                    case 1 -> ((dividers >>> 27 & 3) + 1) * (dividers >>> 20 & 31);
                    case 2 -> (dividers >>> 29 & 3) + 1;
                    default -> 0;
                };
        int multiple = ((dividers >>> 25 & 3) + 1) * (dividers >>> 10 & 31);
        return on && divider > 0 ? (double) multiple / divider : 0;
    }

    /**
     * The status register.
     *
     * @param tick when it is read
     * @param control the control register
     */
    int status(long tick, int control) {
        if (!started || 2 * tick < finishedAtHalfTick) {
            return 0;
        }
        boolean success = Math.abs(counter - (control >>> 12)) <= (control >>> 8 & 15);
        return counter | FINISHED | (success ? SUCCESS : 0);
    }
}
