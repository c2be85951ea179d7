package firstspike.emulator.fpga;

import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Philox4x64;

/**
 * Loses output events on their way to the FPGA with a fixed probability; the draws are keyed by the time since the last
 * timer reset (analog.md section 1, quantity 108). Mutable; one owner thread.
 */
final class EventLoss {

    private static final int QUANTITY = 108;
    private static final int OUTPUT_SHIFT = 14;
    private static final long TIME_MASK = (1L << 48) - 1;

    private final double probability;
    private final Philox4x64 trial;
    private long ordinal;
    private long zeroTick;
    private long resets;

    EventLoss(ChipModel model) {
        this(model.eventLoss(), Philox4x64.ofStream("trial", model.noiseSeed()));
    }

    private EventLoss(double probability, Philox4x64 trial) {
        this.probability = probability;
        this.trial = trial;
    }

    /** The same losses for a copied chip; a program must start before they are drawn. */
    EventLoss copy() {
        return new EventLoss(probability, trial.copy());
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
        if (probability <= 0) {
            return false;
        }
        long halfTicks = 2 * (tick - zeroTick) & TIME_MASK;
        trial.block((resets & 0xffff) << 48 | halfTicks, (spike & 0xffff) >>> OUTPUT_SHIFT, QUANTITY, ordinal);
        return trial.uniform() < probability;
    }
}
