package firstspike.runtime.execution;

import java.util.Arrays;

/**
 * All spikes of the neurons of a batch on one chip, sorted by (sample, neuron) and time. Of two spikes of a neuron in one tick the
 * later one moves by half a tick; those beyond the cap of a neuron are left out. Both are counted. Reuses its arrays; one owner
 * thread.
 */
final class TrainTicks {
    private static final int INITIAL = 1024;
    private static final double HALF_TICK = 0.5;

    private final int[] caps;
    private int[] slot = new int[INITIAL];
    private double[] tick = new double[INITIAL];
    private int count;
    private int[] first = new int[1];
    private double[] sorted = new double[INITIAL];
    private long overCap;
    private long sameTick;

    /** @param caps most spikes of each neuron */
    TrainTicks(int[] caps) {
        this.caps = caps.clone();
    }

    void clear() {
        count = 0;
    }

    /** Adds a spike, ticks after the beginning of its window. */
    void add(int ofSlot, long at) {
        if (count == slot.length) {
            slot = Arrays.copyOf(slot, 2 * count);
            tick = Arrays.copyOf(tick, 2 * count);
        }
        slot[count] = ofSlot;
        tick[count++] = at;
    }

    /** Sorts what was added. */
    void sort(int samples) {
        int slots = samples * caps.length;
        int[] border = new int[slots + 1];
        for (int i = 0; i < count; i++) {
            border[slot[i] + 1]++;
        }
        for (int s = 0; s < slots; s++) {
            border[s + 1] += border[s];
        }
        double[] all = new double[count];
        int[] next = border.clone();
        for (int i = 0; i < count; i++) {
            all[next[slot[i]]++] = tick[i];
        }
        overCap = 0;
        sameTick = 0;
        sorted = sorted.length < count ? new double[2 * count] : sorted;
        first = new int[slots + 1];
        int kept = 0;
        for (int s = 0; s < slots; s++) {
            Arrays.sort(all, border[s], border[s + 1]);
            int end = (int) Math.min(border[s + 1], (long) border[s] + caps[s % caps.length]);
            overCap += border[s + 1] - end;
            for (int i = border[s]; i < end; i++) {
                boolean same = i > border[s] && all[i] <= sorted[kept - 1];
                sameTick += same ? 1 : 0;
                sorted[kept] = same ? sorted[kept - 1] + HALF_TICK : all[i];
                kept++;
            }
            first[s + 1] = kept;
        }
    }

    /** Index of the first spike of a slot, and the end of the slot before. */
    int begin(int ofSlot) {
        return first[ofSlot];
    }

    /** Ticks of a spike after the beginning of its window. */
    double tick(int index) {
        return sorted[index];
    }

    /** Spikes left out. */
    long overCap() {
        return overCap;
    }

    /** Spikes moved by half a tick. */
    long sameTick() {
        return sameTick;
    }
}
