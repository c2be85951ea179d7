package firstspike.driver.link;

import java.util.Arrays;

/**
 * Recorded spikes or samples as growing columns: content (16 bit), stamp and FPGA time. Mutable; belongs to one
 * {@link ResultAssembler}.
 */
final class EventLog {

    /** Bytes an event takes here: content, stamp and time. */
    static final int EVENT_BYTES = Short.BYTES + Byte.BYTES + Long.BYTES;

    private final long[] packs = new long[4];
    private short[] content;
    private byte[] stamp;
    private long[] time;
    private int size;
    private long delivered;

    EventLog(int capacity) {
        content = new short[capacity];
        stamp = new byte[capacity];
        time = new long[capacity];
    }

    void pack(int count) {
        packs[count]++;
    }

    boolean isFull() {
        return size == time.length;
    }

    /** Appends an event; there must be room. */
    void add(int event, long now) {
        content[size] = (short) event;
        stamp[size] = (byte) (event >>> 16);
        time[size++] = now;
    }

    /** Makes room for as many events again. */
    void grow() {
        int capacity = (int) Math.min(2L * size, Integer.MAX_VALUE - 8);
        content = Arrays.copyOf(content, capacity);
        stamp = Arrays.copyOf(stamp, capacity);
        time = Arrays.copyOf(time, capacity);
    }

    /** Forgets the events that were handed on. */
    void clear() {
        delivered += size;
        size = 0;
    }

    int size() {
        return size;
    }

    long total() {
        return delivered + size;
    }

    long packs(int eventsInPack) {
        return packs[eventsInPack];
    }

    SpikeColumns spikes() {
        return SpikeColumns.ofTrace(
                Arrays.copyOf(content, size), Arrays.copyOf(stamp, size), Arrays.copyOf(time, size));
    }

    SampleColumns samples() {
        return SampleColumns.ofTrace(content, Arrays.copyOf(stamp, size), Arrays.copyOf(time, size));
    }

    /** Age in ticks that an event's stamp says, 0 to 127 (playback.md 2.4). */
    static int age(int event, long now) {
        return (int) (now - (event >>> 17)) & 127;
    }
}
