package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * Nodes of one or two circuits that the same drivers reach, as columns over their places: state, constants, and factors by
 * time. Those that an event reaches move together, and those that it does not reach, or that came in at another instant, keep a
 * time of their own until they are reached and catch up one by one. Arithmetic equals that of {@link Trajectory} bit for bit,
 * whatever the group. Owned by one thread.
 *
 * <p>A place is out (its node is not in the lane), free, held at reset, or at rest: without currents since the instant of
 * the group, with the state from before in {@link Nodes}. Without saturation the currents carry the sign of their line.
 */
final class LaneGroup {
    static final byte OUT = 0;
    static final byte FREE = 1;
    static final byte HELD = 2;
    static final byte REST = 3;

    static final int LINES = LaneRows.LINES;
    /** Half-ticks that the tables cover. */
    static final long SPAN = 2L * LineTable.TICKS;

    private static final int FIRST_CAPACITY = 64;
    private static final double HORIZON_TAUS = 2;

    final int number;
    final boolean saturating;
    int size;
    long clock;
    /** The earliest end of a reset of a place, or before it. */
    long release = Long.MAX_VALUE;

    int[] node = new int[FIRST_CAPACITY];
    /** Lines of a place, -1 for none. */
    int[] line = new int[LINES * FIRST_CAPACITY];

    byte[] mode = new byte[FIRST_CAPACITY];
    /** Whether the constants of a place are those of its node. */
    boolean[] prepared = new boolean[FIRST_CAPACITY];
    /** Whether the threshold in force is known, not only the lowest possible. */
    boolean[] drawn = new boolean[FIRST_CAPACITY];
    /** Instant of a place that is not that of the group. */
    long[] ownTick = new long[FIRST_CAPACITY];

    /** Places whose instant is their own, one bit each. */
    long[] apart = new long[1];
    /** Places whose time is the instant of a crossing that was solved for. */
    long[] exact = new long[1];

    final long[][] placesOf = {new long[1], new long[1], new long[1], new long[1]};

    LaneColumns at = new LaneColumns(FIRST_CAPACITY);

    private LaneFactors factors = new LaneFactors(FIRST_CAPACITY);
    private final LaneKernel kernel;

    /** What the present event adds. */
    LaneRows only;
    /** For ticks with several pulses. */
    LaneRows rows;

    LaneGroup(int number, boolean saturating, LaneKernel kernel) {
        this.number = number;
        this.saturating = saturating;
        this.kernel = kernel;
    }

    int capacity() {
        return node.length;
    }

    /** Adds a place for a node, out and not prepared. */
    int add(int n) {
        if (size == node.length) {
            grow(2 * size);
        }
        int place = size++;
        node[place] = n;
        Arrays.fill(line, LINES * place, LINES * (place + 1), -1);
        set(place, OUT);
        rows = null;
        return place;
    }

    private void grow(int capacity) {
        node = Arrays.copyOf(node, capacity);
        line = Arrays.copyOf(line, LINES * capacity);
        mode = Arrays.copyOf(mode, capacity);
        prepared = Arrays.copyOf(prepared, capacity);
        drawn = Arrays.copyOf(drawn, capacity);
        ownTick = Arrays.copyOf(ownTick, capacity);
        apart = Arrays.copyOf(apart, capacity + 63 >> 6);
        exact = Arrays.copyOf(exact, capacity + 63 >> 6);
        for (int m = 0; m < placesOf.length; m++) {
            placesOf[m] = Arrays.copyOf(placesOf[m], capacity + 63 >> 6);
        }
        at = at.grown(capacity);
        factors.grow(capacity);
    }

    /** The same places with the same constants, all out, for another thread with a kernel of its own. */
    LaneGroup copy(LaneKernel ofOther) {
        LaneGroup other = new LaneGroup(number, saturating, ofOther);
        other.node = node.clone();
        other.line = line.clone();
        other.prepared = prepared.clone();
        other.mode = new byte[capacity()];
        other.drawn = new boolean[capacity()];
        other.ownTick = new long[capacity()];
        other.apart = new long[apart.length];
        other.exact = new long[apart.length];
        for (int m = 0; m < placesOf.length; m++) {
            other.placesOf[m] = new long[apart.length];
        }
        other.at = at.withoutState();
        other.size = size;
        other.factors = factors.copy();
        for (int s = 0; s < size; s++) {
            other.set(s, OUT);
        }
        return other;
    }

    // ---- places ----------------------------------------------------------------------------------------------------

    void set(int s, byte newMode) {
        long bit = 1L << s;
        placesOf[mode[s]][s >> 6] &= ~bit;
        placesOf[newMode][s >> 6] |= bit;
        mode[s] = newMode;
        if (newMode == OUT || newMode == REST) {
            apart[s >> 6] &= ~bit;
            at.y[s] = Double.POSITIVE_INFINITY;
            at.theta[s] = newMode == OUT ? Double.POSITIVE_INFINITY : at.theta[s];
        }
        at.together[s] = newMode == OUT || isApart(s) ? 0 : 1;
    }

