package firstspike.emulator.fpga;

import firstspike.driver.playback.PlaybackProgram;

/**
 * When the instructions of a program that is longer than the playback memory are there, in virtual time: execution starts
 * with a full memory of 2^22 instructions, which is refilled at one instruction per 8.3 ticks while it has room
 * (playback.md 9). Mutable; one owner thread.
 */
final class StreamPace {

    /** Tenths of a tick, so that 8.3 ticks are a whole number. */
    private static final long TENTHS = 10;

    private static final long REFILL = 83;
    private static final long FULL = PlaybackProgram.MAX_INSTRUCTIONS * REFILL;

    private long level = FULL;
    private long at;
    private long underrunTicks;

    /** @param startTick of the first instruction */
    StreamPace(long startTick) {
        at = startTick;
    }

    /**
     * Takes the next instruction.
     *
     * @param tick from which on it could issue
     * @return the tick in which it can, later when the memory ran dry
     */
    long take(long tick) {
        // a gap longer than it takes to fill the memory counts no more than that
        long gap = Math.min(tick - at, FULL / TENTHS + 1);
        level = Math.min(FULL, level + TENTHS * gap);
        long issue = tick;
        if (level < REFILL) {
            long wait = (REFILL - level + TENTHS - 1) / TENTHS;
            underrunTicks += wait;
            issue += wait;
            level += TENTHS * wait;
        }
        level -= REFILL;
        at = issue;
        return issue;
    }

    /** Ticks in which execution waited for instructions. */
    long underrunTicks() {
        return underrunTicks;
    }
}
