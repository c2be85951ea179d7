package firstspike.experiments.stimulus;

import java.util.Arrays;

/**
 * Gives each event a free tick: at most three a tick and one a channel, as one instruction and one bus carry them
 * (playback.md 6.3). An event that finds its tick full takes the next free one and never overtakes one of its channel.
 * One use, one thread.
 */
final class EventPlacer {

    private static final int PER_TICK = 3;
    private static final int CHANNELS = 4;
    private static final int CHANNEL_SHIFT = 14;
    /** Tick 0 belongs to the marker. */
    private static final long FIRST_TICK = 1;

    private final long[] ticks;
    private final short[] labels;
    private long moved;
    private long largestMove;

    /**
     * @param due wanted ticks, never descending; overwritten by those that are had, which ascend too
     * @param labels of the events; brought into the order of the ticks
     */
    EventPlacer(long[] due, short[] labels) {
        this.ticks = due;
        this.labels = labels;
        int ring = Math.max(1, Integer.highestOneBit(due.length) << 1);
        place(new long[ring], new byte[ring]);
    }

    private void place(long[] ringTick, byte[] ringCount) {
        Arrays.fill(ringTick, -1);
        int mask = ringTick.length - 1;
        long[] free = new long[CHANNELS];
        for (int i = 0; i < ticks.length; i++) {
            long due = ticks[i];
            short label = labels[i];
            int channel = (label & 0xffff) >> CHANNEL_SHIFT;
            long tick = Math.max(Math.max(due, FIRST_TICK), free[channel]);
            int slot = (int) tick & mask;
            while (ringTick[slot] == tick && ringCount[slot] == PER_TICK) {
                slot = (int) ++tick & mask;
            }
            ringCount[slot] = (byte) (ringTick[slot] == tick ? ringCount[slot] + 1 : 1);
            ringTick[slot] = tick;
            free[channel] = tick + 1;
            if (tick > due) {
                moved++;
                largestMove = Math.max(largestMove, tick - due);
            }
            insert(i, tick, label);
        }
    }

    /** Keeps the events in the order of their ticks; they are nearly so already. */
    private void insert(int at, long tick, short label) {
        int i = at;
        while (i > 0 && ticks[i - 1] > tick) {
            ticks[i] = ticks[i - 1];
            labels[i] = labels[i - 1];
            i--;
        }
        ticks[i] = tick;
        labels[i] = label;
    }

    long moved() {
        return moved;
    }

    long largestMove() {
        return largestMove;
    }
}
