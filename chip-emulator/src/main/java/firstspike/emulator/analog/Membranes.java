package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * Moves the membranes of all nodes from instant to instant: exact advance, prediction of crossings, spikes and reset phases
 * (analog.md 7, 9, 11, 13). A node is advanced only when something reaches it. Mutable; owned by one thread.
 *
 * <p>Prediction is in three steps, each taken only when the one before cannot exclude a spike: an upper bound of the
 * membrane, a lower bound of the crossing time, the solution itself. The second puts the node in the queue; the third runs
 * when the clock comes to that time, which most events make unnecessary by coming earlier.
 */
final class Membranes {
    /** Ampere per unit of the integers in which the pulses of one tick add up, so that their order cannot matter. */
    static final double PULSE_UNIT_A = 0x1.0p-74;

    private static final int N = Nodes.N;
    private static final long FAST_HALF_TICKS = 2L * LineTable.TICKS;
    private static final double IMPOSSIBLE = -1;
    /** Lower bounds of a time are shortened by this much, more than their rounding error. */
    private static final double EARLIER = 1 - 1e-9;

    private static final double FARTHEST_HALF_TICKS = 1e15;
    private static final double PAIR_HORIZON_TAUS = 4;
    private static final byte NO_PAIR = 0;
    private static final byte EQUAL_TAUS = 1;
    private static final byte SLOWER_INHIBITION = 2;
    private static final byte FASTER_INHIBITION = 3;

    final Nodes nodes;
    final CandidateQueue queue;
    final FiringList firings;
    final long[] pending = new long[2 * N];

    private final ChipModel model;
    private final CircuitParameters circuits;
    private final ThresholdNoise noise;
    private final LineTables tables;
    private final boolean saturating;
    private final double railLow;
    private final double railHigh;
    private final CrossingSolver solver;
    private NodeTopology topology;
    private long spikes;

    // what the hot loop knows of a node beyond its state: the one circuit whose two lines are live, and bounds for them
    private final boolean[] fast = new boolean[N];
    private final byte[] pairKind = new byte[N];
    private final int[] pairLine = new int[N];
    private final double[] pairExcess = new double[N];
    private final double[] pairTail = new double[N];
    private final double[] pairTailU = new double[N];
    private final double[] pairHorizon = new double[N];
    private final boolean[] equalTaus = new boolean[N];
    private final int[] soleComparator = new int[N];
    // what the constants of a line were computed for
    private final double[] lineTauM = new double[2 * N];
    private final double[] lineCapacitance = new double[2 * N];

    Membranes(ChipModel model, CircuitParameters circuits, TrialClock clock, LineTables tables) {
        this(model, circuits, clock, tables, new Nodes(), new CandidateQueue(N), new FiringList());
    }

    private Membranes(
            ChipModel model,
            CircuitParameters circuits,
            TrialClock clock,
            LineTables tables,
            Nodes nodes,
            CandidateQueue queue,
            FiringList firings) {
        this.model = model;
        this.circuits = circuits;
        this.noise = new ThresholdNoise(model, clock);
        this.tables = tables;
        this.nodes = nodes;
        this.queue = queue;
        this.firings = firings;
        this.saturating = model.fidelity().varied();
        this.railLow = model.laws().railLowV();
        this.railHigh = model.laws().railHighV();
        this.solver = new CrossingSolver(model.defaults().rest().horizonTau(), 2 * N);
    }

    Membranes copy(CircuitParameters otherCircuits, TrialClock otherClock) {
        Membranes other = new Membranes(
                model, otherCircuits, otherClock, tables, nodes.copy(), queue.copy(), firings.copy());
        other.topology = topology;
        other.spikes = spikes;
        System.arraycopy(pairKind, 0, other.pairKind, 0, N);
        System.arraycopy(pairLine, 0, other.pairLine, 0, N);
        System.arraycopy(pairExcess, 0, other.pairExcess, 0, N);
        System.arraycopy(pairTail, 0, other.pairTail, 0, N);
        System.arraycopy(pairTailU, 0, other.pairTailU, 0, N);
        System.arraycopy(pairHorizon, 0, other.pairHorizon, 0, N);
        System.arraycopy(equalTaus, 0, other.equalTaus, 0, N);
        System.arraycopy(soleComparator, 0, other.soleComparator, 0, N);
        System.arraycopy(lineTauM, 0, other.lineTauM, 0, 2 * N);
        System.arraycopy(lineCapacitance, 0, other.lineCapacitance, 0, 2 * N);
        Arrays.fill(other.nodes.firstTouch, Long.MAX_VALUE);
        return other;
    }

