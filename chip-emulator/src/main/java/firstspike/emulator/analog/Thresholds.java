package firstspike.emulator.analog;

/**
 * The threshold in force of each node (analog.md 13 items 1, 2): its noise is drawn when a membrane comes near it; until
 * then a lower bound stands for it. Owned by one thread.
 */
final class Thresholds {
    private final CircuitParameters circuits;
    private final Nodes nodes;
    private final ThresholdNoise noise;

    Thresholds(CircuitParameters circuits, Nodes nodes, ThresholdNoise noise) {
        this.circuits = circuits;
        this.nodes = nodes;
        this.noise = noise;
    }

    /** A new threshold is in force from an instant. */
    void redraw(int n, long instant) {
        nodes.thresholdInstant[n] = instant;
        nodes.thresholdDrawn[n] = !noise.on();
        nodes.theta[n] = lowest(n);
    }

    /** A bound, from rest, below which no threshold of the node can be drawn. */
    double lowest(int n) {
        return nodes.thresholdBase[n] - noise.reach() - nodes.rest[n];
    }

    /** Draws the threshold in force: of several comparators the lowest counts. */
    void draw(int n) {
        NodeTopology topology = nodes.topology;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < topology.count[n]; i++) {
            int c = topology.members[topology.first[n] + i];
            if (circuits.firing[c]) {
                double volt = volt(c, n);
                if (volt < lowest) {
                    lowest = volt;
                    nodes.jitter[n] = noise.on() ? noise.jitterNormal() : 0;
                }
            }
        }
        nodes.theta[n] = lowest - nodes.rest[n];
        nodes.thresholdDrawn[n] = true;
    }

    /** Threshold in force of one circuit of a node, in volt. */
    double volt(int c, int n) {
        return circuits.thresholdVolt[c] + (noise.on() ? noise.draw(c, nodes.thresholdInstant[n]) : 0);
    }
}
