package firstspike.runtime.recording.replay;

import firstspike.driver.link.SpikeColumns;
import java.util.Arrays;

/**
 * Spikes of a program that grow by pieces, in the order of arrival. Mutable, one owner thread.
 */
public final class Spikes {

    private static final int FIRST = 1024;
    private static final int LABEL_BITS = 16;

    private long[] ticks = new long[FIRST];
    private short[] labels = new short[FIRST];
    private int size;

    /**
     * What a chip sent.
     *
     * @param columns of a result
     * @param zero system time of time zero
     * @return the spikes
     */
    public static Spikes of(SpikeColumns columns, long zero) {
        Spikes spikes = new Spikes();
        spikes.reserve(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            spikes.ticks[i] = columns.chipTime(i) - zero << 21 >> 21;
            spikes.labels[i] = (short) columns.label(i);
        }
        spikes.size = columns.size();
        return spikes;
    }

    /** Appends spikes. */
    void add(long[] moreTicks, short[] moreLabels) {
        reserve(size + moreTicks.length);
        System.arraycopy(moreTicks, 0, ticks, size, moreTicks.length);
        System.arraycopy(moreLabels, 0, labels, size, moreLabels.length);
        size += moreTicks.length;
    }

    private void reserve(int wanted) {
        if (wanted > ticks.length) {
            int capacity = Math.max(wanted, Math.addExact(ticks.length, ticks.length / 2));
            ticks = Arrays.copyOf(ticks, capacity);
            labels = Arrays.copyOf(labels, capacity);
        }
    }

    void clear() {
        size = 0;
    }

    /** Number of spikes. */
    public int size() {
        return size;
    }

    long[] ticks() {
        return ticks;
    }

    short[] labels() {
        return labels;
    }

    long tick(int i) {
        return ticks[i];
    }

    int label(int i) {
        return labels[i] & 0xffff;
    }

    /** Largest tick, or the other value when there are no spikes. */
    long lastTick(long otherwise) {
        long last = otherwise;
        for (int i = 0; i < size; i++) {
            last = Math.max(last, ticks[i]);
        }
        return last;
    }

    /** The first so many by arrival, ordered by tick and then label: two programs that did the same have the same order. */
    long[] ordered(int count) {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = Math.addExact(Math.multiplyExact(ticks[i], 1L << LABEL_BITS), label(i));
        }
        Arrays.sort(keys);
        return keys;
    }

    static long tickOf(long key) {
        return key >> LABEL_BITS;
    }

    static int labelOf(long key) {
        return (int) (key & (1 << LABEL_BITS) - 1);
    }
}
