package firstspike.emulator.fpga;

import java.util.Arrays;

/**
 * A first-in first-out queue of timed entries as flat columns in a ring: tick, tag and value. Entries are numbered from 0
 * in the order in which they were added since the queue was made. Mutable; one owner thread.
 */
final class TimedQueue {

    /** Tick of an entry whose time is not known yet, and of the head of an empty queue. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int SMALLEST = 16;
    /** Entries that an idle queue keeps room for at most, 5 MiB: what a program needed the next one needs again. */
    private static final int KEPT = 1 << 18;

    private long[] tick;
    private int[] tag;
    private long[] value;
    private long head;
    private long tail;
    /** Most entries at a time since {@link #trim}, and between the two before: set-up and batch take turns. */
    private int most;

    private int mostBefore;

    TimedQueue() {
        this(SMALLEST);
    }

    private TimedQueue(int capacity) {
        tick = new long[capacity];
        tag = new int[capacity];
        value = new long[capacity];
    }

    TimedQueue copy() {
        TimedQueue copy = new TimedQueue(1);
        copy.tick = tick.clone();
        copy.tag = tag.clone();
        copy.value = value.clone();
        copy.head = head;
        copy.tail = tail;
        copy.most = most;
        copy.mostBefore = mostBefore;
        return copy;
    }

    int size() {
        return (int) (tail - head);
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** Removes all entries; numbers go on. */
    void clear() {
        head = tail;
    }

    /**
     * Adds an entry.
     *
     * @return its number
     */
    long add(long atTick, int withTag, long withValue) {
        if (tail - head == tick.length) {
            resize(2 * tick.length);
        }
        int at = at(tail);
        tick[at] = atTick;
        tag[at] = withTag;
        value[at] = withValue;
        most = Math.max(most, (int) (tail - head) + 1);
        return tail++;
    }

    /** Tick of the first entry, {@link #NEVER} when there is none. */
    long headTick() {
        return head == tail ? NEVER : tick[at(head)];
    }

    int headTag() {
        return tag[at(head)];
    }

    long headValue() {
        return value[at(head)];
    }

    void removeHead() {
        head++;
    }

    /** Whether the entry of that number is still in the queue. */
    boolean holds(long number) {
        return number >= head && number < tail;
    }

    /** Number of entries whose tick is after the given one. */
    int pendingAfter(long afterTick) {
        int count = 0;
        for (long number = head; number < tail; number++) {
            count += tick[at(number)] > afterTick ? 1 : 0;
        }
        return count;
    }

    long value(long number) {
        return value[at(number)];
    }

    void setTick(long number, long atTick) {
        tick[at(number)] = atTick;
    }

    void setValue(long number, long newValue) {
        value[at(number)] = newValue;
    }

    private int at(long number) {
        return (int) number & tick.length - 1;
    }

    /** A program is over: gives back room that it did not need, and what is more than an idle queue keeps; entries stay. */
    void trim() {
        int needed = Math.max(SMALLEST, Math.max(size(), Math.min(Math.max(most, mostBefore), KEPT)));
        int capacity = Integer.highestOneBit(2 * needed - 1);
        if (tick.length > 2 * capacity) {
            resize(capacity);
        }
        mostBefore = most;
        most = size();
    }

    private void resize(int capacity) {
        int old = tick.length;
        long[] oldTick = tick;
        int[] oldTag = tag;
        long[] oldValue = value;
        tick = new long[capacity];
        tag = new int[capacity];
        value = new long[capacity];
        for (long number = head; number < tail; number++) {
            int from = (int) number & old - 1;
            int to = at(number);
            tick[to] = oldTick[from];
            tag[to] = oldTag[from];
            value[to] = oldValue[from];
        }
    }

    @Override
    public String toString() {
        return "TimedQueue(" + size() + " entries, ticks " + Arrays.toString(tick) + ")";
    }
}
