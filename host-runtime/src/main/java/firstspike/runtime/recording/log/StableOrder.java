package firstspike.runtime.recording.log;

import java.util.Arrays;
import java.util.Comparator;

/** The order of ticks in which equal ones keep their places. */
final class StableOrder {

    /** Moves an event may need on average before another method is cheaper. */
    private static final int NEAR = 8;

    private StableOrder() {}

    /** The order of the first so many ticks; null when they ascend already, as they mostly do. */
    static int[] of(long[] ticks, int size) {
        int sorted = 1;
        while (sorted < size && ticks[sorted] >= ticks[sorted - 1]) {
            sorted++;
        }
        if (sorted >= size) {
            return null;
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        // chip times arrive at most 127 ticks out of order, so that few moves are the rule
        long moves = (long) NEAR * size;
        for (int i = sorted; i < size; i++) {
            int moved = order[i];
            long tick = ticks[moved];
            int to = i;
            while (to > 0 && ticks[order[to - 1]] > tick) {
                order[to] = order[to - 1];
                to--;
            }
            order[to] = moved;
            moves -= i - to;
            if (moves < 0) {
                return merged(ticks, size);
            }
        }
        return order;
    }

    private static int[] merged(long[] ticks, int size) {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> ticks[i]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    static long[] apply(long[] values, int[] order) {
        long[] ordered = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = values[order[i]];
        }
        return ordered;
    }

    static short[] apply(short[] values, int[] order) {
        short[] ordered = new short[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = values[order[i]];
        }
        return ordered;
    }

    static int[] apply(int[] values, int[] order) {
        int[] ordered = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = values[order[i]];
        }
        return ordered;
    }
}
