package firstspike.emulator.planned;

/**
 * The resets of a group in the order of their spikes, which is that of their ends since all lanes have the same times. An entry is first <em>released</em> (its refractory period is over) and <em>settled</em> (the
 * potential of its lane is known again) by whichever comes first, and leaves when both are done. Positions count up for ever and wrap.
 */
final class ResetRing {
    /** First entry whose lane has no potential yet, and first whose lane may not fire yet. */
    int unsettled;

    int unreleased;
    int end;

    private int[] lane;
    private long[] spike;
    private double[] fraction;
    private int mask;
    /** By lane: entries before this position are void. */
    private final int[] validFrom;

    ResetRing(int lanes) {
        int capacity = Math.max(4, Integer.highestOneBit(4 * lanes) * 2);
        lane = new int[capacity];
        spike = new long[capacity];
        fraction = new double[capacity];
        mask = capacity - 1;
        validFrom = new int[lanes];
    }

    void clear() {
        unsettled = 0;
        unreleased = 0;
        end = 0;
        java.util.Arrays.fill(validFrom, 0);
    }

    /** A lane spiked in a half-tick, at a fraction of it. */
    void add(int ofLane, long atHalfTick, double atFraction) {
        int begin = unsettled - unreleased < 0 ? unsettled : unreleased;
        if (end - begin > mask) {
            grow(begin);
        }
        validFrom[ofLane] = end;
        int e = end++ & mask;
        lane[e] = ofLane;
        spike[e] = atHalfTick;
        fraction[e] = atFraction;
    }

    private void grow(int begin) {
        int capacity = 2 * (mask + 1);
        int[] lanes = new int[capacity];
        long[] spikes = new long[capacity];
        double[] fractions = new double[capacity];
        for (int p = begin; p != end; p++) {
            lanes[p & capacity - 1] = lane[p & mask];
            spikes[p & capacity - 1] = spike[p & mask];
            fractions[p & capacity - 1] = fraction[p & mask];
        }
        lane = lanes;
        spike = spikes;
        fraction = fractions;
        mask = capacity - 1;
    }

    /** The entries of a lane so far count no more. */
    void forget(int ofLane) {
        validFrom[ofLane] = end;
    }

    /** Whether the entry at a position is the last of its lane. */
    boolean isValid(int position) {
        return position - validFrom[lane(position)] >= 0;
    }

    int lane(int position) {
        return lane[position & mask];
    }

    long spike(int position) {
        return spike[position & mask];
    }

    double fraction(int position) {
        return fraction[position & mask];
    }
}
