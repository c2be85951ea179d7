package firstspike.driver.link;

import java.util.Arrays;

/** Answers of one kind as growing columns of values and FPGA times. Mutable; belongs to one {@link ResultAssembler}. */
final class ResponseLog {

    /** Bytes that an answer takes here. */
    static final int RESPONSE_BYTES = 2 * Long.BYTES;

    private long[] value;
    private long[] time;
    private int size;
    private long delivered;

    ResponseLog(int capacity) {
        value = new long[capacity];
        time = new long[capacity];
    }

    boolean isFull() {
        return size == value.length;
    }

    /** Appends an answer; there must be room. */
    void add(long answer, long now) {
        value[size] = answer;
        time[size++] = now;
    }

    /** Makes room for as many answers again. */
    void grow() {
        int capacity = (int) Math.min(2L * size, Integer.MAX_VALUE - 8);
        value = Arrays.copyOf(value, capacity);
        time = Arrays.copyOf(time, capacity);
    }

    /** Forgets the answers that were handed on. */
    void clear() {
        delivered += size;
        size = 0;
    }

    int size() {
        return size;
    }

    /** Position of the first answer that is still here. */
    long firstPosition() {
        return delivered;
    }

    long total() {
        return delivered + size;
    }

    long[] values() {
        return Arrays.copyOf(value, size);
    }

    long[] times() {
        return Arrays.copyOf(time, size);
    }
}
