package firstspike.emulator.planned;

import java.util.Arrays;

/**
 * The crossings of a group that were solved for and lie ahead, as offsets in half-ticks from the group's clock; sorted when
 * the first one is asked for after something came. All are void with the next event, which costs nothing.
 */
final class PendingCrossings {
    private static final int INDEX_BITS = 12;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int FEW = 12;

    private int[] lane;
    private double[] offset;
    /** Offsets with their lowest bits replaced by the index, from {@link #head} on; sorted up to {@link #sorted}. */
    private long[] order;

    private int head;
    private int size;
    private int sorted;

    PendingCrossings(int lanes) {
        lane = new int[2 * lanes];
        offset = new double[2 * lanes];
        order = new long[2 * lanes];
    }

    void clear() {
        head = 0;
        size = 0;
        sorted = 0;
    }

    boolean isEmpty() {
        return head == size;
    }

    /** A lane crosses at an offset, 0 or more. */
    void add(int ofLane, double at) {
        if (size == lane.length) {
            lane = Arrays.copyOf(lane, 2 * size);
            offset = Arrays.copyOf(offset, 2 * size);
            order = Arrays.copyOf(order, 2 * size);
        }
        lane[size] = ofLane;
        offset[size++] = at;
    }

    boolean contains(int ofLane) {
        for (int i = head; i < size; i++) {
            if (lane[i < sorted ? (int) order[i] & INDEX_MASK : i] == ofLane) {
                return true;
            }
        }
        return false;
    }

    /** Whole half-ticks from the clock to the first one; there must be one. */
    double first() {
        if (sorted < size) {
            sort();
        }
        return offset[(int) order[head] & INDEX_MASK];
    }

    /** Removes the first one, of which {@link #first} told; gives its lane. */
    int take() {
        return lane[(int) order[head++] & INDEX_MASK];
    }

    private void sort() {
        for (int i = sorted; i < size; i++) {
            order[i] = Double.doubleToRawLongBits(offset[i]) & ~(long) INDEX_MASK | i;
        }
        if (size - head > FEW) {
            Arrays.sort(order, head, size);
        } else {
            for (int i = head + 1; i < size; i++) {
                long entry = order[i];
                int k = i;
                while (k > head && order[k - 1] > entry) {
                    order[k] = order[k - 1];
                    k--;
                }
                order[k] = entry;
            }
        }
        sorted = size;
    }
}
