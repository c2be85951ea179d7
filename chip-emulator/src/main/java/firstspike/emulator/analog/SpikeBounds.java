package firstspike.emulator.analog;

/** Bounds that tell without a transcendental function that a node cannot fire, or not before some time. */
final class SpikeBounds {
    /** No crossing is possible. */
    static final double IMPOSSIBLE = -1;
    /** Lower bounds of a time are shortened by this much, more than their rounding error. */
    static final double EARLIER = 1 - 1e-9;

    private final Nodes nodes;
    private final Trajectory trajectory;

    SpikeBounds(Nodes nodes, Trajectory trajectory) {
        this.nodes = nodes;
        this.trajectory = trajectory;
    }

    /**
     * A lower bound of the time in seconds at which a free node crosses its threshold: 0 if it stands at or above it,
     * {@link #IMPOSSIBLE} if it never does.
     */
    double earliest(int n) {
        double theta = nodes.theta[n];
        double x = nodes.u[n];
        if (x >= theta) {
            return 0;
        }
        double age = trajectory.currentAge(n);
        double net = 0;
        double excitation = 0;
        double reach = 0;
        double largestPeak = 0;
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l];
            if (q == 0) {
                continue;
            }
            if (age > 0) {
                q *= Kinetics.decay(age, nodes.tauX[l]);
            }
            net += q;
            largestPeak = Math.max(largestPeak, nodes.peak[l]);
            if (q > 0) {
                excitation += q;
                reach += q * nodes.peak[l];
            }
        }
        if (nodes.equalTaus[n]) {
            excitation = Math.max(net, 0);
            reach = excitation * largestPeak;
        }
        if (Math.max(x, 0) + reach < theta) {
            return IMPOSSIBLE;
        }
        // with the excitation constant and no inhibition the membrane rises at most at its first slope
        double slope = excitation * nodes.inverseCapacitance[n] - x * nodes.inverseTauM[n];
        return slope > 0 ? (theta - x) / slope * EARLIER : IMPOSSIBLE;
    }

    /** How far the currents can lift the membrane, in volt, after they decayed for some seconds. */
    double lift(int n, double seconds) {
        double net = 0;
        double excitation = 0;
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            double q = nodes.factor[l] * nodes.current[l] * nodes.peak[l];
            if (seconds > 0) {
                q /= lessThanGrowth(seconds / nodes.tauX[l]);
            }
            net += q;
            excitation += q > 0 ? q : 0;
        }
        return nodes.equalTaus[n] ? Math.max(net, 0) : excitation;
    }

    /** A number of at most e^y, for y >= 0. */
    static double lessThanGrowth(double y) {
        return 1 + y + y * y / 2;
    }
}
