package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The nodes that need steps (analog.md 10): those with an exponential term, adaptation or a conductance-based input. Steps
 * are cut at instants only (events, writes, firings, ends of reset phases), so that questions in between change nothing.
 * Mutable; owned by one thread.
 *
 * <p>A node's state stands at the last whole step that the clock has reached. Its next crossing is looked for some steps
 * ahead, far enough that no jitter can bring one before the clock; where there is none the node is queued to look again.
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
    private final double[] step = new double[N];
    private final boolean[] steady = new boolean[N];
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
            if (other.membrane[n] != null) {
                membrane[n] = new SteppedMembrane(n, nodes, circuits, model);
                count++;
            }
        }
    }

    /** Whether a node is solved by steps. */
    boolean has(int n) {
        return membrane[n] != null;
    }

    /** Whether any node is. */
    boolean any() {
        return count > 0;
    }

    /** Constants of a node changed, its potential in volt is that of before. */
    void rebuild(int n) {
        NodeTopology topology = nodes.topology;
        boolean needed = false;
        for (int i = 0; i < topology.count[n]; i++) {
            needed |= circuits.nonlinear.any(topology.members[topology.first[n] + i]);
        }
        count += (needed ? 1 : 0) - (has(n) ? 1 : 0);
        membrane[n] = needed ? new SteppedMembrane(n, nodes, circuits, model) : null;
        if (!needed) {
            for (int i = 0; i < topology.count[n]; i++) {
                adaptation[topology.members[topology.first[n] + i]] = 0;
            }
        }
    }

    /** A circuit stopped to name a node. */
    void forget(int n) {
        count -= has(n) ? 1 : 0;
        membrane[n] = null;
    }

    // ---- instants --------------------------------------------------------------------------------------------------

    /** Something happened to a node at the instant of its potential: steps begin anew, and the next crossing is looked for. */
    void instant(int n) {
        SteppedMembrane m = membrane[n];
        double age =
                ((nodes.potentialTick[n] - nodes.currentTick[n]) + nodes.potentialFraction[n]) * Kinetics.HALF_TICK_S;
        for (int c : m.circuit) {
            for (int l = 2 * c; l < 2 * c + 2; l++) {
                double q = nodes.factor[l] * nodes.current[l] * nodes.inverseCapacitance[n];
                line[l] = q != 0 && age > 0 ? q * Kinetics.decay(age, nodes.tauX[l]) : q;
            }
        }
        for (int k = 0; k < m.circuit.length; k++) {
            adaptation[m.circuit[k]] = m.adapts(k) ? adaptation[m.circuit[k]] : 0;
        }
        step[n] = numbers.longestStepS();
        steady[n] = false;
        floorTick[n] = nodes.potentialTick[n];
        floorFraction[n] = nodes.potentialFraction[n];
        predict(n);
    }

    /** Moves a node to an instant that is not before the one of its potential; ends of its reset phase are passed. */
    void move(int n, long tick, double fraction) {
        load(own, n);
        own.run(tick, fraction, true);
        store(own, n);
    }

    /** Lets a node take the whole steps up to an instant. */
    void follow(int n, long tick, double fraction) {
        load(own, n);
        own.run(tick, fraction, false);
        store(own, n);
    }

    /** A circuit of a node fires at the instant of the node's potential. */
    void spike(int n, int c) {
        SteppedMembrane m = membrane[n];
        load(own, n);
        m.spike(own.state, Arrays.binarySearch(m.circuit, c));
        store(own, n);
    }

    /** Potential from rest at an instant; changes nothing. */
    double potential(int n, long tick, double fraction) {
        load(ahead, n);
        ahead.run(tick, fraction, true);
        return ahead.state[0];
    }

    /** Adaptation current of a circuit in ampere at an instant; changes nothing. */
    double adaptation(int n, int c, long tick, double fraction) {
        SteppedMembrane m = membrane[n];
        load(ahead, n);
        ahead.run(tick, fraction, true);
        return ahead.state[1 + Arrays.binarySearch(m.circuit, c)] * nodes.capacitance[n];
    }

    private void load(SteppedCursor cursor, int n) {
        SteppedMembrane m = membrane[n];
        cursor.begin(n, m);
        cursor.state[0] = nodes.u[n];
        for (int k = 0; k < m.circuit.length; k++) {
            int c = m.circuit[k];
            cursor.state[1 + k] = adaptation[c];
            cursor.state[m.line(k, 0)] = line[2 * c];
            cursor.state[m.line(k, 1)] = line[2 * c + 1];
        }
        cursor.tick = nodes.potentialTick[n];
        cursor.fraction = nodes.potentialFraction[n];
        cursor.step = step[n];
        cursor.phase = nodes.phase[n];
        cursor.steady = steady[n];
    }

    private void store(SteppedCursor cursor, int n) {
        SteppedMembrane m = membrane[n];
        nodes.u[n] = cursor.state[0];
        for (int k = 0; k < m.circuit.length; k++) {
            int c = m.circuit[k];
            adaptation[c] = cursor.state[1 + k];
            line[2 * c] = cursor.state[m.line(k, 0)];
            line[2 * c + 1] = cursor.state[m.line(k, 1)];
        }
        nodes.potentialTick[n] = cursor.tick;
        nodes.potentialFraction[n] = cursor.fraction;
        step[n] = cursor.step;
        steady[n] = cursor.steady;
        boolean released = cursor.phase == Nodes.FREE && nodes.phase[n] != Nodes.FREE;
        nodes.phase[n] = cursor.phase;
        if (released) {
            thresholds.redraw(n, nodes.refractoryEnd[n]);
            floorTick[n] = nodes.refractoryEnd[n];
            floorFraction[n] = nodes.refractoryFraction[n];
        }
    }

    // ---- prediction ------------------------------------------------------------------------------------------------

    /** Looks for the next crossing of a node, or for the time to look again. */
    private void predict(int n) {
        nodes.exact[n] = false;
        if (!nodes.fires[n]) {
            queue.set(n, CandidateQueue.NEVER);
        } else if (nodes.phase[n] == Nodes.CLAMPED) {
            queue.set(n, nodes.clampEnd[n] + 1);
        } else if (nodes.phase[n] == Nodes.HOLDOFF) {
            queue.set(n, nodes.refractoryEnd[n] + 1);
        } else {
            predictFree(n);
        }
    }

    private void predictFree(int n) {
        if (!nodes.thresholdDrawn[n]) {
            thresholds.draw(n);
        }
        double theta = nodes.theta[n];
        load(ahead, n);
        double floor = ahead.secondsTo(floorTick[n], floorFraction[n]);
        if (ahead.state[0] >= theta) {
            prediction.fire(n, 0, floor, membrane[n].slope(ahead.state));
            return;
        }
        double reach = noise.on() ? -noise.earliestShift(nodes.jitter[n]) : 0;
        double passed = 0;
        while (passed < AHEAD_S + reach && !ahead.steady) {
            double taken = ahead.tryStep();
            if (ahead.wouldCross(theta)) {
                double until = ahead.refine(taken, theta);
                prediction.fire(n, passed + until, floor, ahead.trialSlope());
                return;
            }
            ahead.accept(taken);
            passed += taken;
        }
        if (ahead.steady) {
            queue.set(n, CandidateQueue.NEVER);
        } else {
            double halfTicks = nodes.potentialFraction[n] + (passed - reach) / Kinetics.HALF_TICK_S;
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
        predict(n);
        return true;
    }
}
