package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * The queues in front of crossbar inputs 8 to 11: external events wait here, one per half-tick and channel goes on
 * (playback.md 5.2). Mutable; owned by one thread.
 */
final class ChannelQueues {
    private static final int CHANNELS = 4;
    private static final int LABEL_MASK = 0x3FFF;

    private final int depth;
    private final short[] queue;
    private final int[] head = new int[CHANNELS];
    private final int[] length = new int[CHANNELS];
    private int waiting;

    ChannelQueues(int depth) {
        this.depth = depth;
        queue = new short[CHANNELS * depth];
    }

    ChannelQueues(ChannelQueues other) {
        this(other.depth);
        System.arraycopy(other.queue, 0, queue, 0, queue.length);
        System.arraycopy(other.head, 0, head, 0, CHANNELS);
        System.arraycopy(other.length, 0, length, 0, CHANNELS);
        waiting = other.waiting;
    }

    void clear() {
        Arrays.fill(length, 0);
        waiting = 0;
    }

    /** A 16-bit label arrives; what finds its queue full is counted by the crossbar. */
    void offer(int label, Crossbar crossbar) {
        int channel = label >>> 14;
        if (length[channel] == depth) {
            crossbar.loseInChannel(channel);
            return;
        }
        int slot = head[channel] + length[channel]++;
        queue[channel * depth + (slot < depth ? slot : slot - depth)] = (short) (label & LABEL_MASK);
        waiting++;
    }

    /** Each channel moves one event to its nodes. */
    void move(Crossbar crossbar) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (length[channel] > 0) {
                int label = queue[channel * depth + head[channel]];
                head[channel] = head[channel] + 1 == depth ? 0 : head[channel] + 1;
                length[channel]--;
                waiting--;
                crossbar.offer(Crossbar.FIRST_CHANNEL + channel, label);
            }
        }
    }

    /** Events in all queues. */
    int waiting() {
        return waiting;
    }
}
