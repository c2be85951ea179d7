package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The times that groups of the lane wait for: the earliest of each stands in the queue, a bound at first, which gives way to
 * the crossing itself when its time comes. Owned by one thread.
 */
final class LaneTimes {
    private final Nodes nodes;
    private final SpikePrediction prediction;
    private final CandidateQueue queue;
    /** The place of each group whose time stands in the queue, -1 for none. */
    private final int[] first = new int[LanePlaces.MOST_GROUPS];

    LaneTimes(Nodes nodes, SpikePrediction prediction, CandidateQueue queue) {
        this.nodes = nodes;
        this.prediction = prediction;
        this.queue = queue;
        clear();
    }

    /** Nothing is waited for. */
    void clear() {
        Arrays.fill(first, -1);
    }

    /** The half-tick at which what a group waits for at one place is due. */
    static long due(LaneGroup group, int s) {
        return due(group, group.at.y[s]);
    }

    /** The half-tick for a time of a group. */
    static long due(LaneGroup group, double y) {
        return y < LaneKernel.NEVER ? group.clock + (long) Math.floor(y) + 1 : CandidateQueue.NEVER;
    }

    /** When the earliest place is due as far as is known. */
    long soonest(LaneGroup group) {
        int s = first[group.number];
        return s < 0 ? CandidateQueue.NEVER : due(group, s);
    }

    /** A place has a new time. */
    void consider(LaneGroup group, int s) {
        if (first[group.number] < 0 || group.at.y[s] < group.at.y[first[group.number]]) {
            announce(group, group.at.y[s] < LaneKernel.NEVER ? s : -1);
        }
    }

    /** A place left the lane. Returns whether the queue waited for it, so that the earliest is another now. */
    boolean left(LaneGroup group, int s) {
        boolean waited = first[group.number] == s;
        if (waited) {
            first[group.number] = -1;
        }
        return waited;
    }

    /** Lets the queue wait for the earliest place of a group. */
    void announceEarliest(LaneGroup group) {
        announce(group, group.earliest());
    }

    /** Lets the queue wait for a place of a group, -1 for none. */
    void announce(LaneGroup group, int s) {
        int before = first[group.number];
        if (before >= 0 && before != s && group.mode[before] != LaneGroup.OUT) {
            queue.set(group.node[before], CandidateQueue.NEVER);
        }
        first[group.number] = s;
        if (s >= 0) {
            queue.set(group.node[s], due(group, group.at.y[s]));
        }
    }

    /** A node in reset cannot cross before that is over; whether it can then is found out when the time comes. */
    void postpone(LaneGroup group, int s) {
        if (group.mode[s] == LaneGroup.HELD && group.at.y[s] < LaneKernel.NEVER) {
            group.at.y[s] = nodes.refractoryEnd[group.node[s]] - group.clock;
        }
    }

    /** Whether the currents of a node in reset can lift it over the threshold when they are free to. */
    boolean canCrossAfterwards(LaneGroup group, int s) {
        int n = group.node[s];
        double excitation = group.driving(s, 0) + group.driving(s, 2);
        double inhibition = nodes.equalTaus[n] ? group.driving(s, 1) + group.driving(s, 3) : 0;
        double lift = (excitation * group.at.excess[s] + inhibition) * group.at.peak[s];
        double time = (nodes.clampEnd[n] - group.tick(s)) * Kinetics.HALF_TICK_S / group.at.longestTau[s];
        return lift >= group.at.theta[s] * SpikeBounds.lessThanGrowth(Math.max(time, 0)) * SpikeBounds.EARLIER
                || group.at.theta[s] <= 0;
    }

    /** Replaces the bound of a free place by the crossing itself. */
    void refine(LaneGroup group, int s) {
        int n = group.node[s];
        prediction.begin(group.at.u[s], n);
        for (int k = 0; k < LaneGroup.LINES; k++) {
            int l = group.line[LaneGroup.LINES * s + k];
            double driving = group.driving(s, k);
            if (l >= 0 && driving != 0) {
                prediction.add(driving, n, l);
            }
        }
        nodes.potentialTick[n] = group.tick(s);
        nodes.potentialFraction[n] = 0;
        if (prediction.crosses(n, group.at.u[s])) {
            group.at.y[s] = nodes.fireTick[n] - group.clock;
            group.setExact(s, true);
        } else {
            group.at.y[s] = Double.POSITIVE_INFINITY;
        }
        if (first[group.number] != s) {
            queue.set(n, CandidateQueue.NEVER);
        }
    }
}
