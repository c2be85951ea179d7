package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The nodes that need steps (analog.md 10): those with an exponential term, adaptation or a conductance-based input, and those
 * that a conductance couples with others, which move together as a group. Steps are cut at instants only (events, writes,
 * firings, ends of reset phases), so that questions in between change nothing. Mutable; owned by one thread.
 *
 * <p>A group's state stands at the last whole step that the clock has reached. Next crossings are looked for some steps
 * ahead, far enough that no jitter can bring one before the clock; a node without one is queued to look again.
 */
final class SteppedNodes {
    private static final int N = Nodes.N;
    private static final double AHEAD_S = 1.6e-6;

    private final AnalogDefaults.NonlinearNumbers numbers;
    private final ChipModel model;
    private final CircuitParameters circuits;
    private final Nodes nodes;
    private final CandidateQueue queue;
    private final ThresholdNoise noise;
    private final Thresholds thresholds;
    private final SpikePrediction prediction;

    private final SteppedMembrane[] membrane = new SteppedMembrane[N];
    /** Adaptation current by circuit and synaptic currents by line, over capacitance, of the instant of the potential. */
    private final double[] adaptation = new double[N];

    private final double[] line = new double[2 * N];
    /** By first node of a group. */
    private final double[] step = new double[N];

    private final boolean[] steady = new boolean[N];
    /** Before which a node may not fire. */
    private final long[] floorTick = new long[N];

    private final double[] floorFraction = new double[N];
    private int count;

    private final SteppedCursor own;
    private final SteppedCursor ahead;

    SteppedNodes(
            ChipModel model,
            CircuitParameters circuits,
            Nodes nodes,
            CandidateQueue queue,
            ThresholdNoise noise,
            Thresholds thresholds,
            SpikePrediction prediction) {
        this.model = model;
        this.circuits = circuits;
        this.nodes = nodes;
        this.queue = queue;
        this.noise = noise;
        this.thresholds = thresholds;
        this.prediction = prediction;
        numbers = model.defaults().nonlinear();
        own = new SteppedCursor(numbers, nodes);
        ahead = new SteppedCursor(numbers, nodes);
    }

    /** Takes over the state of other nodes, whose constants are the same. */
    void copyFrom(SteppedNodes other) {
        System.arraycopy(other.adaptation, 0, adaptation, 0, N);
        System.arraycopy(other.line, 0, line, 0, 2 * N);
        System.arraycopy(other.step, 0, step, 0, N);
        System.arraycopy(other.steady, 0, steady, 0, N);
        System.arraycopy(other.floorTick, 0, floorTick, 0, N);
        System.arraycopy(other.floorFraction, 0, floorFraction, 0, N);
        for (int n = 0; n < N; n++) {
            if (other.membrane[n] != null && other.membrane[n].node[0] == n) {
                adopt(new SteppedMembrane(other.membrane[n].node, nodes, circuits, model));
            }
        }
    }

    private void adopt(SteppedMembrane group) {
        for (int n : group.node) {
            count += has(n) ? 0 : 1;
            membrane[n] = group;
        }
    }

    /** Whether a node is solved by steps. */
    boolean has(int n) {
        return membrane[n] != null;
    }

    /** The node of a group for which something is due first. */
    int next(int[] group) {
        int first = group[0];
        for (int n : group) {
            if (Trajectory.before(tickDue(n), fractionDue(n), tickDue(first), fractionDue(first))) {
                first = n;
            }
        }
        return first;
    }

    private long tickDue(int n) {
        long due = queue.due(n);
        return due == CandidateQueue.NEVER ? due : due - 1;
    }

    private double fractionDue(int n) {
        if (nodes.exact[n]) {
            return nodes.fireFraction[n];
        }
        return nodes.phase[n] == Nodes.FREE ? 0 : nodes.refractoryFraction[n];
    }

    /** Whether any node is. */
    boolean any() {
        return count > 0;
    }

    /** Constants of a node, or of nodes that are coupled, changed; potentials in volt are those of before. */
    void rebuild(int[] group) {
        NodeTopology topology = nodes.topology;
        boolean needed = group.length > 1;
        for (int n : group) {
            forget(n);
            for (int i = 0; i < topology.count[n]; i++) {
                needed |= circuits.nonlinear.any(topology.members[topology.first[n] + i]);
            }
        }
        if (needed) {
            bringTogether(group);
            adopt(new SteppedMembrane(group, nodes, circuits, model));
        } else {
            int n = group[0];
            for (int i = 0; i < topology.count[n]; i++) {
                adaptation[topology.members[topology.first[n] + i]] = 0;
            }
        }
    }

