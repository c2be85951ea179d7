package firstspike.driver.playback;

import static firstspike.driver.error.ProgramRejectedException.Code.TIME_OUT_OF_RANGE;
import static firstspike.driver.error.ProgramRejectedException.Code.UNSORTED_SPIKE_TRAIN;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.message.ToFpga;

/**
 * Writes long spike trains from primitive arrays, with the words that a schedule of the same spikes would have
 * (playback.md 13.3): before each later tick a wait, then packs of three, one a tick.
 */
public final class SpikeTrainWriter {

    /** Words that are copied into the builder at once, a quarter faster than one by one. */
    private static final int BLOCK = 1024;

    private static final long WAIT = ToFpga.waitUntil(0);

    private SpikeTrainWriter() {}

    /**
     * Appends a train to a builder.
     *
     * @param builder receives the words; its timer was reset {@code cursor} instructions ago
     * @param cursor tick at which the next instruction issues
     * @param ticks of the spikes since the timer reset, never descending
     * @param labels 16 bit each, as many
     * @param count so many spikes of the arrays
     * @return tick at which the instruction after the train issues
     * @throws ProgramRejectedException naming the index of a spike that lies before the one in front of it
     */
    public static long append(PlaybackProgramBuilder builder, long cursor, long[] ticks, short[] labels, int count) {
        long[] block = new long[BLOCK];
        int filled = 0;
        boolean waits = false;
        long at = cursor;
        for (int i = 0; i < count; ) {
            long tick = ticks[i];
            if (i > 0 && tick < ticks[i - 1]) {
                throw new ProgramRejectedException(
                        UNSORTED_SPIKE_TRAIN,
                        "tick of spike " + i,
                        tick,
                        "not before " + ticks[i - 1],
                        "sort the train by time");
            }
            if (filled > BLOCK - 2) {
                builder.add(block, filled);
                filled = 0;
            }
            if (tick > at) {
                if (tick - 1 > ToFpga.MAX_WAIT) {
                    throw new ProgramRejectedException(
                            TIME_OUT_OF_RANGE,
                            "wait in ticks",
                            tick - 1,
                            "0 to " + ToFpga.MAX_WAIT,
                            "reset the timer in between");
                }
                if (!waits) {
                    builder.noteWait();
                    waits = true;
                }
                block[filled++] = WAIT | tick - 1;
                at = tick;
            }
            int pack = 1;
            while (pack < 3 && i + pack < count && ticks[i + pack] == tick) {
                pack++;
            }
            block[filled++] = word(labels, i, pack);
            at++;
            i += pack;
        }
        builder.add(block, filled);
        return at;
    }

    private static long word(short[] labels, int i, int pack) {
        int first = labels[i] & 0xffff;
        if (pack == 1) {
            return ToFpga.spike(first);
        }
        int second = labels[i + 1] & 0xffff;
        return pack == 2 ? ToFpga.spikes(first, second) : ToFpga.spikes(first, second, labels[i + 2] & 0xffff);
    }
}
