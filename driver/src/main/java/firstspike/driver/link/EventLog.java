package firstspike.driver.link;

import java.util.ArrayList;
import java.util.List;

/**
 * Recorded spikes or samples as columns: content (16 bit), stamp and FPGA time. A full block is put aside, never copied
 * to a larger one. Mutable; belongs to one {@link ResultAssembler}.
 */
final class EventLog {

    /** Bytes an event takes here: content, stamp and time. */
    static final int EVENT_BYTES = Short.BYTES + Byte.BYTES + Long.BYTES;

    private static final int LARGEST_BLOCK = 1 << 16;

    private final long[] packs = new long[4];
    private final List<Block> full = new ArrayList<>();
    private Block block;
    private short[] content;
    private byte[] stamp;
    private long[] time;
    private int size;
    private long before;

    EventLog(int capacity) {
        begin(new Block(capacity));
    }

    private record Block(short[] content, byte[] stamp, long[] time) {
        Block(int capacity) {
            this(new short[capacity], new byte[capacity], new long[capacity]);
        }
    }

    private void begin(Block next) {
        block = next;
        content = next.content();
        stamp = next.stamp();
        time = next.time();
        size = 0;
    }

    void pack(int count) {
        packs[count]++;
    }

    boolean isFull() {
        return size == time.length;
    }

    /** Appends an event; there must be room. */
    void add(int event, long now) {
        int at = size;
        content[at] = (short) event;
        stamp[at] = (byte) (event >>> 16);
        time[at] = now;
        size = at + 1;
    }

    /** Makes room in a further block; the one before must be full. */
    void grow() {
        full.add(block);
        before += size;
        begin(new Block(Math.min(2 * time.length, LARGEST_BLOCK)));
    }

    /** Whether what is here would still be so many at most with a further block; the one before must be full. */
    boolean growsWithin(int most) {
        long here = size + full.stream().mapToLong(part -> part.time().length).sum();
        return here + Math.min(2 * time.length, LARGEST_BLOCK) <= most;
    }

    /** Events in the block that is being filled. */
    int size() {
        return size;
    }

    /** All events so far, those that were taken included. */
    long total() {
        return before + size;
    }

    long packs(int eventsInPack) {
        return packs[eventsInPack];
    }

    /** The spikes that are here, which leave. */
    SpikeColumns takeSpikes() {
        Block taken = take();
        return SpikeColumns.ofTrace(taken.content(), taken.stamp(), taken.time());
    }

    /** The samples that are here, which leave. */
    SampleColumns takeSamples() {
        Block taken = take();
        return SampleColumns.ofTrace(taken.content(), taken.stamp(), taken.time());
    }

    private Block take() {
        if (full.isEmpty() && isFull()) {
            Block whole = block;
            before += size;
            begin(new Block(time.length));
            return whole;
        }
        int count = size + full.stream().mapToInt(part -> part.time().length).reduce(0, Math::addExact);
        Block joined = new Block(count);
        int at = 0;
        for (Block part : full) {
            copy(part, part.time().length, joined, at);
            at += part.time().length;
        }
        copy(block, size, joined, at);
        before += size;
        size = 0;
        full.clear();
        return joined;
    }

    private static void copy(Block from, int count, Block to, int at) {
        System.arraycopy(from.content(), 0, to.content(), at, count);
        System.arraycopy(from.stamp(), 0, to.stamp(), at, count);
        System.arraycopy(from.time(), 0, to.time(), at, count);
    }

    /** Age in ticks that an event's stamp says, 0 to 127 (playback.md 2.4). */
    static int age(int event, long now) {
        return (int) (now - (event >>> 17)) & 127;
    }
}
