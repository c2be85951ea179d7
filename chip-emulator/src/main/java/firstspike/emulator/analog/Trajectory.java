package firstspike.emulator.analog;

/**
 * Where membranes and currents of nodes are between instants: the closed form of analog.md 9, and the clamp of section 7.
 * Factors come from tables for whole ticks while a current flows, and are computed otherwise: which of the two depends on
 * the state and the gap alone. Owned by one thread.
 */
final class Trajectory {
    private final Nodes nodes;
    private final Thresholds thresholds;
    private final LineTables tables;
    private final double railLow;
    private final double railHigh;

    Trajectory(ChipModel model, Nodes nodes, Thresholds thresholds, LineTables tables) {
        this.nodes = nodes;
        this.tables = tables;
        this.thresholds = thresholds;
        this.railLow = model.laws().railLowV();
        this.railHigh = model.laws().railHighV();
    }

    static boolean before(long tick, double fraction, long otherTick, double otherFraction) {
        return tick < otherTick || tick == otherTick && fraction < otherFraction;
    }

    private static double seconds(long toTick, double toFraction, long fromTick, double fromFraction) {
        return ((toTick - fromTick) + (toFraction - fromFraction)) * Kinetics.HALF_TICK_S;
    }

    /** Seconds by which the node's currents are older than its potential. */
    double currentAge(int n) {
        return seconds(nodes.potentialTick[n], nodes.potentialFraction[n], nodes.currentTick[n], 0);
    }

    /** Potential of a node in volt at an instant, within the rails, as its present state says; changes nothing. */
    double volt(int n, long h, double fraction) {
        double x;
        if (nodes.phase[n] != Nodes.CLAMPED) {
            x = free(n, nodes.u[n], nodes.potentialTick[n], nodes.potentialFraction[n], h, fraction);
        } else if (before(h, fraction, nodes.clampEnd[n], nodes.refractoryFraction[n])) {
            x = clamped(n, h, fraction);
        } else {
            double start = clamped(n, nodes.clampEnd[n], nodes.refractoryFraction[n]);
            x = free(n, start, nodes.clampEnd[n], nodes.refractoryFraction[n], h, fraction);
        }
        return clip(x + nodes.rest[n]);
    }

    /** Current of a line in ampere at an instant, as its present state says; changes nothing. */
    double current(int n, int l, long h, double fraction) {
        double i = nodes.current[l];
        return i == 0 ? 0 : i * Kinetics.decay(seconds(h, fraction, nodes.currentTick[n], 0), nodes.tauX[l]);
    }

    double clip(double volt) {
        return Math.max(railLow, Math.min(railHigh, volt));
    }

    /** Potential from rest at an instant within the present phase. */
    double at(int n, long tick, double fraction) {
        return nodes.phase[n] == Nodes.CLAMPED
                ? clamped(n, tick, fraction)
                : free(n, nodes.u[n], nodes.potentialTick[n], nodes.potentialFraction[n], tick, fraction);
    }

    private double free(int n, double start, long fromTick, double fromFraction, long tick, double fraction) {
        double s = seconds(tick, fraction, fromTick, fromFraction);
        double age = seconds(fromTick, fromFraction, nodes.currentTick[n], 0);
        double x = start * Kinetics.decay(s, nodes.tauM[n]);
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l];
            if (q != 0) {
                q *= age > 0 ? Kinetics.decay(age, nodes.tauX[l]) : 1;
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

    /** Moves a node to h; ends of clamp and refractory period that lie before are passed. */
    void move(int n, long h) {
        moveBeyondRails(n, h);
        double low = railLow - nodes.rest[n];
        double high = railHigh - nodes.rest[n];
        nodes.u[n] = Math.max(low, Math.min(high, nodes.u[n]));
    }

    /** As {@link #move}, but the rails, which count where something reaches the node, do not. */
    void moveBeyondRails(int n, long h) {
        if (nodes.phase[n] != Nodes.FREE || !moveByTables(n, h)) {
            movePotential(n, h, 0);
            moveCurrents(n, h);
        }
    }

    /** Moves the potential alone; while it is held, nothing. */
    void movePotential(int n, long tick, double fraction) {
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
            thresholds.redraw(n, nodes.refractoryEnd[n]);
        }
        nodes.u[n] = free(n, nodes.u[n], nodes.potentialTick[n], nodes.potentialFraction[n], tick, fraction);
        nodes.potentialTick[n] = tick;
        nodes.potentialFraction[n] = fraction;
    }

    private boolean moveByTables(int n, long h) {
        long gap = h - nodes.currentTick[n];
        int count = nodes.liveCount[n];
        if (count == 0
                || !LineTable.covers(gap)
                || nodes.potentialTick[n] != nodes.currentTick[n]
                || nodes.potentialFraction[n] != 0) {
            return false;
        }
        int from = 2 * nodes.topology.first[n];
        boolean driven = false;
        for (int i = from; i < from + count; i++) {
            driven |= nodes.current[nodes.liveLine[i]] != 0;
        }
        if (!driven) {
            return false;
        }
        double x = nodes.u[n] * table(n, nodes.liveLine[from]).membraneDecay(gap);
        for (int i = from; i < from + count; i++) {
            int l = nodes.liveLine[i];
            LineTable table = table(n, l);
            x += nodes.factor[l] * nodes.current[l] * table.response(gap);
            nodes.current[l] *= table.lineDecay(gap);
        }
        nodes.u[n] = x;
        nodes.currentTick[n] = h;
        nodes.potentialTick[n] = h;
        return true;
    }

    /** Moves the currents alone. */
    void moveCurrents(int n, long h) {
        long gap = h - nodes.currentTick[n];
        if (gap == 0) {
            return;
        }
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            if (nodes.current[l] != 0) {
                nodes.current[l] *= LineTable.covers(gap)
                        ? table(n, l).lineDecay(gap)
                        : Kinetics.decay(gap * Kinetics.HALF_TICK_S, nodes.tauX[l]);
            }
        }
        nodes.currentTick[n] = h;
    }

    /** The table of a line, made when first needed. */
    LineTable table(int n, int l) {
        LineTable table = nodes.table[l];
        if (table == null) {
            table = tables.of(nodes.tauM[n], nodes.tauX[l], nodes.inverseCapacitance[n]);
            nodes.table[l] = table;
        }
        return table;
    }

    /** Gives the node's membrane to the solver, as it is at the instant of its potential. */
    void load(CrossingSolver solver, int n) {
        double age = currentAge(n);
        solver.begin(nodes.u[n], nodes.tauM[n]);
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l];
            if (q != 0) {
                q *= age > 0 ? Kinetics.decay(age, nodes.tauX[l]) : 1;
                solver.add(q * nodes.inverseCapacitance[n], nodes.tauX[l]);
            }
        }
    }
}
