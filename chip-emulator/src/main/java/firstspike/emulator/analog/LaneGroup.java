package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * Nodes of one or two circuits that the same drivers reach, as columns over their places: state, constants, and factors by
 * time. All of them move together from event to event, and those that an event does not reach, or that came in at another
 * instant, keep a time of their own and are put right one by one. Arithmetic equals that of {@link Trajectory} bit for bit,
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
    private static final int FACTORS = 1 + 2 * LINES;
    private static final double HORIZON_TAUS = 2;

    final int number;
    final boolean saturating;
    int size;
    long clock;

    int[] node = new int[FIRST_CAPACITY];
    /** Lines of a place, -1 for none. */
    int[] line = new int[LINES * FIRST_CAPACITY];

    byte[] mode = new byte[FIRST_CAPACITY];
    /** Whether the constants of a place are those of its node. */
    boolean[] prepared = new boolean[FIRST_CAPACITY];
    /** Whether the threshold in force is known, not only the lowest possible. */
    boolean[] drawn = new boolean[FIRST_CAPACITY];
    /** Whether y is the instant of a crossing that was solved for. */
    boolean[] exact = new boolean[FIRST_CAPACITY];
    /** Instant of a place that is not that of the group. */
    long[] ownTick = new long[FIRST_CAPACITY];

    /** Places whose instant is their own, and places by mode. */
    long[] apart = new long[1];

    final long[][] placesOf = {new long[1], new long[1], new long[1], new long[1]};

    double[] u = new double[FIRST_CAPACITY];
    double[] uBefore = new double[FIRST_CAPACITY];
    final double[][] c = new double[LINES][FIRST_CAPACITY];
    final double[][] cBefore = new double[LINES][FIRST_CAPACITY];
    /** Signed currents with their compression. */
    final double[][] q;

    final double[][] factor = new double[LINES][FIRST_CAPACITY];
    /** Half-ticks after the clock before which nothing crosses. */
    double[] y = new double[FIRST_CAPACITY];

    double[] yBefore = new double[FIRST_CAPACITY];

    double[] theta = new double[FIRST_CAPACITY];
    double[] shift = new double[FIRST_CAPACITY];
    double[] gate = new double[FIRST_CAPACITY];
    double[] chord = new double[FIRST_CAPACITY];
    double[] inverseTau = new double[FIRST_CAPACITY];

    double[] low = new double[FIRST_CAPACITY];
    double[] high = new double[FIRST_CAPACITY];
    double[] peak = new double[FIRST_CAPACITY];
    double[] inverseC = new double[FIRST_CAPACITY];
    double[] excess = new double[FIRST_CAPACITY];
    double[] horizon = new double[FIRST_CAPACITY];
    double[] tail = new double[FIRST_CAPACITY];
    double[] tailU = new double[FIRST_CAPACITY];
    double[] freeChord = new double[FIRST_CAPACITY];
    double[] freeInverseTau = new double[FIRST_CAPACITY];
    double[] longestTau = new double[FIRST_CAPACITY];
    final double[][] limit = new double[LINES][FIRST_CAPACITY];
    final double[][] full = new double[LINES][FIRST_CAPACITY];
    final double[][] sign = new double[LINES][FIRST_CAPACITY];
    boolean anyFaster;

    LineTable[] table = new LineTable[LINES * FIRST_CAPACITY];
    /** The table of all lines, null if there are several. */
    LineTable common;
    /** Factors by part of a time, then kind: membrane, then decay and response of each line. Shared with copies. */
    double[][] factors;

    private boolean factorsShared;

    private double[] slack = new double[FIRST_CAPACITY];
    private double[] net = new double[FIRST_CAPACITY];
    private final double[][] scratch = new double[FACTORS][];
    /** Compressions in front of the last move of places with a time of their own. */
    private final double[][] factorBefore;

    /** What the present event adds. */
    LaneRows only;
    /** For ticks with several pulses. */
    LaneRows rows;

    LaneGroup(int number, boolean saturating) {
        this.number = number;
        this.saturating = saturating;
        q = saturating ? new double[LINES][FIRST_CAPACITY] : c;
        factorBefore = saturating ? new double[LINES][FIRST_CAPACITY] : new double[0][];
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
        blank(place);
        set(place, OUT);
        rows = null;
        return place;
    }

    /** A place without a prepared node never comes near a threshold. */
    private void blank(int s) {
        theta[s] = Double.POSITIVE_INFINITY;
        high[s] = Double.MAX_VALUE;
        low[s] = -Double.MAX_VALUE;
        horizon[s] = Double.POSITIVE_INFINITY;
        y[s] = Double.POSITIVE_INFINITY;
        for (int k = 0; k < LINES; k++) {
            limit[k][s] = Double.POSITIVE_INFINITY;
            full[k][s] = 1;
        }
    }

    private void grow(int capacity) {
        node = Arrays.copyOf(node, capacity);
        line = Arrays.copyOf(line, LINES * capacity);
        table = Arrays.copyOf(table, LINES * capacity);
        mode = Arrays.copyOf(mode, capacity);
        prepared = Arrays.copyOf(prepared, capacity);
        drawn = Arrays.copyOf(drawn, capacity);
        exact = Arrays.copyOf(exact, capacity);
        ownTick = Arrays.copyOf(ownTick, capacity);
        apart = Arrays.copyOf(apart, capacity + 63 >> 6);
        for (int m = 0; m < placesOf.length; m++) {
            placesOf[m] = Arrays.copyOf(placesOf[m], capacity + 63 >> 6);
        }
        u = Arrays.copyOf(u, capacity);
        uBefore = new double[capacity];
        y = Arrays.copyOf(y, capacity);
        yBefore = new double[capacity];
        theta = Arrays.copyOf(theta, capacity);
        shift = Arrays.copyOf(shift, capacity);
        gate = Arrays.copyOf(gate, capacity);
        chord = Arrays.copyOf(chord, capacity);
        inverseTau = Arrays.copyOf(inverseTau, capacity);
        low = Arrays.copyOf(low, capacity);
        high = Arrays.copyOf(high, capacity);
        peak = Arrays.copyOf(peak, capacity);
        inverseC = Arrays.copyOf(inverseC, capacity);
        excess = Arrays.copyOf(excess, capacity);
        horizon = Arrays.copyOf(horizon, capacity);
        tail = Arrays.copyOf(tail, capacity);
        tailU = Arrays.copyOf(tailU, capacity);
        freeChord = Arrays.copyOf(freeChord, capacity);
        freeInverseTau = Arrays.copyOf(freeInverseTau, capacity);
        longestTau = Arrays.copyOf(longestTau, capacity);
        slack = new double[capacity];
        net = new double[capacity];
        Arrays.fill(scratch, null);
        growLines(c, capacity);
        growLines(cBefore, capacity);
        growLines(factor, capacity);
        growLines(limit, capacity);
        growLines(full, capacity);
        growLines(sign, capacity);
        if (saturating) {
            growLines(q, capacity);
            growLines(factorBefore, capacity);
        }
        if (factors != null) {
            growLines(factors, capacity);
        }
    }

    private static void growLines(double[][] columns, int capacity) {
        for (int k = 0; k < columns.length; k++) {
            columns[k] = Arrays.copyOf(columns[k], capacity);
        }
    }

    /** The same places with the same constants, all out, for another thread. */
    LaneGroup copy() {
        LaneGroup other = new LaneGroup(number, saturating);
        if (capacity() > FIRST_CAPACITY) {
            other.grow(capacity());
        }
        other.size = size;
        System.arraycopy(node, 0, other.node, 0, size);
        System.arraycopy(line, 0, other.line, 0, LINES * size);
        System.arraycopy(table, 0, other.table, 0, LINES * size);
        System.arraycopy(prepared, 0, other.prepared, 0, size);
        double[][] from = {
            low, high, peak, inverseC, excess, horizon, tail, tailU, freeChord, freeInverseTau, longestTau
        };
        double[][] to = {
            other.low,
            other.high,
            other.peak,
            other.inverseC,
            other.excess,
            other.horizon,
            other.tail,
            other.tailU,
            other.freeChord,
            other.freeInverseTau,
            other.longestTau
        };
        for (int k = 0; k < from.length; k++) {
            System.arraycopy(from[k], 0, to[k], 0, size);
        }
        for (int k = 0; k < LINES; k++) {
            System.arraycopy(limit[k], 0, other.limit[k], 0, size);
            System.arraycopy(full[k], 0, other.full[k], 0, size);
            System.arraycopy(sign[k], 0, other.sign[k], 0, size);
        }
        other.anyFaster = anyFaster;
        other.common = common;
        other.factors = factors;
        factorsShared = factors != null;
        other.factorsShared = factorsShared;
        for (int s = 0; s < size; s++) {
            other.theta[s] = Double.POSITIVE_INFINITY;
            other.y[s] = Double.POSITIVE_INFINITY;
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
            y[s] = Double.POSITIVE_INFINITY;
            theta[s] = newMode == OUT ? Double.POSITIVE_INFINITY : theta[s];
        }
    }

    boolean isApart(int s) {
        return (apart[s >> 6] >>> s & 1) != 0;
    }

    long tick(int s) {
        return isApart(s) ? ownTick[s] : clock;
    }

    void setTick(int s, long tick) {
        if (tick == clock) {
            apart[s >> 6] &= ~(1L << s);
        } else {
            apart[s >> 6] |= 1L << s;
            ownTick[s] = tick;
        }
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

    /** A place has no currents and stands at its resting potential, from the instant of the group on. */
    void clear(int s) {
        u[s] = 0;
        for (int k = 0; k < LINES; k++) {
            c[k][s] = 0;
            q[k][s] = 0;
        }
    }

    /** The current of a line of a place, without sign. */
    double current(int s, int k) {
        return Math.abs(c[k][s]);
    }

    /** Whether a place's signed current of a line gets this increment with a sign. */
    double signed(int k, double ampere) {
        return saturating || (k & 1) == 0 ? ampere : -ampere;
    }

    /** Sets the state of a line of a place. */
    void setLine(int s, int k, double current, double ofFactor) {
        c[k][s] = signed(k, current);
        factor[k][s] = ofFactor;
        if (saturating) {
            q[k][s] = ofFactor * current;
        }
    }

    // ---- constants -------------------------------------------------------------------------------------------------

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
            sign[k][s] = 0;
            limit[k][s] = Double.POSITIVE_INFINITY;
            full[k][s] = 1;
            table[LINES * s + k] = trajectory.table(n, nodes.liveLine[from]);
        }
        int slowest = -1;
        int fastest = -1;
        double longest = nodes.tauM[n];
        for (int i = from; i < from + count; i++) {
            int l = nodes.liveLine[i];
            int k = (l >> 1 == first || last == first ? 0 : 2) + (l & 1);
            line[LINES * s + k] = l;
            table[LINES * s + k] = trajectory.table(n, l);
            sign[k][s] = (l & 1) == 0 ? 1 : -1;
            limit[k][s] = circuits.lineLimit[l];
            full[k][s] = circuits.fullScale[l];
            longest = Math.max(longest, nodes.tauX[l]);
            if ((l & 1) == 0) {
                slowest = slowest < 0 || nodes.tauX[l] > nodes.tauX[slowest] ? l : slowest;
            } else {
                fastest = fastest < 0 || nodes.tauX[l] < nodes.tauX[fastest] ? l : fastest;
            }
        }
        low[s] = railLow - nodes.rest[n];
        high[s] = railHigh - nodes.rest[n];
        inverseC[s] = nodes.inverseCapacitance[n];
        freeInverseTau[s] = nodes.inverseTauM[n];
        longestTau[s] = longest;
        boolean faster = slowest >= 0 && fastest >= 0 && nodes.tauX[fastest] < nodes.tauX[slowest];
        int reference = slowest < 0 || faster ? fastest : slowest;
        peak[s] = nodes.peak[reference];
        freeChord[s] = nodes.chord[reference];
        excess[s] = 1;
        horizon[s] = Double.POSITIVE_INFINITY;
        tail[s] = 0;
        tailU[s] = 0;
        if (faster) {
            double h = HORIZON_TAUS * Math.max(nodes.tauX[slowest], nodes.tauM[n]);
            excess[s] = StrictMath.exp(h * (1 / nodes.tauX[fastest] - 1 / nodes.tauX[slowest])) / SpikeBounds.EARLIER;
            horizon[s] = h * SpikeBounds.EARLIER / Kinetics.HALF_TICK_S;
            // the response falls from there on: it is at its largest at the longest time constant at the latest
            double response = Kinetics.rise(h, nodes.tauM[n], nodes.tauX[slowest]);
            tail[s] = response * nodes.inverseCapacitance[n] / SpikeBounds.EARLIER;
            tailU[s] = Kinetics.decay(h, nodes.tauM[n]) / SpikeBounds.EARLIER;
            anyFaster = true;
        }
        prepared[s] = true;
        tabulate(s);
    }

    private void tabulate(int s) {
        LineTable one = table[LINES * s];
        boolean same = one == table[LINES * s + 1] && one == table[LINES * s + 2] && one == table[LINES * s + 3];
        if (factors == null && same && (common == null || common == one)) {
            common = one;
            return;
        }
        boolean first = factors == null;
        if (first || factorsShared) {
            double[][] own = new double[2 * LineTable.PART * FACTORS][];
            for (int i = 0; i < own.length; i++) {
                own[i] = first ? new double[capacity()] : factors[i].clone();
            }
            factors = own;
            factorsShared = false;
            common = null;
        }
        for (int i = first ? 0 : s; i < (first ? size : s + 1); i++) {
            if (prepared[i]) {
                tabulateAlone(i);
            }
        }
    }

    private void tabulateAlone(int s) {
        for (int part = 0; part < 2 * LineTable.PART; part++) {
            factors[part * FACTORS][s] = table[LINES * s].membraneDecay[part];
            for (int k = 0; k < LINES; k++) {
                factors[part * FACTORS + 1 + k][s] = table[LINES * s + k].lineDecay[part];
                factors[part * FACTORS + 1 + LINES + k][s] = table[LINES * s + k].response[part];
            }
        }
    }

    // ---- motion ----------------------------------------------------------------------------------------------------

    /** Moves all places from the instant of the group on by a gap of whole ticks below {@link #SPAN}. */
    void move(LaneRows pulses, long gap) {
        swap();
        if (common != null) {
            double d = common.lineDecay(gap);
            LaneKernel.potentials(
                    u, uBefore, common.membraneDecay(gap), common.response(gap), before(), low, high, gate, size);
            for (int k = 0; k < LINES; k++) {
                LaneKernel.currents(c[k], cBefore[k], d, pulses.increment[k], size);
            }
        } else {
            moveEach(pulses, gap);
        }
        clock += gap;
        if (saturating) {
            for (int k = 0; k < LINES; k++) {
                if (pulses.increment[k] != null) {
                    LaneKernel.saturate(c[k], pulses.increment[k], limit[k], full[k], sign[k], factor[k], size);
                }
                LaneKernel.product(q[k], c[k], factor[k], size);
            }
        }
        LaneKernel.slack(slack, net, u, q, excess, peak, chord, theta, size);
        LaneKernel.times(y, u, net, slack, inverseC, inverseTau, theta, shift, size);
        if (anyFaster) {
            LaneKernel.tails(y, u, q, horizon, tail, tailU, theta, size);
        }
    }

    // without saturation the currents of before are the signed ones; with it those are still in q
    private double[][] before() {
        return saturating ? q : cBefore;
    }

    private void swap() {
        double[] column = u;
        u = uBefore;
        uBefore = column;
        column = y;
        y = yBefore;
        yBefore = column;
        for (int k = 0; k < LINES; k++) {
            column = c[k];
            c[k] = cBefore[k];
            cBefore[k] = column;
        }
    }

    private void moveEach(LaneRows pulses, long gap) {
        int fine = LineTable.fine(gap) * FACTORS;
        int coarse = (LineTable.PART + LineTable.coarse(gap)) * FACTORS;
        double[] m;
        double[][] r = new double[LINES][];
        double[][] d = new double[LINES][];
        if (LineTable.coarse(gap) == 0) {
            m = factors[fine];
            for (int k = 0; k < LINES; k++) {
                d[k] = factors[fine + 1 + k];
                r[k] = factors[fine + 1 + LINES + k];
            }
        } else {
            if (scratch[0] == null) {
                for (int i = 0; i < FACTORS; i++) {
                    scratch[i] = new double[capacity()];
                }
            }
            m = scratch[0];
            LaneKernel.product(m, factors[coarse], factors[fine], size);
            for (int k = 0; k < LINES; k++) {
                d[k] = scratch[1 + k];
                r[k] = scratch[1 + LINES + k];
                LaneKernel.product(d[k], factors[coarse + 1 + k], factors[fine + 1 + k], size);
                LaneKernel.response(
                        r[k],
                        factors[coarse + 1 + LINES + k],
                        factors[fine],
                        factors[coarse + 1 + k],
                        factors[fine + 1 + LINES + k],
                        size);
            }
        }
        LaneKernel.potentials(u, uBefore, m, r, before(), low, high, gate, size);
        for (int k = 0; k < LINES; k++) {
            LaneKernel.currents(c[k], cBefore[k], d[k], pulses.increment[k], size);
        }
    }

    /** Keeps what a move spoils of a place with a time of its own. */
    void keep(int s) {
        for (int k = 0; k < factorBefore.length; k++) {
            factorBefore[k][s] = factor[k][s];
        }
    }

    /** Takes a place back to where it was in front of the last {@link #move}, by a gap; it was kept if a pulse reached it. */
    void moveBack(int s, long gap, boolean kept) {
        u[s] = uBefore[s];
        y[s] = yBefore[s] - gap;
        for (int k = 0; k < LINES; k++) {
            c[k][s] = cBefore[k][s];
            if (saturating) {
                factor[k][s] = kept ? factorBefore[k][s] : factor[k][s];
                q[k][s] = factor[k][s] * c[k][s];
            }
        }
    }

    /** Moves one place by a time of its own; its state is that of the group's columns. */
    void moveOne(int s, LaneRows pulses, long gap) {
        double x = u[s] * table[LINES * s].membraneDecay(gap);
        for (int k = 0; k < LINES; k++) {
            LineTable t = table[LINES * s + k];
            x += q[k][s] * t.response(gap);
            double[] column = pulses.increment[k];
            double increment = column == null ? 0 : column[s];
            c[k][s] = c[k][s] * t.lineDecay(gap) + increment;
            if (saturating) {
                if (increment != 0) {
                    c[k][s] = Math.min(c[k][s], limit[k][s]);
                    factor[k][s] = sign[k][s] * CompressionLaw.g(c[k][s] / full[k][s]);
                }
                q[k][s] = factor[k][s] * c[k][s];
            }
        }
        u[s] = Math.max(low[s], Math.min(high[s], x)) * gate[s];
        exact[s] = false;
    }

    /** Bounds one place anew, seen from its own instant. */
    void bound(int s) {
        double e = q[0][s] + q[2][s];
        double lifting = Math.max(e * excess[s] + (q[1][s] + q[3][s]), 0.0);
        double up = Math.max(u[s], 0.0);
        double missing = Math.max(theta[s] - u[s], 0.0);
        double time = Double.POSITIVE_INFINITY;
        if (missing == 0 || lifting * peak[s] + up * chord[s] >= theta[s]) {
            double slope = Math.max(lifting * inverseC[s] - u[s] * inverseTau[s], 1e-300);
            time = Math.max(missing / slope + shift[s], 0.0) * (SpikeBounds.EARLIER / Kinetics.HALF_TICK_S);
        }
        if (e * tail[s] + up * tailU[s] >= theta[s]) {
            time = Math.min(time, horizon[s]);
        }
        y[s] = time + (tick(s) - clock);
        exact[s] = false;
    }
}
