package firstspike.emulator.fpga;

import firstspike.emulator.analog.ChipModel;

/**
 * Loses output events on their way to the FPGA with a fixed probability; the draws are keyed by the time since the last
 * timer reset (analog.md section 1, quantity 108). Mutable; one owner thread.
 */
final class EventLoss {

    private static final int OUTPUT_SHIFT = 14;
    private static final int RESET_SHIFT = 48;
    private static final long RESET_MASK = 0xffff;
    private static final long TIME_MASK = (1L << RESET_SHIFT) - 1;

    private final ChipModel model;
    private long ordinal;
    private long zeroTick;
    private long resets;

    EventLoss(ChipModel model) {
        this.model = model;
    }

    /** The same losses for a copied chip; a program must start before they are drawn. */
    EventLoss copy() {
        return new EventLoss(model);
    }

    void programStarted(long programOrdinal, long haltTick) {
        ordinal = programOrdinal;
        zeroTick = haltTick;
        resets = 0;
    }

    void timerReset(long tick) {
        zeroTick = tick;
        resets++;
    }

    /**
     * Whether an event is lost.
     *
     * @param tick in which it would enter the trace
     * @param spike its label in bits 15:0, the L2 output in bits 15:14
     */
    boolean loses(long tick, int spike) {
        if (model.eventLoss() == 0) {
            return false;
        }
        long halfTicks = 2 * (tick - zeroTick) & TIME_MASK;
        long timeKey = (resets & RESET_MASK) << RESET_SHIFT | halfTicks;
        return model.losesEvent(timeKey, (spike & 0xffff) >>> OUTPUT_SHIFT, ordinal);
    }
}