    /** Takes over the state of the nodes that another array, a copy of this one, touched. */
    void adopt(Membranes other) {
        for (int n = 0; n < N; n++) {
            if (other.nodes.firstTouch[n] == Long.MAX_VALUE) {
                continue;
            }
            fast[n] = false;
            nodes.copyState(other.nodes, n);
            int from = 2 * topology.first[n];
            for (int i = 0; i < topology.count[n]; i++) {
                int c = topology.members[topology.first[n] + i];
                nodes.copyLine(other.nodes, 2 * c);
                nodes.copyLine(other.nodes, 2 * c + 1);
            }
            System.arraycopy(other.nodes.liveLine, from, nodes.liveLine, from, 2 * topology.count[n]);
            nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], other.nodes.firstTouch[n]);
            queue.set(n, other.queue.due(n));
            preparePair(n);
        }
        firings.clear();
        firings.addAll(other.firings);
        spikes += other.spikes;
    }

    /** Puts every node to rest at h, as a window that begins between two stimuli finds it. */
    void restAll(long h) {
        firings.clear();
        for (int n = 0; n < N; n++) {
            if (topology.count[n] > 0) {
                fast[n] = false;
                toRest(n, h);
            }
        }
    }

    // ---- structure -------------------------------------------------------------------------------------------------

    /** Takes over another grouping of circuits; the nodes that changed are rebuilt by the caller afterwards. */
    void setTopology(NodeTopology newTopology) {
        topology = newTopology;
    }

    NodeTopology topology() {
        return topology;
    }

    /** Lists the live lines of a node anew, after the grouping changed. */
    void list(int n) {
        int live = 0;
        for (int i = 0; i < topology.count[n]; i++) {
            int c = topology.members[topology.first[n] + i];
            for (int l = 2 * c; l < 2 * c + 2; l++) {
                if (nodes.live[l]) {
                    nodes.liveLine[2 * topology.first[n] + live++] = l;
                }
            }
        }
        nodes.liveCount[n] = live;
        preparePair(n);
    }

    /** Puts a node that is rebuilt next at a potential in volt. */
    void charge(int n, double volt) {
        nodes.rest[n] = 0;
        nodes.u[n] = volt;
    }

    /** Computes the constants of a node anew from its circuits, at h, where it was settled before; keeps its potential. */
    void rebuild(int n, long h) {
        double volt = nodes.u[n] + nodes.rest[n];
        double c = 0;
        double g = 0;
        double gv = 0;
        double offset = 0;
        double longest = 0;
        double lowest = Double.POSITIVE_INFINITY;
        int comparators = 0;
        for (int i = 0; i < topology.count[n]; i++) {
            int k = topology.members[topology.first[n] + i];
            c += circuits.capacitance[k];
            g += circuits.leakConductance[k];
            gv += circuits.leakConductance[k] * circuits.leakVolt[k];
            offset += circuits.offsetAmpere[k];
            longest = Math.max(longest, Math.max(circuits.tau[2 * k], circuits.tau[2 * k + 1]));
            if (circuits.firing[k]) {
                lowest = Math.min(lowest, circuits.thresholdVolt[k]);
                soleComparator[n] = k;
                comparators++;
            }
        }
        if (comparators != 1) {
            soleComparator[n] = -1;
        }
        double tauM = c / g;
        longest = Math.max(longest, tauM);
        nodes.capacitance[n] = c;
        nodes.inverseCapacitance[n] = 1 / c;
        nodes.tauM[n] = tauM;
        nodes.inverseTauM[n] = 1 / tauM;
        nodes.rest[n] = gv / g + offset / g;
        nodes.u[n] = volt - nodes.rest[n];
        nodes.fires[n] = comparators > 0;
        nodes.thresholdBase[n] = lowest;
        nodes.restSpan[n] = model.defaults().rest().tauMultiple() * longest / Kinetics.HALF_TICK_S;
        nodes.stimulusGap[n] = (long)
                Math.min(model.defaults().noise().stimulusGapHalfTicks(), Math.ceil(nodes.restSpan[n]));
        for (int i = 0; i < topology.count[n]; i++) {
            int k = topology.members[topology.first[n] + i];
            rebuildLine(2 * k, tauM, c, 1);
            rebuildLine(2 * k + 1, tauM, c, -1);
        }
        preparePair(n);
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], h);
        redraw(n, nodes.thresholdInstant[n]);
        evaluateAnyPhase(n);
    }

    private void rebuildLine(int l, double tauM, double c, int sign) {
        nodes.factor[l] = circuits.connected[l] ? sign * nodes.compression[l] : 0;
        double tau = circuits.tau[l];
        if (nodes.tauX[l] == tau && lineTauM[l] == tauM && lineCapacitance[l] == c) {
            return;
        }
        double peak = Kinetics.peak(tauM, tau);
        nodes.tauX[l] = tau;
        lineTauM[l] = tauM;
        lineCapacitance[l] = c;
        nodes.peak[l] = peak / c;
        nodes.chord[l] = 1 - peak / tauM;
        nodes.table[l] = null;
    }

    private void preparePair(int n) {
        fast[n] = false;
        pairKind[n] = NO_PAIR;
        int from = 2 * topology.first[n];
        int count = nodes.liveCount[n];
        equalTaus[n] = true;
        for (int i = 1; i < count; i++) {
            equalTaus[n] &= nodes.tauX[nodes.liveLine[from + i]] == nodes.tauX[nodes.liveLine[from]];
        }
        if (count == 0 || count > 2 || nodes.liveLine[from] >> 1 != nodes.liveLine[from + count - 1] >> 1) {
            return;
        }
        int a = nodes.liveLine[from] & ~1;
        double te = nodes.tauX[a];
        double ti = nodes.tauX[a + 1];
        pairLine[n] = a;
        if (te == ti) {
            pairKind[n] = EQUAL_TAUS;
        } else if (ti > te) {
            pairKind[n] = SLOWER_INHIBITION;
        } else {
            pairKind[n] = FASTER_INHIBITION;
            double horizon = PAIR_HORIZON_TAUS * Math.max(te, nodes.tauM[n]);
            pairHorizon[n] = horizon;
            pairExcess[n] = StrictMath.exp(horizon * (1 / ti - 1 / te));
            pairTail[n] = Kinetics.rise(horizon, nodes.tauM[n], te) * nodes.inverseCapacitance[n];
            pairTailU[n] = Kinetics.decay(horizon, nodes.tauM[n]);
        }
    }

    /** Makes a line take part in its node's membrane; before its first event it need not. */
    void activate(int l) {
        int n = topology.nodeOf[l >> 1];
        int from = 2 * topology.first[n];
        int at = from + nodes.liveCount[n]++;
        while (at > from && nodes.liveLine[at - 1] > l) {
            nodes.liveLine[at] = nodes.liveLine[at - 1];
            at--;
        }
        nodes.liveLine[at] = l;
        nodes.live[l] = true;
        preparePair(n);
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    /** The pulses of half-tick h are added up in {@link #pending}: moves the nodes that they reached. */
    void events(int[] touched, int count, long h) {
        Nodes s = nodes;
        double[] u = s.u;
        double[] current = s.current;
        double[] factor = s.factor;
        long[] sums = pending;
        for (int i = 0; i < count; i++) {
            int n = touched[i];
            long gap = h - s.currentTick[n];
            if (gap >= FAST_HALF_TICKS || (gap & 1) != 0 || queue.due(n) <= h + 1) {
                slowEvent(n, h);
                continue;
            }
            if (!fast[n]) {
                if (s.phase[n] == Nodes.CLAMPED && h < s.clampEnd[n] && h - s.lastEvent[n] < s.stimulusGap[n]) {
                    clampedEvent(n, h);
                } else {
                    slowEvent(n, h);
                }
                continue;
            }
            int a = pairLine[n];
            int b = a + 1;
            int at = (int) (gap >> 1) * LineTable.STRIDE;
            LineTable tableA = s.table[a];
            LineTable tableB = s.table[b];
            double decay = tableA.membraneDecay(at);
            double[] va = tableA.values;
            double[] vb = tableB.values;
            if (tableB != tableA) {
                tableB.membraneDecay(at);
            }
            double x = u[n] * decay + factor[a] * current[a] * va[at + 2] + factor[b] * current[b] * vb[at + 2];
            double volt = x + s.rest[n];
            if (volt < railLow || volt > railHigh) {
                x = clip(volt) - s.rest[n];
            }
            current[a] *= va[at + 1];
            current[b] *= vb[at + 1];
            if (sums[a] != 0) {
                add(a);
            }
            if (sums[b] != 0) {
                add(b);
            }
            u[n] = x;
            s.currentTick[n] = h;
            s.potentialTick[n] = h;
            s.lastEvent[n] = h;
            s.disturbed[n] = h;
            double earliest = earliestPair(n, x, s.theta[n]);
            if (earliest == IMPOSSIBLE) {
                queue.set(n, CandidateQueue.NEVER);
            } else if (s.thresholdDrawn[n] && earliest > 0) {
                schedule(n, earliest);
            } else {
                evaluate(n);
            }
        }
    }

    private void slowEvent(int n, long h) {
        nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], h);
        settle(n, h);
        if (noise.on() && h - nodes.lastEvent[n] >= nodes.stimulusGap[n]) {
            redraw(n, h);
        }
        nodes.lastEvent[n] = h;
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], h);
        addPending(n);
        evaluateAnyPhase(n);
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            table(n, nodes.liveLine[i]);
        }
        if (nodes.phase[n] == Nodes.FREE && pairKind[n] != NO_PAIR && nodes.stimulusGap[n] >= FAST_HALF_TICKS) {
            table(n, pairLine[n]);
            table(n, pairLine[n] + 1);
            fast[n] = nodes.potentialTick[n] == h && nodes.potentialFraction[n] == 0;
        }
    }

    /** An event while the potential is held: only currents move. */
    private void clampedEvent(int n, long h) {
        nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], h);
        moveCurrents(n, h);
        nodes.lastEvent[n] = h;
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], h);
        addPending(n);
        evaluateRefractory(n);
    }

    private void addPending(int n) {
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            if (pending[l] != 0) {
                add(l);
            }
        }
    }

    private void add(int l) {
        double i = nodes.current[l] + pending[l] * PULSE_UNIT_A;
        pending[l] = 0;
        if (saturating) {
            i = Math.min(i, circuits.lineLimit[l]);
            double g = i > 0 ? CompressionLaw.g(i / circuits.fullScale[l]) : 1;
            nodes.compression[l] = g;
            if (circuits.connected[l]) {
                nodes.factor[l] = (l & 1) == 0 ? g : -g;
            }
        }
        nodes.current[l] = i;
    }

    private LineTable table(int n, int l) {
        LineTable table = nodes.table[l];
        if (table == null) {
            table = tables.of(nodes.tauM[n], nodes.tauX[l], nodes.inverseCapacitance[n]);
            nodes.table[l] = table;
        }
        return table;
    }

    private double clip(double volt) {
        return Math.max(railLow, Math.min(railHigh, volt));
    }

    // ---- bounds ----------------------------------------------------------------------------------------------------

    /** A lower bound of the crossing time in seconds, 0 at or above theta, {@link #IMPOSSIBLE} where there is none. */
    private double earliestPair(int n, double x, double theta) {
        if (x >= theta) {
            return 0;
        }
        if (theta <= 0) {
            return earliestGeneral(n, theta);
        }
        int a = pairLine[n];
        double up = x > 0 ? x : 0;
        double excitation = nodes.factor[a] * nodes.current[a];
        double reach = nodes.peak[a];
        double lift = up * nodes.chord[a];
        if (excitation * reach + lift < theta) {
            return IMPOSSIBLE;
        }
        double inhibition = nodes.factor[a + 1] * nodes.current[a + 1];
        if (pairKind[n] != FASTER_INHIBITION) {
            // a slower inhibition holds down at least as much as one of equal speed
            double net = excitation + inhibition;
            double slope = net * nodes.inverseCapacitance[n] - x * nodes.inverseTauM[n];
            if (net <= 0 || net * reach + lift < theta || slope <= 0) {
                return IMPOSSIBLE;
            }
            return (theta - x) / slope * EARLIER;
        }
        double net = excitation * pairExcess[n] + inhibition;
        boolean near = net > 0 && net * nodes.peak[a + 1] + up * nodes.chord[a + 1] >= theta;
        if (!near && excitation * pairTail[n] + up * pairTailU[n] < theta) {
            return IMPOSSIBLE;
        }
        double slope = (net > 0 ? net : 0) * nodes.inverseCapacitance[n] - x * nodes.inverseTauM[n];
        double horizon = pairHorizon[n];
        return slope > 0 ? Math.min(horizon, (theta - x) / slope * EARLIER) : horizon;
    }

    private double earliestGeneral(int n, double theta) {
        double x = nodes.u[n];
        if (x >= theta) {
            return 0;
        }
        double s0 = currentAge(n);
        double net = 0;
        double excitation = 0;
        double reach = 0;
        double largestPeak = 0;
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l];
            if (q == 0) {
                continue;
            }
            if (s0 > 0) {
                q *= Kinetics.decay(s0, nodes.tauX[l]);
            }
            net += q;
            largestPeak = Math.max(largestPeak, nodes.peak[l]);
            if (q > 0) {
                excitation += q;
                reach += q * nodes.peak[l];
            }
        }
        if (equalTaus[n]) {
            excitation = Math.max(net, 0);
            reach = excitation * largestPeak;
        }
        if (Math.max(x, 0) + reach < theta) {
            return IMPOSSIBLE;
        }
        double slope = excitation * nodes.inverseCapacitance[n] - x * nodes.inverseTauM[n];
        return slope > 0 ? (theta - x) / slope * EARLIER : IMPOSSIBLE;
    }

    private double earliest(int n) {
        boolean aligned = nodes.potentialFraction[n] == 0 && nodes.potentialTick[n] == nodes.currentTick[n];
        return aligned && pairKind[n] != NO_PAIR
                ? earliestPair(n, nodes.u[n], nodes.theta[n])
                : earliestGeneral(n, nodes.theta[n]);
    }

    /** Predicts for a node that is free to fire, from its present state. */
    private void evaluate(int n) {
        if (!nodes.fires[n]) {
            queue.set(n, CandidateQueue.NEVER);
            return;
        }
        double earliest = earliest(n);
        if (earliest != IMPOSSIBLE && !nodes.thresholdDrawn[n]) {
            draw(n);
            earliest = earliest(n);
        }
        if (earliest == IMPOSSIBLE) {
            queue.set(n, CandidateQueue.NEVER);
        } else if (earliest == 0) {
            load(n);
            predict(n, 0, solver.slope(0));
        } else {
            schedule(n, earliest);
        }
    }

    private void schedule(int n, double earliest) {
        double s = noise.on() ? Math.max(0, earliest + noise.earliestShift(nodes.jitter[n])) : earliest;
        double halfTicks = nodes.potentialFraction[n] + s / Kinetics.HALF_TICK_S;
        nodes.exact[n] = false;
        queue.set(n, nodes.potentialTick[n] + (long) Math.min(halfTicks, FARTHEST_HALF_TICKS) + 1);
    }

    /** Whether a node can fire when its refractory period ends: then that end is an instant to stop at. */
    private void evaluateRefractory(int n) {
        double remaining =
                nodes.phase[n] == Nodes.CLAMPED ? (nodes.clampEnd[n] - nodes.currentTick[n]) * Kinetics.HALF_TICK_S : 0;
        double start = nodes.u[n];
        if (nodes.phase[n] == Nodes.CLAMPED && nodes.clampTau[n] > 0) {
            start = Math.max(start, nodes.clampVolt[n] - nodes.rest[n]);
        }
        double missing = nodes.thresholdBase[n] - noise.reach() - nodes.rest[n] - Math.max(start, 0);
        boolean possible = missing <= refractoryReach(n, 0) && missing <= refractoryReach(n, Math.max(remaining, 0));
        nodes.exact[n] = false;
        queue.set(n, possible ? nodes.refractoryEnd[n] + 1 : CandidateQueue.NEVER);
    }

    /** An upper bound of what the currents can lift the membrane, in volt, after they decayed for some seconds. */
    private double refractoryReach(int n, double seconds) {
        double net = 0;
        double excitation = 0;
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l] * nodes.peak[l];
            if (seconds > 0) {
                // 1/(1 + y + y²/2) is above e^-y and costs no exponential
                double y = seconds / nodes.tauX[l];
                q /= 1 + y + y * y / 2;
            }
            net += q;
            excitation += q > 0 ? q : 0;
        }
        return equalTaus[n] ? Math.max(net, 0) : excitation;
    }

    private void evaluateAnyPhase(int n) {
        if (nodes.phase[n] == Nodes.FREE) {
            evaluate(n);
        } else {
            evaluateRefractory(n);
        }
    }

    /** Predicts for every node from its present state. */
    void predictAll() {
        for (int n = 0; n < N; n++) {
            if (topology.count[n] > 0) {
                evaluateAnyPhase(n);
            }
        }
    }

    // ---- thresholds ------------------------------------------------------------------------------------------------

    /** A new threshold is in force from an instant; it is drawn when it matters, until then its lower bound stands. */
    void redraw(int n, long instant) {
        nodes.thresholdInstant[n] = instant;
        nodes.thresholdDrawn[n] = !noise.on();
        nodes.theta[n] = nodes.thresholdBase[n] - noise.reach() - nodes.rest[n];
    }

    private void draw(int n) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < topology.count[n]; i++) {
            int c = topology.members[topology.first[n] + i];
            if (circuits.firing[c]) {
                double volt = circuits.thresholdVolt[c] + noise.draw(c, nodes.thresholdInstant[n]);
                if (volt < lowest) {
                    lowest = volt;
                    nodes.jitter[n] = noise.jitterNormal();
                }
            }
        }
        nodes.theta[n] = lowest - nodes.rest[n];
        nodes.thresholdDrawn[n] = true;
    }

    // ---- the solution ----------------------------------------------------------------------------------------------

    private double currentAge(int n) {
        return seconds(nodes.potentialTick[n], nodes.potentialFraction[n], nodes.currentTick[n], 0);
    }

    private static double seconds(long toTick, double toFraction, long fromTick, double fromFraction) {
        return ((toTick - fromTick) + (toFraction - fromFraction)) * Kinetics.HALF_TICK_S;
    }

    private void load(int n) {
        double s0 = currentAge(n);
        solver.begin(nodes.u[n], nodes.tauM[n]);
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l];
            if (q != 0) {
                q *= s0 > 0 ? Kinetics.decay(s0, nodes.tauX[l]) : 1;
                solver.add(q * nodes.inverseCapacitance[n], nodes.tauX[l]);
            }
        }
    }

    private void refine(int n) {
        load(n);
        double s = solver.solve(nodes.theta[n], Double.POSITIVE_INFINITY);
        if (Double.isNaN(s)) {
            queue.set(n, CandidateQueue.NEVER);
        } else {
            predict(n, s, solver.rootSlope());
        }
    }

    /** The membrane crosses s seconds after the node's potential: notes when it fires and when its output leaves. */
    private void predict(int n, double s, double slope) {
        double j = noise.on() ? noise.shift(nodes.jitter[n], slope) : 0;
        double fire = Math.max(0, s + Math.min(j, 0));
        double output = Math.max(fire, s + j);
        double halfTicks = nodes.potentialFraction[n] + fire / Kinetics.HALF_TICK_S;
        double whole = Math.floor(halfTicks);
        nodes.exact[n] = true;
        nodes.fireTick[n] = nodes.potentialTick[n] + (long) whole;
        nodes.fireFraction[n] = halfTicks - whole;
        nodes.outputTick[n] =
                nodes.potentialTick[n] + (long) Math.floor(nodes.potentialFraction[n] + output / Kinetics.HALF_TICK_S) + 1;
        queue.set(n, nodes.fireTick[n] + 1);
    }

    /** Potential from rest at an instant, from a start potential at the node's own or another earlier instant. */
    private double free(int n, double start, long fromTick, double fromFraction, long tick, double fraction) {
        double s = seconds(tick, fraction, fromTick, fromFraction);
        double s0 = seconds(fromTick, fromFraction, nodes.currentTick[n], 0);
        double x = start * Kinetics.decay(s, nodes.tauM[n]);
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l];
            if (q != 0) {
                q *= s0 > 0 ? Kinetics.decay(s0, nodes.tauX[l]) : 1;
                x += q * (Kinetics.rise(s, nodes.tauM[n], nodes.tauX[l]) * nodes.inverseCapacitance[n]);
            }
        }
        return x;
    }

    private double clamped(int n, long tick, double fraction) {
        if (nodes.clampTau[n] == 0) {
            return nodes.u[n];
        }
        double goal = nodes.clampVolt[n] - nodes.rest[n];
        double s = seconds(tick, fraction, nodes.potentialTick[n], nodes.potentialFraction[n]);
        return goal + (nodes.u[n] - goal) * Kinetics.decay(s, nodes.clampTau[n]);
    }

    private static boolean before(long tick, double fraction, long otherTick, double otherFraction) {
        return tick < otherTick || tick == otherTick && fraction < otherFraction;
    }

    /** Potential in volt at h, changing nothing. */
    double volt(int n, long h) {
        if (atRest(n, h)) {
            return clip(nodes.rest[n]);
        }
        double x;
        if (nodes.phase[n] != Nodes.CLAMPED) {
            x = free(n, nodes.u[n], nodes.potentialTick[n], nodes.potentialFraction[n], h, 0);
        } else if (before(h, 0, nodes.clampEnd[n], nodes.refractoryFraction[n])) {
            x = clamped(n, h, 0);
        } else {
            double start = clamped(n, nodes.clampEnd[n], nodes.refractoryFraction[n]);
            x = free(n, start, nodes.clampEnd[n], nodes.refractoryFraction[n], h, 0);
        }
        return clip(x + nodes.rest[n]);
    }

    private void movePotential(int n, long tick, double fraction) {
        double end = nodes.refractoryFraction[n];
        if (nodes.phase[n] == Nodes.CLAMPED) {
            if (before(tick, fraction, nodes.clampEnd[n], end)) {
                return;
            }
            nodes.u[n] = clamped(n, nodes.clampEnd[n], end);
            nodes.potentialTick[n] = nodes.clampEnd[n];
            nodes.potentialFraction[n] = end;
            nodes.phase[n] = Nodes.HOLDOFF;
        }
        if (nodes.phase[n] == Nodes.HOLDOFF && !before(tick, fraction, nodes.refractoryEnd[n], end)) {
            nodes.phase[n] = Nodes.FREE;
            redraw(n, nodes.refractoryEnd[n]);
        }
        nodes.u[n] = free(n, nodes.u[n], nodes.potentialTick[n], nodes.potentialFraction[n], tick, fraction);
        nodes.potentialTick[n] = tick;
        nodes.potentialFraction[n] = fraction;
    }

    private boolean moveByTables(int n, long h) {
        long gap = h - nodes.currentTick[n];
        int count = nodes.liveCount[n];
        if (count == 0
                || gap >= FAST_HALF_TICKS
                || (gap & 1) != 0
                || nodes.potentialTick[n] != nodes.currentTick[n]
                || nodes.potentialFraction[n] != 0) {
            return false;
        }
        int from = 2 * topology.first[n];
        for (int i = from; i < from + count; i++) {
            if (nodes.table[nodes.liveLine[i]] == null) {
                return false;
            }
        }
        int at = (int) (gap >> 1) * LineTable.STRIDE;
        double x = nodes.u[n] * nodes.table[nodes.liveLine[from]].membraneDecay(at);
        for (int i = from; i < from + count; i++) {
            int l = nodes.liveLine[i];
            LineTable table = nodes.table[l];
            table.membraneDecay(at);
            x += nodes.factor[l] * nodes.current[l] * table.values[at + 2];
            nodes.current[l] *= table.values[at + 1];
        }
        nodes.u[n] = x;
        nodes.currentTick[n] = h;
        nodes.potentialTick[n] = h;
        return true;
    }

    private void moveCurrents(int n, long h) {
        long gap = h - nodes.currentTick[n];
        if (gap == 0) {
            return;
        }
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            if (nodes.current[l] != 0) {
                nodes.current[l] *= lineDecay(l, gap);
            }
        }
        nodes.currentTick[n] = h;
    }

    private double lineDecay(int l, long gap) {
        LineTable table = nodes.table[l];
        if (table != null && gap < FAST_HALF_TICKS && (gap & 1) == 0) {
            int at = (int) (gap >> 1) * LineTable.STRIDE;
            table.membraneDecay(at);
            return table.values[at + 1];
        }
        return Kinetics.decay(gap * Kinetics.HALF_TICK_S, nodes.tauX[l]);
    }

    // ---- instants --------------------------------------------------------------------------------------------------

    /** Brings a node to h: all that happens to it before h or exactly at h by itself has happened afterwards. */
    void settle(int n, long h) {
        fast[n] = false;
        progress(n, h, true);
        if (atRest(n, h)) {
            toRest(n, h);
            return;
        }
        if (nodes.phase[n] != Nodes.FREE || !moveByTables(n, h)) {
            movePotential(n, h, 0);
            moveCurrents(n, h);
        }
        double volt = nodes.u[n] + nodes.rest[n];
        if (volt < railLow || volt > railHigh) {
            nodes.u[n] = clip(volt) - nodes.rest[n];
        }
    }

    /** Whether the rest rule applies to a node at h (analog.md 9). */
    boolean atRest(int n, long h) {
        double span = nodes.restSpan[n];
        if (h - nodes.disturbed[n] < span || h - nodes.refractoryEnd[n] - nodes.refractoryFraction[n] < span) {
            return false;
        }
        if (!nodes.fires[n] || nodes.thresholdBase[n] - noise.reach() > nodes.rest[n]) {
            return true;
        }
        if (nodes.phase[n] != Nodes.FREE) {
            redraw(n, nodes.refractoryEnd[n]);
        }
        if (!nodes.thresholdDrawn[n]) {
            draw(n);
        }
        return nodes.theta[n] > 0;
    }

    private void toRest(int n, long h) {
        if (nodes.phase[n] != Nodes.FREE) {
            nodes.phase[n] = Nodes.FREE;
            redraw(n, nodes.refractoryEnd[n]);
        }
        nodes.u[n] = 0;
        int from = 2 * topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            nodes.current[nodes.liveLine[i]] = 0;
        }
        nodes.currentTick[n] = h;
        nodes.potentialTick[n] = h;
        nodes.potentialFraction[n] = 0;
        queue.set(n, CandidateQueue.NEVER);
    }

    /** Performs the firings that are due up to half-tick h, those of the interval [h - 1, h) included. */
    void fireDue(long h) {
        for (int n = queue.firstDue(h); n >= 0; n = queue.firstDue(h)) {
            nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], h);
            progress(n, h, false);
        }
    }

    private void progress(int n, long h, boolean inclusive) {
        long limit = inclusive ? h + 1 : h;
        while (queue.due(n) <= limit) {
            if (nodes.exact[n]) {
                if (nodes.fireTick[n] >= h && (nodes.fireTick[n] > h || nodes.fireFraction[n] > 0)) {
                    return;
                }
                fire(n);
            } else if (nodes.phase[n] != Nodes.FREE) {
                long end = nodes.refractoryEnd[n];
                if (end >= h && (end > h || nodes.refractoryFraction[n] > 0)) {
                    return;
                }
                fast[n] = false;
                movePotential(n, end, nodes.refractoryFraction[n]);
                evaluate(n);
            } else {
                refine(n);
            }
        }
    }

    private void fire(int n) {
        long tick = nodes.fireTick[n];
        double fraction = nodes.fireFraction[n];
        int sole = soleComparator[n];
        if (sole >= 0) {
            emit(sole, nodes.outputTick[n]);
            startReset(n, sole, tick, fraction);
            return;
        }
        int longest = -1;
        double limit = nodes.theta[n] + nodes.rest[n];
        for (int i = 0; i < topology.count[n]; i++) {
            int c = topology.members[topology.first[n] + i];
            if (circuits.firing[c] && thresholdOf(c, n) <= limit) {
                emit(c, nodes.outputTick[n]);
                if (longest < 0 || circuits.refractoryHalfTicks[c] > circuits.refractoryHalfTicks[longest]) {
                    longest = c;
                }
            }
        }
        startReset(n, longest, tick, fraction);
    }

    private double thresholdOf(int c, int n) {
        return circuits.thresholdVolt[c] + (noise.on() ? noise.draw(c, nodes.thresholdInstant[n]) : 0);
    }

    /** A circuit fires at exactly h whatever its membrane, as by an artificial reset or the bypass. */
    void force(int c, long h) {
        int n = topology.nodeOf[c];
        nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], h);
        settle(n, h);
        emit(c, h + 1);
        startReset(n, c, h, 0);
    }

    private void emit(int c, long halfTick) {
        spikes++;
        firings.add(c, halfTick);
    }

    /** Spikes since {@link #clearSpikes()}. */
    long spikes() {
        return spikes;
    }

    void clearSpikes() {
        spikes = 0;
    }

    private void startReset(int n, int c, long tick, double fraction) {
        fast[n] = false;
        long clamp = circuits.clampHalfTicks[c];
        double tauReset = model.laws().resetTauSeconds(nodes.capacitance[n], circuits.resetConductance[c]);
        if (clamp * Kinetics.HALF_TICK_S >= model.defaults().reset().instantAfterTau() * tauReset) {
            nodes.u[n] = circuits.resetVolt[c] - nodes.rest[n];
            nodes.clampTau[n] = 0;
        } else {
            nodes.u[n] = presentPotential(n, tick, fraction);
            nodes.clampTau[n] = tauReset;
            nodes.clampVolt[n] = circuits.resetVolt[c];
        }
        nodes.potentialTick[n] = tick;
        nodes.potentialFraction[n] = fraction;
        nodes.phase[n] = clamp > 0 ? Nodes.CLAMPED : Nodes.HOLDOFF;
        nodes.clampEnd[n] = tick + clamp;
        nodes.refractoryEnd[n] = tick + circuits.refractoryHalfTicks[c];
        nodes.refractoryFraction[n] = fraction;
        evaluateRefractory(n);
    }

    private double presentPotential(int n, long tick, double fraction) {
        if (nodes.phase[n] == Nodes.CLAMPED) {
            return clamped(n, tick, fraction);
        }
        return free(n, nodes.u[n], nodes.potentialTick[n], nodes.potentialFraction[n], tick, fraction);
    }
}
