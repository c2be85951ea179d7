package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The hot loop: events at nodes of which only the two lines of one circuit are live, free or held at reset, from tick to
 * tick. What the loop needs of a node stands together in one record, so that a visit costs few cache lines; while a node is
 * in the lane its record is the truth, and {@link #leave} writes it back. All arithmetic equals that of {@link Trajectory}
 * bit for bit. What the loop cannot do it hands back in {@link #handedBack}. Owned by one thread.
 *
 * <p>A record, by node: U, currents and factors of the two lines, threshold from rest, bounds, rails, and what saturation
 * needs.
 */
final class EventLane {
    private static final int N = Nodes.N;
    private static final byte OUT = 0;
    private static final byte FREE = 1;
    private static final byte CLAMPED = 2;

    private static final int SHIFT = 4;
    private static final int U = 0;
    private static final int CURRENT_A = 1;
    private static final int CURRENT_B = 2;
    private static final int FACTOR_A = 3;
    private static final int FACTOR_B = 4;
    private static final int THETA = 5;
    private static final int PEAK = 6;
    private static final int CHORD = 7;
    private static final int INVERSE_C = 8;
    private static final int INVERSE_TAU_M = 9;
    private static final int INVERSE_TAU_X = 9;
    private static final int LOW = 10;
    private static final int HIGH = 11;
    private static final int FULL_A = 12;
    private static final int FULL_B = 13;
    private static final int LIMIT_A = 14;
    private static final int LIMIT_B = 15;

    private static final int FASTER_SHIFT = 3;
    private static final int EXCESS = 0;
    private static final int TAIL = 1;
    private static final int TAIL_U = 2;
    private static final int HORIZON = 3;
    private static final int PEAK_B = 4;
    private static final int CHORD_B = 5;
    private static final double HORIZON_TAUS = 4;

    private static final long SPAN = 2L * LineTable.TICKS;
    private static final double HALF_TICKS_PER_S = 1 / Kinetics.HALF_TICK_S;
    private static final double FARTHEST_HALF_TICKS = 1e15;

    /** Nodes of the last {@link #run} that need the general way, and how many. */
    final int[] handedBack = new int[N];

    int handedBackCount;
    /** Nodes of the last {@link #run} that came near a threshold not drawn yet, their event included; how many. */
    final int[] near = new int[N];

    int nearCount;

    private final Nodes nodes;
    private final CircuitParameters circuits;
    private final ThresholdNoise noise;
    private final CandidateQueue queue;
    private final long[] pending;
    private final LineTables tables;
    private final boolean saturating;
    private final double railLow;
    private final double railHigh;

    private final int[] free = new int[N + 1];
    private final int[] held = new int[N + 1];
    private final byte[] mode = new byte[N];
    private final boolean[] fasterInhibition = new boolean[N];
    private final boolean[] drawn = new boolean[N];
    private final int[] line = new int[N];
    private final long[] tick = new long[N];
    private final long[] clampEnd = new long[N];
    /** The loop serves a node before this half-tick: then its tables, its reset phase or its time in peace end. */
    private final long[] limit = new long[N];

    private final double[] earliestShift = new double[N];
    private final PairTable[] table = new PairTable[N];
    private final double[] record = new double[N << SHIFT];
    private final double[] faster = new double[N << FASTER_SHIFT];

    EventLane(
            ChipModel model,
            CircuitParameters circuits,
            Nodes nodes,
            ThresholdNoise noise,
            CandidateQueue queue,
            long[] pending,
            LineTables tables) {
        this.tables = tables;
        this.nodes = nodes;
        this.circuits = circuits;
        this.noise = noise;
        this.queue = queue;
        this.pending = pending;
        saturating = model.fidelity().varied();
        railLow = model.laws().railLowV();
        railHigh = model.laws().railHighV();
        Arrays.fill(limit, Long.MIN_VALUE);
    }

    /** Takes a node in that had an event just now, if the loop can serve it; the tables are those of its two lines. */
    void enter(int n, LineTable excitatory, LineTable inhibitory) {
        boolean clamped = nodes.phase[n] == Nodes.CLAMPED && nodes.clampTau[n] == 0;
        boolean free = nodes.phase[n] == Nodes.FREE
                && nodes.potentialTick[n] == nodes.currentTick[n]
                && nodes.potentialFraction[n] == 0
                && nodes.theta[n] > 0
                && !(nodes.exact[n] && queue.due(n) != CandidateQueue.NEVER);
        int a = nodes.pairLine[n];
        if ((nodes.currentTick[n] & 1) != 0
                || !clamped && !free
                || nodes.current[a] == 0 && nodes.current[a + 1] == 0
                || nodes.currentTick[n] != nodes.lastEvent[n]
                || nodes.stimulusGap[n] < SPAN) {
            return;
        }
        int b = a + 1;
        int r = n << SHIFT;
        mode[n] = free ? FREE : CLAMPED;
        long end = nodes.currentTick[n] + SPAN;
        limit[n] = free ? Math.min(end, queue.due(n) - 1) : Math.min(end, nodes.clampEnd[n]);
        fasterInhibition[n] = nodes.tauX[b] < nodes.tauX[a];
        drawn[n] = nodes.thresholdDrawn[n];
        line[n] = a;
        tick[n] = nodes.currentTick[n];
        clampEnd[n] = nodes.clampEnd[n];
        if (table[n] == null || table[n].excitatory != excitatory || table[n].inhibitory != inhibitory) {
            table[n] = tables.pair(excitatory, inhibitory);
        }
        nodes.exact[n] = false;
        record[r + U] = nodes.u[n];
        record[r + CURRENT_A] = nodes.current[a];
        record[r + CURRENT_B] = nodes.current[b];
        record[r + FACTOR_A] = nodes.factor[a];
        record[r + FACTOR_B] = nodes.factor[b];
        record[r + PEAK] = nodes.peak[a];
        record[r + CHORD] = nodes.chord[a];
        record[r + INVERSE_C] = nodes.inverseCapacitance[n];
        record[r + LOW] = railLow - nodes.rest[n];
        record[r + HIGH] = railHigh - nodes.rest[n];
        record[r + FULL_A] = circuits.fullScale[a];
        record[r + FULL_B] = circuits.fullScale[b];
        record[r + LIMIT_A] = circuits.lineLimit[a];
        record[r + LIMIT_B] = circuits.lineLimit[b];
        if (free) {
            record[r + THETA] = nodes.theta[n];
            record[r + INVERSE_TAU_M] = nodes.inverseTauM[n];
            earliestShift[n] = noise.on() && drawn[n] ? noise.earliestShift(nodes.jitter[n]) : 0;
            if (fasterInhibition[n]) {
                prepareFaster(n, a);
            }
        } else {
            record[r + THETA] = nodes.thresholdBase[n] - noise.reach() - nodes.rest[n] - Math.max(nodes.u[n], 0);
            record[r + INVERSE_TAU_X] = 1 / nodes.tauX[a];
        }
    }

    // where inhibition is the faster one, excitation is compared with inhibition of the faster kind up to a horizon
    private void prepareFaster(int n, int a) {
        int f = n << FASTER_SHIFT;
        if (faster[f + HORIZON] == HORIZON_TAUS * Math.max(nodes.tauX[a], nodes.tauM[n])
                && faster[f + PEAK_B] == nodes.peak[a + 1]
                && faster[f + CHORD_B] == nodes.chord[a + 1]) {
            return;
        }
        double horizon = HORIZON_TAUS * Math.max(nodes.tauX[a], nodes.tauM[n]);
        faster[f + EXCESS] = StrictMath.exp(horizon * (1 / nodes.tauX[a + 1] - 1 / nodes.tauX[a]));
        faster[f + TAIL] = Kinetics.rise(horizon, nodes.tauM[n], nodes.tauX[a]) * nodes.inverseCapacitance[n];
        faster[f + TAIL_U] = Kinetics.decay(horizon, nodes.tauM[n]);
        faster[f + HORIZON] = horizon;
        faster[f + PEAK_B] = nodes.peak[a + 1];
        faster[f + CHORD_B] = nodes.chord[a + 1];
    }

    /** Writes a node's record back, which it may go on with. */
    void write(int n) {
        if (mode[n] == OUT) {
            return;
        }
        int r = n << SHIFT;
        int a = line[n];
        nodes.current[a] = record[r + CURRENT_A];
        nodes.current[a + 1] = record[r + CURRENT_B];
        nodes.factor[a] = record[r + FACTOR_A];
        nodes.factor[a + 1] = record[r + FACTOR_B];
        nodes.currentTick[n] = tick[n];
        nodes.lastEvent[n] = tick[n];
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], tick[n]);
        if (mode[n] == FREE) {
            nodes.u[n] = record[r + U];
            nodes.potentialTick[n] = tick[n];
        }
    }

    /** Writes a node's record back and takes the node out. */
    void leave(int n) {
        write(n);
        mode[n] = OUT;
        limit[n] = Long.MIN_VALUE;
    }

    /** The events of half-tick h, summed up in {@code pending}, at these nodes. */
    void run(int[] touched, int count, long h) {
        int back = 0;
        int frees = 0;
        int helds = 0;
        for (int i = 0; i < count; i++) {
            int n = touched[i];
            int m = mode[n];
            if (h >= limit[n] || (h & 1) != 0) {
                handedBack[back++] = n;
                continue;
            }
            // sorted without a branch, since which of the two comes next cannot be predicted
            free[frees] = n;
            frees += m & FREE;
            held[helds] = n;
            helds += m >> 1;
        }
        handedBackCount = back;
        nearCount = 0;
        for (int i = 0; i < frees; i++) {
            runFree(free[i], h);
        }
        for (int i = 0; i < helds; i++) {
            runHeld(held[i], h);
        }
    }

    private void runFree(int n, long h) {
        int r = n << SHIFT;
        long gap = h - tick[n];
        double[] v = table[n].values;
        int fine = LineTable.fine(gap) * PairTable.STRIDE;
        int coarse = PairTable.COARSE + LineTable.coarse(gap) * PairTable.STRIDE;
        double responseA = v[coarse + PairTable.RESPONSE_A] * v[fine]
                + v[coarse + PairTable.DECAY_A] * v[fine + PairTable.RESPONSE_A];
        double responseB = v[coarse + PairTable.RESPONSE_B] * v[fine]
                + v[coarse + PairTable.DECAY_B] * v[fine + PairTable.RESPONSE_B];
        double x = record[r + U] * (v[coarse] * v[fine])
                + record[r + FACTOR_A] * record[r + CURRENT_A] * responseA
                + record[r + FACTOR_B] * record[r + CURRENT_B] * responseB;
        if (x < record[r + LOW]) {
            x = record[r + LOW];
        } else if (x > record[r + HIGH]) {
            x = record[r + HIGH];
        }
        record[r + U] = x;
        moveCurrents(n, r, v, fine, coarse);
        tick[n] = h;
        boundFree(n, r, h, x);
        limit[n] = Math.min(h + SPAN, queue.due(n) - 1);
    }

    private void runHeld(int n, long h) {
        int r = n << SHIFT;
        long gap = h - tick[n];
        int fine = LineTable.fine(gap) * PairTable.STRIDE;
        int coarse = PairTable.COARSE + LineTable.coarse(gap) * PairTable.STRIDE;
        moveCurrents(n, r, table[n].values, fine, coarse);
        tick[n] = h;
        boundHeld(n, r, h);
        limit[n] = Math.min(h + SPAN, clampEnd[n]);
    }

    private void moveCurrents(int n, int r, double[] v, int fine, int coarse) {
        int a = line[n];
        long sumA = pending[a];
        long sumB = pending[a + 1];
        double currentA = record[r + CURRENT_A] * (v[coarse + PairTable.DECAY_A] * v[fine + PairTable.DECAY_A])
                + sumA * Membranes.PULSE_UNIT_A;
        double currentB = record[r + CURRENT_B] * (v[coarse + PairTable.DECAY_B] * v[fine + PairTable.DECAY_B])
                + sumB * Membranes.PULSE_UNIT_A;
        if (saturating) {
            if (sumA != 0) {
                currentA = Math.min(currentA, record[r + LIMIT_A]);
                record[r + FACTOR_A] = compress(a, currentA, record[r + FULL_A], record[r + FACTOR_A]);
            }
            if (sumB != 0) {
                currentB = Math.min(currentB, record[r + LIMIT_B]);
                record[r + FACTOR_B] = -compress(a + 1, currentB, record[r + FULL_B], -record[r + FACTOR_B]);
            }
        }
        pending[a] = 0;
        pending[a + 1] = 0;
        record[r + CURRENT_A] = currentA;
        record[r + CURRENT_B] = currentB;
    }

    private double compress(int l, double current, double fullScale, double factor) {
        double g = current > 0 ? CompressionLaw.g(current / fullScale) : 1;
        nodes.compression[l] = g;
        return factor == 0 ? 0 : g;
    }

    // a node in reset matters again only if its currents can lift it over the threshold when they are free to
    private void boundHeld(int n, int r, long h) {
        double excitation = record[r + FACTOR_A] * record[r + CURRENT_A];
        double inhibition = record[r + FACTOR_B] * record[r + CURRENT_B];
        double lift = (fasterInhibition[n] ? excitation : excitation + inhibition) * record[r + PEAK];
        double missing = record[r + THETA];
        if (lift >= missing) {
            double y = (clampEnd[n] - h) * Kinetics.HALF_TICK_S * record[r + INVERSE_TAU_X];
            if (missing <= 0 || lift >= missing * SpikeBounds.lessThanGrowth(y)) {
                queue.set(n, nodes.refractoryEnd[n] + 1);
                return;
            }
        }
        queue.set(n, CandidateQueue.NEVER);
    }

    /** Queues a free node by a lower bound of its crossing, or lists it as near a threshold that is not drawn yet. */
    private void boundFree(int n, int r, long h, double x) {
        double theta = record[r + THETA];
        // max(x, 0), exact and without a branch on a sign that changes at random
        double up = 0.5 * (x + Math.abs(x));
        double excitation = record[r + FACTOR_A] * record[r + CURRENT_A];
        double inhibition = record[r + FACTOR_B] * record[r + CURRENT_B];
        // inhibition that is not faster holds down at least as much as if it were as fast as the excitation
        double net = excitation + inhibition;
        double horizon = Double.POSITIVE_INFINITY;
        boolean possible = x >= theta;
        if (fasterInhibition[n]) {
            int f = n << FASTER_SHIFT;
            net = Math.max(0, excitation * faster[f + EXCESS] + inhibition);
            horizon = faster[f + HORIZON];
            possible |= excitation * record[r + PEAK] + up * record[r + CHORD] >= theta
                    && (net * faster[f + PEAK_B] + up * faster[f + CHORD_B] >= theta
                            || excitation * faster[f + TAIL] + up * faster[f + TAIL_U] >= theta);
        } else {
            possible |= net * record[r + PEAK] + up * record[r + CHORD] >= theta;
        }
        if (!possible) {
            queue.set(n, CandidateQueue.NEVER);
        } else if (!drawn[n] || x >= theta) {
            near[nearCount++] = n;
        } else {
            schedule(n, h, Math.min(horizon, firstPossible(r, x, theta, net)));
        }
    }

    private double firstPossible(int r, double x, double theta, double net) {
        double slope = net * record[r + INVERSE_C] - x * record[r + INVERSE_TAU_M];
        return slope > 0 ? (theta - x) / slope * SpikeBounds.EARLIER : Double.POSITIVE_INFINITY;
    }

    private void schedule(int n, long h, double earliest) {
        if (earliest == Double.POSITIVE_INFINITY) {
            queue.set(n, CandidateQueue.NEVER);
            return;
        }
        double halfTicks = Math.max(0, earliest + earliestShift[n]) * HALF_TICKS_PER_S;
        queue.set(n, h + (long) Math.min(halfTicks, FARTHEST_HALF_TICKS) + 1);
    }
}