    // a node that was held by itself stands where its clamp began
    private void bringTogether(int[] group) {
        int latest = group[0];
        for (int n : group) {
            if (Trajectory.before(
                    nodes.potentialTick[latest],
                    nodes.potentialFraction[latest],
                    nodes.potentialTick[n],
                    nodes.potentialFraction[n])) {
                latest = n;
            }
        }
        for (int n : group) {
            double seconds = ((nodes.potentialTick[latest] - nodes.potentialTick[n])
                            + (nodes.potentialFraction[latest] - nodes.potentialFraction[n]))
                    * Kinetics.HALF_TICK_S;
            if (nodes.phase[n] == Nodes.CLAMPED && nodes.clampTau[n] > 0) {
                double goal = nodes.clampVolt[n] - nodes.rest[n];
                nodes.u[n] = goal + (nodes.u[n] - goal) * Kinetics.decay(seconds, nodes.clampTau[n]);
            }
            nodes.potentialTick[n] = nodes.potentialTick[latest];
            nodes.potentialFraction[n] = nodes.potentialFraction[latest];
        }
    }

    /** A circuit stopped to name a node, or its node to be solved by steps. */
    void forget(int n) {
        count -= has(n) ? 1 : 0;
        membrane[n] = null;
    }

    // ---- instants --------------------------------------------------------------------------------------------------

    /** Something happened to a node at the instant of its potential: steps begin anew, and crossings are looked for. */
    void instant(int n) {
        SteppedMembrane m = membrane[n];
        for (int k = 0; k < m.circuit.length; k++) {
            int c = m.circuit[k];
            int own = m.node[m.owner[k]];
            double age = ((nodes.potentialTick[own] - nodes.currentTick[own]) + nodes.potentialFraction[own])
                    * Kinetics.HALF_TICK_S;
            for (int l = 2 * c; l < 2 * c + 2; l++) {
                double q = nodes.factor[l] * nodes.current[l] * nodes.inverseCapacitance[own];
                line[l] = q != 0 && age > 0 ? q * Kinetics.decay(age, nodes.tauX[l]) : q;
            }
            adaptation[c] = m.adapts(k) ? adaptation[c] : 0;
        }
        step[m.node[0]] = numbers.longestStepS();
        steady[m.node[0]] = false;
        for (int own : m.node) {
            floorTick[own] = nodes.potentialTick[n];
            floorFraction[own] = nodes.potentialFraction[n];
        }
        predict(m);
    }

    /** Moves a node to an instant that is not before the one of its potential; ends of its reset phase are passed. */
    void move(int n, long tick, double fraction) {
        load(own, membrane[n]);
        own.run(tick, fraction, true);
        store(own, membrane[n]);
    }

    /** Lets a node take the whole steps up to an instant. */
    void follow(int n, long tick, double fraction) {
        load(own, membrane[n]);
        own.run(tick, fraction, false);
        store(own, membrane[n]);
    }

    /** A circuit of a node fires at the instant of the node's potential. */
    void spike(int n, int c) {
        SteppedMembrane m = membrane[n];
        load(own, m);
        m.spike(own.state, place(m, c));
        store(own, m);
    }

    /** Potential from rest at an instant; changes nothing. */
    double potential(int n, long tick, double fraction) {
        SteppedMembrane m = membrane[n];
        load(ahead, m);
        ahead.run(tick, fraction, true);
        return ahead.state[Arrays.binarySearch(m.node, n)];
    }

    /** Adaptation current of a circuit in ampere at an instant; changes nothing. */
    double adaptation(int n, int c, long tick, double fraction) {
        SteppedMembrane m = membrane[n];
        load(ahead, m);
        ahead.run(tick, fraction, true);
        return ahead.state[m.adaptation(place(m, c))] * nodes.capacitance[n];
    }

    private static int place(SteppedMembrane m, int c) {
        for (int k = 0; ; k++) {
            if (m.circuit[k] == c) {
                return k;
            }
        }
    }

    private void load(SteppedCursor cursor, SteppedMembrane m) {
        cursor.begin(m);
        for (int j = 0; j < m.node.length; j++) {
            cursor.state[j] = nodes.u[m.node[j]];
            cursor.phase[j] = nodes.phase[m.node[j]];
        }
        for (int k = 0; k < m.circuit.length; k++) {
            int c = m.circuit[k];
            cursor.state[m.adaptation(k)] = adaptation[c];
            cursor.state[m.line(k, 0)] = line[2 * c];
            cursor.state[m.line(k, 1)] = line[2 * c + 1];
        }
        int first = m.node[0];
        cursor.tick = nodes.potentialTick[first];
        cursor.fraction = nodes.potentialFraction[first];
        cursor.step = step[first];
        cursor.steady = steady[first];
        cursor.hold();
    }

