package firstspike.driver.hostarq;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Orders the frames of one HostARQ session and queues them for the consumer (wire.md 14). Positions count frames from 0 without
 * end; the sequence number is the position modulo 256.
 *
 * <pre>
 *   taken           next                next + 127
 *     | in order, for |  held when ahead,   |
 *     | the consumer  |  next is missing    |   beyond: refused as duplicate
 *     |<------------ at most 8,192 ------------- beyond: refused, queue full (D21)
 * </pre>
 *
 * One ring of word arrays holds both; it begins with 256 places and doubles when the consumer falls behind.
 */
final class ReceiveWindow {

    /** Frames that are kept at most. */
    static final int QUEUE = 8192;

    private static final int FIRST_CAPACITY = 256;
    private static final int ABSENT = -1;
    private static final int LAST_SEQUENCE = Frames.SEQUENCES - 1;

    private long[][] words = new long[FIRST_CAPACITY][];
    private int[] counts = new int[FIRST_CAPACITY];
    private int[] types = new int[FIRST_CAPACITY];
    private long taken;
    private long next;

    ReceiveWindow() {
        Arrays.fill(counts, ABSENT);
    }

    /** What became of a frame. */
    enum Outcome {
        /** It was the next one. */
        IN_ORDER,
        /** It is kept until those before it come. */
        AHEAD,
        /** Held already, delivered already, or outside the window. */
        DUPLICATE,
        /** No room. */
        QUEUE_FULL
    }

    /** As at the beginning of a session; what was not taken is lost. */
    void reset() {
        Arrays.fill(counts, ABSENT);
        taken = 0;
        next = 0;
    }

    /**
     * Takes a data frame.
     *
     * @param frame of kind {@code DATA}
     * @return what became of it
     */
    Outcome offer(ByteBuffer frame) {
        int ahead = Frames.seq(frame) - (int) next & LAST_SEQUENCE;
        if (ahead >= Frames.IN_FLIGHT) {
            return Outcome.DUPLICATE;
        }
        long position = next + ahead;
        if (position - taken >= QUEUE) {
            return Outcome.QUEUE_FULL;
        }
        while (position - taken >= counts.length) {
            grow();
        }
        int place = place(position);
        if (counts[place] != ABSENT) {
            return Outcome.DUPLICATE;
        }
        if (words[place] == null) {
            words[place] = new long[Frames.MAX_WORDS];
        }
        Frames.words(frame, words[place]);
        types[place] = Frames.type(frame);
        counts[place] = Frames.count(frame);
        if (ahead > 0) {
            return Outcome.AHEAD;
        }
        do {
            next++;
        } while (next - taken < counts.length && counts[place(next)] != ABSENT);
        return Outcome.IN_ORDER;
    }

    /** The value to acknowledge: the last frame in order, 255 before the first. */
    int ack() {
        return (int) next - 1 & LAST_SEQUENCE;
    }

    /** The next expected sequence number. */
    int nextSequence() {
        return (int) next & LAST_SEQUENCE;
    }

    /** Frames that wait for the consumer. */
    int available() {
        return (int) (next - taken);
    }

    /** Packet type of the frame that {@link #take} would hand on; only when one is {@link #available}. */
    int nextType() {
        return types[place(taken)];
    }

    /**
     * Hands the oldest frame in order on.
     *
     * @param sink called once when there is one
     * @return whether there was one
     */
    boolean take(FrameSink sink) {
        if (taken == next) {
            return false;
        }
        int place = place(taken);
        int count = counts[place];
        counts[place] = ABSENT;
        taken++;
        sink.frame(types[place], words[place], count);
        return true;
    }

    /** Places in the ring, which tell how much memory the queue ever needed. */
    int capacity() {
        return counts.length;
    }

    /** Whether a frame ahead of the next one is held. */
    boolean holds(int sequence) {
        int ahead = sequence - (int) next & LAST_SEQUENCE;
        long position = next + ahead;
        return ahead < Frames.IN_FLIGHT && position - taken < counts.length && counts[place(position)] != ABSENT;
    }

    private int place(long position) {
        return (int) position & counts.length - 1;
    }

    private void grow() {
        int before = counts.length;
        long[][] moreWords = new long[2 * before][];
        int[] moreCounts = new int[2 * before];
        int[] moreTypes = new int[2 * before];
        Arrays.fill(moreCounts, ABSENT);
        for (long position = taken; position < taken + before; position++) {
            int from = place(position);
            int to = (int) position & 2 * before - 1;
            moreWords[to] = words[from];
            moreCounts[to] = counts[from];
            moreTypes[to] = types[from];
        }
        words = moreWords;
        counts = moreCounts;
        types = moreTypes;
    }
}
