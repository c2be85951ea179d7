package firstspike.emulator.clock;

import java.util.Arrays;

/**
 * A queue of small payloads that are due at ticks in ascending order, because the delay of all is the same constant.
 * Mutable; owned by one thread.
 *
 * <pre>
 * 63  62                    20 19            0
 * | 0 | tick, 43 bit          | payload       |
 * </pre>
 */
public final class DelayRing {
    /** Tick of an empty ring. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int PAYLOAD_BITS = 20;
    private static final int PAYLOAD_MASK = (1 << PAYLOAD_BITS) - 1;
    private static final int FIRST_CAPACITY = 64;

    private long[] entries = new long[FIRST_CAPACITY];
    private int head;
    private int size;

    /** An empty ring. */
    public DelayRing() {}

    /** A ring with the content of another one. */
    public DelayRing(DelayRing other) {
        entries = other.entries.clone();
        head = other.head;
        size = other.size;
    }

    /**
     * Adds a payload.
     *
     * @param tick when it is due, 0 to 2^43 - 1, not before the one added last
     * @param payload 0 to 2^20 - 1
     */
    public void add(long tick, int payload) {
        if (size == entries.length) {
            long[] larger = Arrays.copyOf(entries, 2 * size);
            System.arraycopy(entries, 0, larger, size - head, head);
            System.arraycopy(entries, head, larger, 0, size - head);
            entries = larger;
            head = 0;
        }
        entries[head + size & entries.length - 1] = tick << PAYLOAD_BITS | payload;
        size++;
    }

    /** When the first payload is due, or {@link #NEVER}. */
    public long nextTick() {
        return size == 0 ? NEVER : entries[head] >>> PAYLOAD_BITS;
    }

    /** Removes the first payload of a ring that is not empty. */
    public int take() {
        int payload = (int) entries[head] & PAYLOAD_MASK;
        head = head + 1 & entries.length - 1;
        size--;
        return payload;
    }

    /** Number of payloads. */
    public int size() {
        return size;
    }

    /** Removes all payloads. */
    public void clear() {
        head = 0;
        size = 0;
    }
}