    boolean isApart(int s) {
        return (apart[s >> 6] >>> s & 1) != 0;
    }

    boolean isExact(int s) {
        return (exact[s >> 6] >>> s & 1) != 0;
    }

    void setExact(int s, boolean whether) {
        exact[s >> 6] = whether ? exact[s >> 6] | 1L << s : exact[s >> 6] & ~(1L << s);
    }

    long tick(int s) {
        return isApart(s) ? ownTick[s] : clock;
    }

    void setTick(int s, long tick) {
        if (tick == clock) {
            apart[s >> 6] &= ~(1L << s);
            at.together[s] = 1;
        } else {
            part(s, tick);
        }
    }

    /** A place has an instant of its own from now on. */
    void part(int s, long tick) {
        apart[s >> 6] |= 1L << s;
        at.together[s] = 0;
        ownTick[s] = tick;
    }

    /** Whether no place is free or held. */
    boolean idle() {
        for (int w = 0; w < apart.length; w++) {
            if ((placesOf[FREE][w] | placesOf[HELD][w]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The current of a line of a place, without sign. */
    double current(int s, int k) {
        return Math.abs(at.c[k][s]);
    }

    /** The current by which a line of a place drives its membrane: with sign and compression. */
    double driving(int s, int k) {
        return saturating ? at.factor[k][s] * at.c[k][s] : at.c[k][s];
    }

    /** Sets the state of a line of a place. */
    void setLine(int s, int k, double current, double ofFactor) {
        at.c[k][s] = saturating || (k & 1) == 0 ? current : -current;
        at.factor[k][s] = ofFactor;
    }

    /** The place with the earliest time, -1 for none. */
    int earliest() {
        return kernel.earliest(at.y, blocks());
    }

    private int blocks() {
        return size + LaneKernel.BLOCK - 1 & -LaneKernel.BLOCK;
    }

    // ---- constants -------------------------------------------------------------------------------------------------

    /** Whether a place was prepared for the lines that its node has now, with their tables. */
    boolean hasLinesOf(int s, Nodes nodes, Trajectory trajectory) {
        int n = node[s];
        int from = 2 * nodes.topology.first[n];
        int count = nodes.liveCount[n];
        int lines = 0;
        for (int k = 0; k < LINES; k++) {
            lines += line[LINES * s + k] < 0 ? 0 : 1;
        }
        boolean same = lines == count;
        for (int i = from; same && i < from + count; i++) {
            int l = nodes.liveLine[i];
            int k = column(s, l);
            same = k >= 0 && factors.of(s, k) == trajectory.table(n, l);
        }
        return same;
    }

    /** The column of a line at a place, -1 for none. */
    private int column(int s, int l) {
        for (int k = 0; k < LINES; k++) {
            if (line[LINES * s + k] == l) {
                return k;
            }
        }
        return -1;
    }

    /** Takes over the constants of a place's node, whose live lines have these tables. */
    void prepare(
            int s, Nodes nodes, CircuitParameters circuits, Trajectory trajectory, double railLow, double railHigh) {
        int n = node[s];
        NodeTopology topology = nodes.topology;
        int from = 2 * topology.first[n];
        int count = nodes.liveCount[n];
        int first = nodes.liveLine[from] >> 1;
        int last = nodes.liveLine[from + count - 1] >> 1;
        for (int k = 0; k < LINES; k++) {
            line[LINES * s + k] = -1;
            at.sign[k][s] = 0;
            at.limit[k][s] = Double.POSITIVE_INFINITY;
            at.full[k][s] = 1;
            factors.set(s, k, trajectory.table(n, nodes.liveLine[from]));
        }
        int slowest = -1;
        int fastest = -1;
        double longest = nodes.tauM[n];
        for (int i = from; i < from + count; i++) {
            int l = nodes.liveLine[i];
            int k = (l >> 1 == first || last == first ? 0 : 2) + (l & 1);
            line[LINES * s + k] = l;
            factors.set(s, k, trajectory.table(n, l));
            at.sign[k][s] = (l & 1) == 0 ? 1 : -1;
            at.limit[k][s] = circuits.lineLimit[l];
            at.full[k][s] = circuits.fullScale[l];
            longest = Math.max(longest, nodes.tauX[l]);
            if ((l & 1) == 0) {
                slowest = slowest < 0 || nodes.tauX[l] > nodes.tauX[slowest] ? l : slowest;
            } else {
                fastest = fastest < 0 || nodes.tauX[l] < nodes.tauX[fastest] ? l : fastest;
            }
        }
        at.low[s] = railLow - nodes.rest[n];
        at.high[s] = railHigh - nodes.rest[n];
        at.inverseC[s] = nodes.inverseCapacitance[n];
        at.freeInverseTau[s] = nodes.inverseTauM[n];
        at.longestTau[s] = longest;
        boolean faster = slowest >= 0 && fastest >= 0 && nodes.tauX[fastest] < nodes.tauX[slowest];
        int reference = slowest < 0 || faster ? fastest : slowest;
        at.peak[s] = nodes.peak[reference];
        at.freeChord[s] = nodes.chord[reference];
        at.excess[s] = 1;
        at.horizon[s] = Double.POSITIVE_INFINITY;
        at.tail[s] = 0;
        at.tailU[s] = 0;
        if (faster) {
            double h = HORIZON_TAUS * Math.max(nodes.tauX[slowest], nodes.tauM[n]);
            at.excess[s] =
                    StrictMath.exp(h * (1 / nodes.tauX[fastest] - 1 / nodes.tauX[slowest])) / SpikeBounds.EARLIER;
            at.horizon[s] = h * SpikeBounds.EARLIER / Kinetics.HALF_TICK_S;
            // the response falls from there on: it is at its largest at the longest time constant at the latest
            double response = Kinetics.rise(h, nodes.tauM[n], nodes.tauX[slowest]);
            at.tail[s] = response * nodes.inverseCapacitance[n] / SpikeBounds.EARLIER;
            at.tailU[s] = Kinetics.decay(h, nodes.tauM[n]) / SpikeBounds.EARLIER;
            at.anyFaster = true;
        }
        at.highestLow = Math.max(at.highestLow, at.low[s]);
        at.lowestHigh = Math.min(at.lowestHigh, at.high[s]);
        prepared[s] = true;
        factors.take(s, !saturating, prepared, size);
        at.alikePeak = at.peak[s];
        at.alikeChord = at.freeChord[s];
        at.alikeInverseC = at.inverseC[s];
        at.alikeInverseTau = at.freeInverseTau[s];
    }

    // ---- motion ----------------------------------------------------------------------------------------------------

    /**
     * Moves the places that an event reaches from the instant of the group on by a gap of whole ticks below {@link #SPAN};
     * those that it does not reach part from the group, at the instant of before.
     */
    void move(LaneRows pulses, long gap) {
        LineTable common = factors.common();
        int n = blocks();
        if (common != null) {
            kernel.moveAlike(at, pulses, common.membraneDecay(gap), common.lineDecay(gap), common.response(gap), n);
        } else {
            double[] membrane = factors.membrane(gap, n);
            if (saturating) {
                kernel.moveSaturating(at, pulses, membrane, factors.decay(), factors.response(), n);
            } else {
                kernel.moveEach(at, pulses, membrane, factors.decay(), factors.response(), n);
            }
        }
        long before = clock;
        clock += gap;
        for (int w = 0; w < apart.length; w++) {
            exact[w] &= ~(pulses.reached[w] & ~apart[w]);
            long left = (placesOf[FREE][w] | placesOf[HELD][w]) & ~pulses.reached[w] & ~apart[w];
            for (; left != 0; left &= left - 1) {
                part(w << 6 | Long.numberOfTrailingZeros(left), before);
            }
            for (long late = apart[w]; late != 0; late &= late - 1) {
                at.y[w << 6 | Long.numberOfTrailingZeros(late)] -= gap;
            }
        }
    }

    /** Moves one place by a time of its own. */
    void moveOne(int s, LaneRows pulses, long gap) {
        LineTable common = factors.common();
        double x;
        if (common != null) {
            double response = common.response(gap);
            double decay = common.lineDecay(gap);
            x = at.u[s] * common.membraneDecay(gap);
            for (int k = 0; k < LINES; k++) {
                x += at.c[k][s] * response;
                at.c[k][s] = at.c[k][s] * decay + pulses.column(k)[s];
            }
        } else {
            x = at.u[s] * factors.of(s, 0).membraneDecay(gap);
            for (int k = 0; k < LINES; k++) {
                LineTable t = factors.of(s, k);
                x += driving(s, k) * t.response(gap);
                double decayed = at.c[k][s] * t.lineDecay(gap);
                double pulse = pulses.column(k)[s];
                if (saturating) {
                    ScalarLaneKernel.saturate(at, k, s, decayed, pulse);
                } else {
                    at.c[k][s] = decayed + pulse;
                }
            }
        }
        at.u[s] = ScalarLaneKernel.clip(at, s, x);
    }

    /** Bounds one place anew, seen from its own instant. */
    void bound(int s) {
        ScalarLaneKernel.bound(at, s, driving(s, 0) + driving(s, 2), driving(s, 1) + driving(s, 3));
        at.y[s] += tick(s) - clock;
        setExact(s, false);
    }
}
