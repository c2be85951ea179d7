package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * Firings that wait for the half-tick at which their output event is taken: with jitter that may be later than the spike.
 * Few at a time, so a plain list. Mutable; owned by one thread.
 */
final class FiringList {
    private long[] when = new long[64];
    private int[] circuit = new int[64];
    private int size;
    private long earliest = Long.MAX_VALUE;

    FiringList copy() {
        FiringList other = new FiringList();
        other.when = when.clone();
        other.circuit = circuit.clone();
        other.size = size;
        other.earliest = earliest;
        return other;
    }

    void add(int firedCircuit, long halfTick) {
        if (size == when.length) {
            when = Arrays.copyOf(when, 2 * size);
            circuit = Arrays.copyOf(circuit, 2 * size);
        }
        when[size] = halfTick;
        circuit[size++] = firedCircuit;
        earliest = Math.min(earliest, halfTick);
    }

    void addAll(FiringList other) {
        for (int i = 0; i < other.size; i++) {
            add(other.circuit[i], other.when[i]);
        }
    }

    long earliest() {
        return earliest;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        earliest = Long.MAX_VALUE;
    }

    /**
     * Moves out the circuits that are due at h, ascending. A circuit that is due twice keeps its second firing for the
     * next half-tick, since a comparator makes one event per half-tick.
     */
    int take(long h, int[] out) {
        if (earliest > h) {
            return 0;
        }
        int taken = 0;
        int kept = 0;
        long next = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            if (when[i] <= h && !contains(out, taken, circuit[i])) {
                out[taken++] = circuit[i];
            } else {
                when[kept] = Math.max(when[i], when[i] <= h ? h + 1 : when[i]);
                circuit[kept] = circuit[i];
                next = Math.min(next, when[kept++]);
            }
        }
        size = kept;
        earliest = next;
        Arrays.sort(out, 0, taken);
        return taken;
    }

    private static boolean contains(int[] values, int length, int value) {
        for (int i = 0; i < length; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }
}
