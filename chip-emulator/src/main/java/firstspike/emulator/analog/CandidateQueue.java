package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * When each node may fire next: a half-tick per node, {@code Long.MAX_VALUE} for the nodes that cannot. Changing an entry
 * is one store; the earliest is found per group of 64 nodes, and again only in groups whose earliest entry went away. A heap
 * would pay for each of the many entries that change with every event and are never reached.
 */
final class CandidateQueue {
    static final long NEVER = Long.MAX_VALUE;
    private static final int SHIFT = 6;
    private static final int GROUP = 1 << SHIFT;

    private final long[] due;
    private final long[] earliest;
    private final boolean[] stale;

    CandidateQueue(int nodes) {
        due = new long[nodes];
        earliest = new long[nodes >> SHIFT];
        stale = new boolean[nodes >> SHIFT];
        Arrays.fill(due, NEVER);
        Arrays.fill(earliest, NEVER);
    }

    CandidateQueue copy() {
        CandidateQueue other = new CandidateQueue(due.length);
        for (int node = 0; node < due.length; node++) {
            other.set(node, due[node]);
        }
        return other;
    }

    long due(int node) {
        return due[node];
    }

    void set(int node, long when) {
        long before = due[node];
        if (before == when) {
            return;
        }
        due[node] = when;
        int group = node >> SHIFT;
        if (when < earliest[group]) {
            earliest[group] = when;
        } else if (before == earliest[group]) {
            stale[group] = true;
        }
    }

    /** Number of nodes that may fire. */
    int size() {
        int size = 0;
        for (long when : due) {
            size += when != NEVER ? 1 : 0;
        }
        return size;
    }

    /** The earliest entry. */
    long earliest() {
        long min = NEVER;
        for (int group = 0; group < earliest.length; group++) {
            min = Math.min(min, earliestOf(group));
        }
        return min;
    }

    /** The lowest node whose entry is at most h, or -1. */
    int firstDue(long h) {
        for (int group = 0; group < earliest.length; group++) {
            if (earliestOf(group) <= h) {
                for (int node = group << SHIFT; ; node++) {
                    if (due[node] <= h) {
                        return node;
                    }
                }
            }
        }
        return -1;
    }

    private long earliestOf(int group) {
        if (stale[group]) {
            long min = NEVER;
            int from = group << SHIFT;
            for (int node = from; node < from + GROUP; node++) {
                min = Math.min(min, due[node]);
            }
            earliest[group] = min;
            stale[group] = false;
        }
        return earliest[group];
    }
}
