package firstspike.emulator.analog;

/**
 * Computes the constants of nodes from those of their circuits (analog.md 8, 9), and keeps the lists of live lines: a line
 * takes part in its node's membrane only from the first event that can reach it. Owned by one thread.
 */
final class NodeBuilder {
    private final ChipModel model;
    private final CircuitParameters circuits;
    private final Nodes nodes;

    NodeBuilder(ChipModel model, CircuitParameters circuits, Nodes nodes) {
        this.model = model;
        this.circuits = circuits;
        this.nodes = nodes;
    }

    /** Lists the live lines of a node anew, after the grouping changed. */
    void list(int n) {
        NodeTopology topology = nodes.topology;
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
        characterise(n);
    }

    /**
     * Lines without current stop to take part until an event reaches them again: what once reached all lines of a chip, a look
     * at its calibration for example, must not slow down what comes after.
     *
     * @param pending sums of the present instant, by line
     * @return whether there was one
     */
    boolean forgetSilent(int n, long[] pending) {
        int from = 2 * nodes.topology.first[n];
        int count = nodes.liveCount[n];
        int kept = 0;
        for (int i = from; i < from + count; i++) {
            int l = nodes.liveLine[i];
            if (nodes.current[l] != 0 || pending[l] != 0) {
                nodes.liveLine[from + kept++] = l;
            } else {
                nodes.live[l] = false;
            }
        }
        nodes.liveCount[n] = kept;
        return kept < count;
    }

    /** Makes a line live; tells its node. */
    int activate(int l) {
        int n = nodes.topology.nodeOf[l >> 1];
        int from = 2 * nodes.topology.first[n];
        int at = from + nodes.liveCount[n]++;
        while (at > from && nodes.liveLine[at - 1] > l) {
            nodes.liveLine[at] = nodes.liveLine[at - 1];
            at--;
        }
        nodes.liveLine[at] = l;
        nodes.live[l] = true;
        characterise(n);
        return n;
    }

    /** Computes the constants of a node; its potential in volt stays. */
    void rebuild(int n) {
        NodeTopology topology = nodes.topology;
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
                nodes.soleComparator[n] = k;
                comparators++;
            }
        }
        if (comparators != 1) {
            nodes.soleComparator[n] = -1;
        }
        double tauM = c / g;
        nodes.capacitance[n] = c;
        nodes.inverseCapacitance[n] = 1 / c;
        nodes.tauM[n] = tauM;
        nodes.inverseTauM[n] = 1 / tauM;
        nodes.rest[n] = gv / g + offset / g;
        nodes.u[n] = volt - nodes.rest[n];
        nodes.fires[n] = comparators > 0;
        nodes.thresholdBase[n] = lowest;
        nodes.restSpan[n] = model.defaults().rest().tauMultiple() * Math.max(longest, tauM) / Kinetics.HALF_TICK_S;
        nodes.stimulusGap[n] =
                (long) Math.min(model.defaults().noise().stimulusGapHalfTicks(), Math.ceil(nodes.restSpan[n]));
        for (int i = 0; i < topology.count[n]; i++) {
            int k = topology.members[topology.first[n] + i];
            rebuildLine(2 * k, tauM, c, 1);
            rebuildLine(2 * k + 1, tauM, c, -1);
        }
        characterise(n);
    }

    private void rebuildLine(int l, double tauM, double c, int sign) {
        nodes.factor[l] = circuits.connected[l] ? sign * nodes.compression[l] : 0;
        double tau = circuits.tau[l];
        if (nodes.tauX[l] == tau && nodes.lineTauM[l] == tauM && nodes.lineCapacitance[l] == c) {
            return;
        }
        double peak = Kinetics.peak(tauM, tau);
        nodes.tauX[l] = tau;
        nodes.lineTauM[l] = tauM;
        nodes.lineCapacitance[l] = c;
        nodes.peak[l] = peak / c;
        nodes.chord[l] = 1 - peak / tauM;
        nodes.table[l] = null;
    }

    private void characterise(int n) {
        int from = 2 * nodes.topology.first[n];
        int count = nodes.liveCount[n];
        boolean equal = true;
        boolean pair = count > 0;
        for (int i = from + 1; i < from + count; i++) {
            equal &= nodes.tauX[nodes.liveLine[i]] == nodes.tauX[nodes.liveLine[from]];
            pair &= nodes.liveLine[i] >> 1 == nodes.liveLine[from] >> 1;
        }
        nodes.equalTaus[n] = equal;
        nodes.pairLine[n] = pair ? nodes.liveLine[from] & ~1 : -1;
    }
}
