package firstspike.emulator.fpga;

import firstspike.driver.playback.InstructionSource;

/**
 * A cursor over the programs that come through a {@link ProgramFifo}, one after another: each ends before its halt. Mutable;
 * owned by the executing thread.
 */
final class ProgramFeed implements InstructionSource {

    private static final int BATCH = 1 << 12;
    /** Answers that wait for more to fill a frame leave after this time without new ones (wire.md 17, D27). */
    private static final long FLUSH_NANOS = 100_000;

    private final ProgramFifo fifo;
    private final Runnable ranDry;
    private final long[] batch = new long[BATCH];
    private int at;
    private int count;
    private long index;
    private long word;
    private boolean ended;
    private boolean cut;

    /**
     * @param fifo to take words from
     * @param ranDry called when the next word of a program does not come for 100 us
     */
    ProgramFeed(ProgramFifo fifo, Runnable ranDry) {
        this.fifo = fifo;
        this.ranDry = ranDry;
    }

    /** Begins with the next program. */
    void begin() {
        index = -1;
        ended = false;
        cut = false;
    }

    @Override
    public boolean next() {
        if (ended) {
            return false;
        }
        if (at == count && !refill()) {
            ended = true;
            cut = true;
            return false;
        }
        word = batch[at++];
        // a batch ends with the first halt in it
        if (at == count && ProgramFifo.isHalt(word)) {
            ended = true;
            return false;
        }
        index++;
        return true;
    }

    private boolean refill() {
        at = 0;
        count = 0;
        try {
            int taken = fifo.take(batch, FLUSH_NANOS);
            if (taken < 0) {
                ranDry.run();
                taken = fifo.take(batch, Long.MAX_VALUE);
            }
            count = taken;
        } catch (InterruptedException e) {
            fifo.close();
            Thread.currentThread().interrupt();
        }
        return count > 0;
    }

    /** Whether the present program ended without its halt. */
    boolean isCut() {
        return cut;
    }

    /** Drops what is left of the present program, its halt included. */
    void skip() {
        while (next()) {
            // an FPGA that gave a program up reads on to its halt
        }
    }

    @Override
    public long word() {
        return word;
    }

    @Override
    public long index() {
        return index;
    }
}
