package firstspike.emulator.analog;

/**
 * When a node is at rest, and what that means (analog.md 9): a node that nothing touched for 24 of its longest time constants
 * stands exactly at its resting potential, without currents. Owned by one thread.
 */
final class RestRule {
    private final Nodes nodes;
    private final Thresholds thresholds;

    RestRule(Nodes nodes, Thresholds thresholds) {
        this.nodes = nodes;
        this.thresholds = thresholds;
    }

    /** Whether a node is at rest at h; draws the threshold in force if it matters. */
    boolean applies(int n, long h) {
        double span = nodes.restSpan[n];
        if (h - nodes.disturbed[n] < span || h - nodes.refractoryEnd[n] - nodes.refractoryFraction[n] < span) {
            return false;
        }
        if (!nodes.fires[n] || thresholds.lowest(n) > 0) {
            return true;
        }
        if (nodes.phase[n] != Nodes.FREE) {
            thresholds.redraw(n, nodes.refractoryEnd[n]);
        }
        if (!nodes.thresholdDrawn[n]) {
            thresholds.draw(n);
        }
        return nodes.theta[n] > 0;
    }

    /** Puts a node to rest at h. */
    void apply(int n, long h) {
        if (nodes.phase[n] != Nodes.FREE) {
            nodes.phase[n] = Nodes.FREE;
            thresholds.redraw(n, nodes.refractoryEnd[n]);
        }
        nodes.u[n] = 0;
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            nodes.current[nodes.liveLine[i]] = 0;
        }
        nodes.currentTick[n] = h;
        nodes.potentialTick[n] = h;
        nodes.potentialFraction[n] = 0;
    }
}
