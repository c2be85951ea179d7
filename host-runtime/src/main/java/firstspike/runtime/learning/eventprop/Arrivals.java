package firstspike.runtime.learning.eventprop;

import java.util.Arrays;

/**
 * What arrives at a layer in one sample, in order of time, and at equal times in order of the row. Mutable scratch of one owner
 * thread; it grows to the largest sample that it has seen.
 */
final class Arrivals {
    /** Stands for a bias, which no spike causes. */
    static final int NO_SOURCE = -1;

    private static final int INITIAL = 64;

    /** Time of the k-th arrival. */
    double[] time = new double[INITIAL];
    /** Row of its weights. */
    int[] row = new int[INITIAL];
    /** Number of the spike that caused it, {@link #NO_SOURCE} for a bias. */
    int[] source = new int[INITIAL];
    /** Number of arrivals. */
    int count;

    private double[] rawTime = new double[INITIAL];
    private int[] rawRow = new int[INITIAL];
    private int[] rawSource = new int[INITIAL];
    private int[] order = new int[INITIAL];
    private int[] spare = new int[INITIAL];

    /** Begins a sample. */
    void clear() {
        count = 0;
    }

    /** Adds an arrival; those of one row come in order of time. */
    void add(double at, int ofRow, int ofSource) {
        if (count == rawTime.length) {
            grow();
        }
        rawTime[count] = at;
        rawRow[count] = ofRow;
        rawSource[count] = ofSource;
        count++;
    }

    /** Time of an arrival as it was added, before {@link #sort}. */
    double rawTime(int k) {
        return rawTime[k];
    }

    /**
     * Adds the trains of a sample, delayed, for rows from {@code firstRow} on.
     *
     * @param trains of the sources
     * @param sample of them
     * @param delay from spike to arrival
     * @param firstRow row of the first source
     * @param firstSource number of the sample's first spike
     */
    void add(SpikeTrains trains, int sample, double delay, int firstRow, int firstSource) {
        int base = trains.begin(sample, 0);
        for (int neuron = 0; neuron < trains.neurons(); neuron++) {
            int end = trains.end(sample, neuron);
            for (int i = trains.begin(sample, neuron); i < end; i++) {
                add(trains.time()[i] + delay, firstRow + neuron, firstSource + i - base);
            }
        }
    }

    /** Puts all into order: a merge sort, for most rows are trains in order already. */
    void sort() {
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        int[] from = order;
        int[] to = spare;
        for (int width = 1; width < count; width *= 2) {
            for (int begin = 0; begin < count; begin += 2 * width) {
                merge(from, to, begin, Math.min(count, begin + width), Math.min(count, begin + 2 * width));
            }
            int[] other = from;
            from = to;
            to = other;
        }
        for (int i = 0; i < count; i++) {
            int k = from[i];
            time[i] = rawTime[k];
            row[i] = rawRow[k];
            source[i] = rawSource[k];
        }
    }

    /** Index after the last arrival of the instant of arrival {@code k}. */
    int instantEnd(int k) {
        int end = k + 1;
        while (end < count && time[end] == time[k]) {
            end++;
        }
        return end;
    }

    private void merge(int[] from, int[] to, int begin, int middle, int end) {
        int a = begin;
        int b = middle;
        for (int i = begin; i < end; i++) {
            boolean first = b >= end || a < middle && rawTime[from[a]] <= rawTime[from[b]];
            to[i] = first ? from[a++] : from[b++];
        }
    }

    private void grow() {
        int length = 2 * rawTime.length;
        rawTime = Arrays.copyOf(rawTime, length);
        rawRow = Arrays.copyOf(rawRow, length);
        rawSource = Arrays.copyOf(rawSource, length);
        time = new double[length];
        row = new int[length];
        source = new int[length];
        order = new int[length];
        spare = new int[length];
    }
}