    private void store(SteppedCursor cursor, SteppedMembrane m) {
        for (int k = 0; k < m.circuit.length; k++) {
            int c = m.circuit[k];
            adaptation[c] = cursor.state[m.adaptation(k)];
            line[2 * c] = cursor.state[m.line(k, 0)];
            line[2 * c + 1] = cursor.state[m.line(k, 1)];
        }
        step[m.node[0]] = cursor.step;
        steady[m.node[0]] = cursor.steady;
        for (int j = 0; j < m.node.length; j++) {
            int n = m.node[j];
            nodes.u[n] = cursor.state[j];
            nodes.potentialTick[n] = cursor.tick;
            nodes.potentialFraction[n] = cursor.fraction;
            boolean released = cursor.phase[j] == Nodes.FREE && nodes.phase[n] != Nodes.FREE;
            nodes.phase[n] = cursor.phase[j];
            if (released) {
                thresholds.redraw(n, nodes.refractoryEnd[n]);
                floorTick[n] = nodes.refractoryEnd[n];
                floorFraction[n] = nodes.refractoryFraction[n];
            }
        }
    }

    // ---- prediction ------------------------------------------------------------------------------------------------

    /** Looks for the next crossing of each node of a group, or for the time to look again. */
    private void predict(SteppedMembrane m) {
        boolean[] open = new boolean[m.node.length];
        int left = 0;
        double reach = 0;
        load(ahead, m);
        for (int j = 0; j < open.length; j++) {
            int n = m.node[j];
            nodes.exact[n] = false;
            if (!nodes.fires[n]) {
                queue.set(n, CandidateQueue.NEVER);
            } else if (nodes.phase[n] == Nodes.CLAMPED) {
                queue.set(n, nodes.clampEnd[n] + 1);
            } else if (nodes.phase[n] == Nodes.HOLDOFF) {
                queue.set(n, nodes.refractoryEnd[n] + 1);
            } else if (!above(m, j)) {
                open[j] = true;
                left++;
                reach = Math.max(reach, noise.on() ? -noise.earliestShift(nodes.jitter[n]) : 0);
            }
        }
        double passed = 0;
        while (left > 0 && passed < AHEAD_S + reach && !ahead.steady) {
            double taken = ahead.tryStepWithinPhases();
            for (int j = 0; j < open.length; j++) {
                if (open[j] && ahead.wouldCross(j, nodes.theta[m.node[j]])) {
                    open[j] = false;
                    left--;
                    cross(m, j, passed, taken);
                }
            }
            ahead.accept(taken);
            passed += taken;
        }
        for (int j = 0; j < open.length; j++) {
            if (open[j]) {
                again(m.node[j], passed - reach);
            }
        }
    }

    /** Draws the threshold of a free node; whether its potential is at or above it, and then it fires as soon as it may. */
    private boolean above(SteppedMembrane m, int j) {
        int n = m.node[j];
        if (!nodes.thresholdDrawn[n]) {
            thresholds.draw(n);
        }
        if (ahead.state[j] < nodes.theta[n]) {
            return false;
        }
        prediction.fire(n, 0, floor(n), ahead.slope(j));
        return true;
    }

    private void cross(SteppedMembrane m, int j, double passed, double taken) {
        int n = m.node[j];
        double until = ahead.refine(j, taken, nodes.theta[n]);
        prediction.fire(n, passed + until, floor(n), ahead.trialSlope(j));
        if (m.node.length > 1) {
            ahead.tryExactly(taken);
        }
    }

    private double floor(int n) {
        return ((floorTick[n] - nodes.potentialTick[n]) + (floorFraction[n] - nodes.potentialFraction[n]))
                * Kinetics.HALF_TICK_S;
    }

    private void again(int n, double seconds) {
        if (ahead.steady) {
            queue.set(n, CandidateQueue.NEVER);
        } else {
            double halfTicks = nodes.potentialFraction[n] + seconds / Kinetics.HALF_TICK_S;
            queue.set(n, nodes.potentialTick[n] + (long) halfTicks + 1);
        }
    }

    /**
     * The queue names a node that does not fire: a phase of it ends, or it is time to look again.
     *
     * @return false when that lies behind the instant that the clock has reached
     */
    boolean resume(int n, long h, double fraction) {
        boolean clamped = nodes.phase[n] == Nodes.CLAMPED;
        if (clamped || nodes.phase[n] == Nodes.HOLDOFF) {
            long end = clamped ? nodes.clampEnd[n] : nodes.refractoryEnd[n];
            if (Trajectory.before(h, fraction, end, nodes.refractoryFraction[n])) {
                return false;
            }
            move(n, end, nodes.refractoryFraction[n]);
        } else {
            long again = queue.due(n) - 1;
            if (h < again) {
                return false;
            }
            follow(n, again, 0);
        }
        predict(membrane[n]);
        return true;
    }
}
