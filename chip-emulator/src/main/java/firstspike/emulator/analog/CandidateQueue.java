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
    /** One bit per group whose earliest entry went away. */
    private long stale;

    private long least = NEVER;
    private boolean leastStale;

    /** For a number of nodes that is a multiple of 128 and at most 2048. */
    CandidateQueue(int nodes) {
        due = new long[nodes];
        earliest = new long[nodes >> SHIFT];
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
            stale |= 1L << group;
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
            while (stale != 0) {
                int group = Long.numberOfTrailingZeros(stale);
                earliest[group] = smallest(due, group << SHIFT, (group + 1) << SHIFT);
                stale &= stale - 1;
            }
            least = smallest(earliest, 0, earliest.length);
            leastStale = false;
        }
        return least;
    }

    /** The lowest node whose entry is at most h, or -1. */
    int firstDue(long h) {
        if (earliest() > h) {
            return -1;
        }
        // an entry of a stale group can only have moved to later, so a group that is not due holds nothing that is
        for (int group = 0; ; group++) {
            if (earliest[group] <= h) {
                for (int node = group << SHIFT; node < (group + 1) << SHIFT; node++) {
                    if (due[node] <= h) {
                        return node;
                    }
                }
            }
        }
    }

    // four chains of comparisons side by side: a third of the time of one
    private static long smallest(long[] values, int from, int to) {
        long a = NEVER;
        long b = NEVER;
        long c = NEVER;
        long d = NEVER;
        for (int i = from; i < to; i += 4) {
            a = Math.min(a, values[i]);
            b = Math.min(b, values[i + 1]);
            c = Math.min(c, values[i + 2]);
            d = Math.min(d, values[i + 3]);
        }
        return Math.min(Math.min(a, b), Math.min(c, d));
    }
}
