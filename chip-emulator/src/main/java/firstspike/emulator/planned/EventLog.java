package firstspike.emulator.planned;

import java.util.Arrays;

/**
 * The events of a group that still matter for its currents, in their order: from it the lines of a node are made when
 * somebody asks for them, and the times of last events, so that the hot loop stores neither.
 */
final class EventLog {
    private static final int FIRST_CAPACITY = 256;
    private static final int LARGEST_CAPACITY = 1 << 14;

    private PulseColumn[] column = new PulseColumn[FIRST_CAPACITY];
    private long[] at = new long[FIRST_CAPACITY];
    private int size;
    private int folded;

    void clear() {
        Arrays.fill(column, 0, size, null);
        size = 0;
        folded = 0;
    }

    /** Whether {@link #forget} has to be called before more is added. */
    boolean isFull() {
        return size == LARGEST_CAPACITY;
    }

    void add(PulseColumn ofEvent, long halfTick) {
        if (size == at.length) {
            column = Arrays.copyOf(column, 2 * size);
            at = Arrays.copyOf(at, 2 * size);
        }
        column[size] = ofEvent;
        at[size++] = halfTick;
    }

    /** Forgets the events before a half-tick, all of which have been {@link #fold folded}. */
    void forget(long before) {
        int first = Arrays.binarySearch(at, 0, size, before);
        first = first < 0 ? -first - 1 : first;
        while (first > 0 && at[first - 1] == before) {
            first--;
        }
        System.arraycopy(column, first, column, 0, size - first);
        System.arraycopy(at, first, at, 0, size - first);
        Arrays.fill(column, size - first, size, null);
        size -= first;
        folded = Math.max(0, folded - first);
    }

    /** Updates first and last event of each lane by those that came since the last call. */
    void fold(long[] first, long[] last, int lanes) {
        for (int s = 0; s < lanes; s++) {
            for (int i = size - 1; i >= folded; i--) {
                if (column[i].reached[s]) {
                    last[s] = at[i];
                    break;
                }
            }
            for (int i = folded; first[s] == LayerGroup.NEVER && i < size; i++) {
                if (column[i].reached[s]) {
                    first[s] = at[i];
                }
            }
        }
        folded = size;
    }

    int size() {
        return size;
    }

    PulseColumn column(int i) {
        return column[i];
    }

    long at(int i) {
        return at[i];
    }
}
