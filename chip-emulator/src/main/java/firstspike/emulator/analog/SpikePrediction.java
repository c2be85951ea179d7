package firstspike.emulator.analog;

/**
 * Predicts when a node fires by itself (analog.md 11) and puts that instant, or a bound below it, into the queue.
 *
 * <p>Prediction is in three steps, each taken only when the one before cannot exclude a spike: an upper bound of the
 * membrane, a lower bound of the crossing time, the solution itself. The second puts the node in the queue; the third runs
 * when the clock comes to that time, which most events make unnecessary by coming earlier.
 */
final class SpikePrediction {
    private static final double FARTHEST_HALF_TICKS = 1e15;

    private final Nodes nodes;
    private final CandidateQueue queue;
    private final ThresholdNoise noise;
    private final Thresholds thresholds;
    private final Trajectory trajectory;
    private final SpikeBounds bounds;
    private final CrossingSolver solver;

    SpikePrediction(
            ChipModel model,
            Nodes nodes,
            CandidateQueue queue,
            ThresholdNoise noise,
            Thresholds thresholds,
            Trajectory trajectory) {
        this.nodes = nodes;
        this.queue = queue;
        this.noise = noise;
        this.thresholds = thresholds;
        this.trajectory = trajectory;
        bounds = new SpikeBounds(nodes, trajectory);
        solver = new CrossingSolver(model.defaults().rest().horizonTau(), 2 * Nodes.N);
    }

    /** Predicts for a node from its present state. */
    void of(int n) {
        if (!nodes.fires[n]) {
            queue.set(n, CandidateQueue.NEVER);
        } else if (nodes.phase[n] == Nodes.FREE) {
            evaluateFree(n);
        } else {
            evaluateRefractory(n);
        }
    }

    private void evaluateFree(int n) {
        double earliest = bounds.earliest(n);
        if (earliest != SpikeBounds.IMPOSSIBLE && !nodes.thresholdDrawn[n]) {
            thresholds.draw(n);
            earliest = bounds.earliest(n);
        }
        nodes.exact[n] = false;
        if (earliest == SpikeBounds.IMPOSSIBLE) {
            queue.set(n, CandidateQueue.NEVER);
        } else if (earliest == 0) {
            trajectory.load(solver, n);
            predict(n, 0, solver.slope(0));
        } else {
            double s = noise.on() ? Math.max(0, earliest + noise.earliestShift(nodes.jitter[n])) : earliest;
            double halfTicks = nodes.potentialFraction[n] + s / Kinetics.HALF_TICK_S;
            queue.set(n, nodes.potentialTick[n] + (long) Math.min(halfTicks, FARTHEST_HALF_TICKS) + 1);
        }
    }

    // a node that can fire when its refractory period ends has to stop there
    private void evaluateRefractory(int n) {
        double remaining = 0;
        double start = nodes.u[n];
        if (nodes.phase[n] == Nodes.CLAMPED) {
            remaining = Math.max(0, (nodes.clampEnd[n] - nodes.currentTick[n]) * Kinetics.HALF_TICK_S);
            if (nodes.clampTau[n] > 0) {
                start = Math.max(start, nodes.clampVolt[n] - nodes.rest[n]);
            }
        }
        double missing = thresholds.lowest(n) - Math.max(start, 0);
        nodes.exact[n] = false;
        queue.set(n, missing <= bounds.lift(n, remaining) ? nodes.refractoryEnd[n] + 1 : CandidateQueue.NEVER);
    }

    /** Replaces the bound of a free node that came due by the solution. */
    void refine(int n) {
        trajectory.load(solver, n);
        double s = solver.solve(nodes.theta[n], Double.POSITIVE_INFINITY);
        if (Double.isNaN(s)) {
            queue.set(n, CandidateQueue.NEVER);
        } else {
            predict(n, s, solver.rootSlope());
        }
    }

    /** Begins to solve for a crossing of a node whose state the caller has: its potential from rest. */
    void begin(double u, int n) {
        solver.begin(u, nodes.tauM[n]);
    }

    /** Adds the signed current of a line, compression included. */
    void add(double current, int n, int l) {
        solver.add(current * nodes.inverseCapacitance[n], nodes.tauX[l]);
    }

    /** Solves for what was begun; u is the potential, at the node's instant. False if nothing crosses. */
    boolean crosses(int n, double u) {
        if (u >= nodes.theta[n]) {
            predict(n, 0, solver.slope(0));
            return true;
        }
        double s = solver.solve(nodes.theta[n], Double.POSITIVE_INFINITY);
        if (Double.isNaN(s)) {
            queue.set(n, CandidateQueue.NEVER);
            return false;
        }
        predict(n, s, solver.rootSlope());
        return true;
    }

    /** The membrane crosses s seconds after the node's potential: notes when it fires and when its output leaves. */
    private void predict(int n, double s, double slope) {
        fire(n, s, 0, slope);
    }

    /**
     * The membrane crosses s seconds after the node's potential: notes when it fires and when its output leaves.
     *
     * @param floor seconds from the node's potential before which it cannot fire
     * @param slope of the membrane at the crossing in V/s
     */
    void fire(int n, double s, double floor, double slope) {
        double j = noise.on() ? noise.shift(nodes.jitter[n], slope) : 0;
        double fire = Math.max(floor, s + Math.min(j, 0));
        double output = Math.max(fire, s + j);
        double halfTicks = nodes.potentialFraction[n] + fire / Kinetics.HALF_TICK_S;
        double whole = Math.floor(halfTicks);
        nodes.exact[n] = true;
        nodes.fireTick[n] = nodes.potentialTick[n] + (long) whole;
        nodes.fireFraction[n] = halfTicks - whole;
        nodes.outputTick[n] = nodes.potentialTick[n]
                + (long) Math.floor(nodes.potentialFraction[n] + output / Kinetics.HALF_TICK_S)
                + 1;
        queue.set(n, nodes.fireTick[n] + 1);
    }
}
