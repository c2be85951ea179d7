package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * When each node may fire next: a half-tick per node, {@code Long.MAX_VALUE} for the nodes that cannot. Changing an entry
 * is one store; the earliest is found per group of 32 nodes, and again only in groups whose earliest entry went away. A heap
 * would pay for each of the many entries that change with every event and are never reached.
 */
final class CandidateQueue {
    static final long NEVER = Long.MAX_VALUE;
    private static final int SHIFT = 5;

    private final long[] due;
    private final long[] earliest;
    private final boolean[] stale;
    private long least = NEVER;
    private boolean leastStale;

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
            leastStale |= before == least;
        }
        least = Math.min(least, when);
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
        if (leastStale) {
            long min = NEVER;
            for (int group = 0; group < earliest.length; group++) {
                min = Math.min(min, earliestOf(group));
            }
            least = min;
            leastStale = false;
        }
        return least;
    }

    /** The lowest node whose entry is at most h, or -1. */
    int firstDue(long h) {
        if (earliest() > h) {
            return -1;
        }
        for (int group = 0; ; group++) {
            if (earliestOf(group) <= h) {
                for (int node = group << SHIFT; ; node++) {
                    if (due[node] <= h) {
                        return node;
                    }
                }
            }
        }
    }

    private long earliestOf(int group) {
        if (stale[group]) {
            // four chains of comparisons side by side: a third of the time of one
            long a = NEVER;
            long b = NEVER;
            long c = NEVER;
            long d = NEVER;
            int end = (group + 1) << SHIFT;
            for (int node = group << SHIFT; node < end; node += 4) {
                a = Math.min(a, due[node]);
                b = Math.min(b, due[node + 1]);
                c = Math.min(c, due[node + 2]);
                d = Math.min(d, due[node + 3]);
            }
            earliest[group] = Math.min(Math.min(a, b), Math.min(c, d));
            stale[group] = false;
        }
        return earliest[group];
    }
}
