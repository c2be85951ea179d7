package firstspike.emulator.ppu;

/**
 * Time base, decrementer and fixed interval timer (ppu.md 2.6). Their values follow from the cycle: nothing is counted, only
 * the next event is known. Mutable.
 */
final class Timers {
    static final long NEVER = Long.MAX_VALUE;
    private static final int DECREMENTER = 22;
    private static final int AUTO_RELOAD = 54;
    private static final int LOW = 284;
    private static final int HIGH = 285;
    private static final int STATUS = 336;
    private static final int CONTROL = 340;

    private static final int DECREMENTER_STATUS = 0x0800_0000;
    private static final int INTERVAL_STATUS = 0x0400_0000;
    private static final int DECREMENTER_ENABLE = 0x0400_0000;
    private static final int INTERVAL_ENABLE = 0x0080_0000;
    private static final int RELOAD_ENABLE = 0x0040_0000;
    private static final int CONTROL_BITS = 0x07C0_0000;
    private static final int PERIOD_SHIFT = 24;
    private static final int SHORTEST_PERIOD_BIT = 8;
    private static final long WORD = 0xFFFF_FFFFL;

    /** Time base at cycle 0. */
    private long offset;
    /** Cycle at which the decrementer reaches 0. */
    private long zeroAt;

    private long intervalAt;
    private int reload;
    private int status;
    private int control;
    private long next;

    Timers() {
        reset();
    }

    void reset() {
        offset = 0;
        zeroAt = NEVER;
        reload = 0;
        status = 0;
        control = 0;
        schedule(0);
    }

    void copyFrom(Timers other) {
        offset = other.offset;
        zeroAt = other.zeroAt;
        intervalAt = other.intervalAt;
        reload = other.reload;
        status = other.status;
        control = other.control;
        next = other.next;
    }

    static boolean owns(int special) {
        return special == DECREMENTER
                || special == AUTO_RELOAD
                || special == LOW
                || special == HIGH
                || special == STATUS
                || special == CONTROL;
    }

    /** Cycle of the next event, after which {@link #advance} is due. */
    long next() {
        return next;
    }

    /** Events up to a cycle happen. */
    void advance(long cycle) {
        while (next <= cycle) {
            long now = next;
            if (zeroAt == now) {
                status |= DECREMENTER_STATUS;
                zeroAt = (control & RELOAD_ENABLE) != 0 && reload != 0 ? now + (reload & WORD) : NEVER;
            }
            if (intervalAt == now) {
                status |= INTERVAL_STATUS;
            }
            schedule(now);
        }
    }

    /** What comes next, strictly after a cycle. */
    private void schedule(long cycle) {
        int bit = SHORTEST_PERIOD_BIT + 4 * (control >>> PERIOD_SHIFT & 3);
        long half = 1L << bit;
        long phase = offset + cycle & 2 * half - 1;
        intervalAt = cycle + (phase < half ? half - phase : 3 * half - phase);
        next = Math.min(intervalAt, zeroAt);
    }

    boolean intervalAsks() {
        return (status & INTERVAL_STATUS) != 0 && (control & INTERVAL_ENABLE) != 0;
    }

    boolean decrementerAsks() {
        return (status & DECREMENTER_STATUS) != 0 && (control & DECREMENTER_ENABLE) != 0;
    }

    /** Cycle at which a timer asks next, if nobody writes them; NEVER where none is armed. After all events up to now. */
    long nextRequest() {
        long decrementer = (control & DECREMENTER_ENABLE) != 0 ? zeroAt : NEVER;
        return Math.min(decrementer, (control & INTERVAL_ENABLE) != 0 ? intervalAt : NEVER);
    }

    int read(int special, long cycle) {
        advance(cycle);
        return switch (special) {
            case DECREMENTER -> zeroAt == NEVER ? 0 : (int) (zeroAt - cycle);
            case AUTO_RELOAD -> reload;
            case LOW -> (int) (cycle + offset);
            case HIGH -> (int) (cycle + offset >>> 32);
            case STATUS -> status;
            default -> control;
        };
    }

    /** Writes at a cycle with effect one later. */
    void write(int special, int value, long cycle) {
        long effect = cycle + 1;
        advance(effect);
        long base = effect + offset;
        switch (special) {
            case DECREMENTER -> zeroAt = value == 0 ? NEVER : effect + (value & WORD);
            case AUTO_RELOAD -> reload = value;
            case LOW -> offset = (base & ~WORD | value & WORD) - effect;
            case HIGH -> offset = (base & WORD | (long) value << 32) - effect;
            case STATUS -> status &= ~value;
            default -> control = value & CONTROL_BITS;
        }
        schedule(effect);
    }
}
