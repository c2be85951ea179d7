package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * The hot loop: events at nodes with the lines of at most two circuits, free, held at reset or at rest, from tick to tick.
 * They stand in {@link LaneGroup}s of nodes that the same events reach, a layer of a network for example, and a group moves
 * as columns. While a node is in the lane its place there is the truth, and {@link #leave} writes it back. All arithmetic
 * equals that of {@link Trajectory} bit for bit, so it does not matter which nodes are in the lane. What the lane cannot do
 * it hands back in {@link #handedBack}. Owned by one thread.
 */
final class EventLane {
    private static final int N = Nodes.N;
    private static final long TICK = 2;

    /** Nodes of the last {@code run} that need the general way, and how many. */
    final int[] handedBack = new int[N];

    int handedBackCount;

    private final Nodes nodes;
    private final CircuitParameters circuits;
    private final ThresholdNoise noise;
    private final Thresholds thresholds;
    private final Trajectory trajectory;
    private final SpikePrediction prediction;
    private final RestRule rest;
    private final CandidateQueue queue;
    private LaneKernel kernel;
    private final boolean saturating;
    private final double railLow;
    private final double railHigh;

    private final LanePlaces places;
    private final LaneTimes times;
    private final long[] outsideMark = new long[N];

    EventLane(
            ChipModel model,
            CircuitParameters circuits,
            Nodes nodes,
            ThresholdNoise noise,
            Thresholds thresholds,
            Trajectory trajectory,
            SpikePrediction prediction,
            RestRule rest,
            CandidateQueue queue,
            LaneKernel kernel) {
        this.nodes = nodes;
        this.circuits = circuits;
        this.noise = noise;
        this.thresholds = thresholds;
        this.trajectory = trajectory;
        this.prediction = prediction;
        this.rest = rest;
        this.queue = queue;
        this.kernel = kernel;
        saturating = model.fidelity().varied();
        railLow = model.laws().railLowV();
        railHigh = model.laws().railHighV();
        places = new LanePlaces(saturating);
        times = new LaneTimes(nodes, prediction, queue);
        Arrays.fill(outsideMark, Long.MIN_VALUE);
    }

    /** Takes over the groups of another lane, whose nodes have the same constants; all of them stay out. */
    void copyGroups(EventLane from) {
        kernel = from.kernel.copy();
        places.copyFrom(from.places, kernel);
    }

    LanePlaces places() {
        return places;
    }

    /** A node that is not in the lane has new constants: where its lines and tables are those of before it keeps its place. */
    void changed(int n) {
        if (!places.has(n)) {
            return;
        }
        LaneGroup group = places.groupOf(n);
        int s = places.placeOf(n);
        if (group.prepared[s] && suits(n) && group.hasLinesOf(s, nodes, trajectory)) {
            group.prepare(s, nodes, circuits, trajectory, railLow, railHigh);
        } else {
            group.prepared[s] = false;
        }
    }

    /** The lines that take part in a node change. */
    void forget(int n) {
        leave(n);
        if (places.has(n)) {
            places.groupOf(n).prepared[places.placeOf(n)] = false;
        }
    }

    /** Lines take part in their membranes that did not before, or do no longer. */
    void regroup() {
        places.regroup();
    }

    /** Another grouping of circuits into nodes: the lane begins anew, empty. */
    void clear() {
        for (int n = 0; n < N; n++) {
            leave(n);
        }
        places.clear();
        times.clear();
    }

    /** Puts nodes that are at rest into the lane, all of which were there before. */
    void enterResting() {
        for (LaneGroup group : places.groups()) {
            for (int s = 0; s < group.size; s++) {
                if (group.mode[s] == LaneGroup.OUT && group.prepared[s] && thresholds.lowest(group.node[s]) > 0) {
                    rest(group, s);
                }
            }
        }
    }

    private void rest(LaneGroup group, int s) {
        group.at.clear(s);
        group.set(s, LaneGroup.REST);
        freeConstants(group, s);
        group.at.theta[s] = thresholds.lowest(group.node[s]);
        group.drawn[s] = !noise.on();
        group.at.shift[s] = noise.on() ? noise.earliestShift(-PolynomialNormal.LARGEST) : 0;
        group.setExact(s, false);
    }

    private static void freeConstants(LaneGroup group, int s) {
        group.at.gate[s] = 1;
        group.at.chord[s] = group.at.freeChord[s];
        group.at.inverseTau[s] = group.at.freeInverseTau[s];
    }

    /** Whether a node is in the lane. */
    boolean holds(int n) {
        return places.has(n) && places.groupOf(n).mode[places.placeOf(n)] != LaneGroup.OUT;
    }

    // ---- in and out ------------------------------------------------------------------------------------------------

    /** Takes a node in that had an event just now, or was just reset, if the lane can serve it. */
    void enter(int n) {
        boolean held = nodes.phase[n] == Nodes.CLAMPED && nodes.clampTau[n] == 0;
        boolean free = nodes.phase[n] == Nodes.FREE
                && nodes.potentialTick[n] == nodes.currentTick[n]
                && nodes.potentialFraction[n] == 0
                && nodes.theta[n] > 0
                && !(nodes.exact[n] && queue.due(n) != CandidateQueue.NEVER);
        if ((nodes.currentTick[n] & 1) != 0
                || !held && !free
                || nodes.currentTick[n] != nodes.lastEvent[n]
                || nodes.stimulusGap[n] < LaneGroup.SPAN
                || !suits(n)
                || !driven(n)
                || !places.has(n) && !places.settle(n, kernel)) {
            return;
        }
        LaneGroup group = places.groupOf(n);
        int s = places.placeOf(n);
        if (!group.prepared[s]) {
            group.prepare(s, nodes, circuits, trajectory, railLow, railHigh);
            places.regroupOnce();
        }
        if (group.idle()) {
            Arrays.fill(group.apart, 0);
            group.clock = nodes.currentTick[n];
        }
        group.setTick(s, nodes.currentTick[n]);
        group.at.u[s] = free ? nodes.u[n] : 0;
        for (int k = 0; k < LaneGroup.LINES; k++) {
            int l = group.line[LaneGroup.LINES * s + k];
            group.setLine(s, k, l < 0 ? 0 : nodes.current[l], l < 0 ? 0 : nodes.factor[l]);
        }
        nodes.exact[n] = false;
        queue.set(n, CandidateQueue.NEVER);
        group.drawn[s] = nodes.thresholdDrawn[n];
        if (free) {
            group.set(s, LaneGroup.FREE);
            freeConstants(group, s);
            setThreshold(group, s);
        } else {
            group.set(s, LaneGroup.HELD);
            group.at.gate[s] = 0;
            group.at.chord[s] = 0;
            group.at.inverseTau[s] = 0;
            group.at.shift[s] = 0;
            group.at.theta[s] = thresholds.lowest(n) - Math.max(nodes.u[n], 0);
            group.release = Math.min(group.release, nodes.clampEnd[n]);
        }
        group.bound(s);
        times.postpone(group, s);
        times.consider(group, s);
    }

    /** Whether a node's live lines are those of at most two circuits, connected. */
    private boolean suits(int n) {
        int from = 2 * nodes.topology.first[n];
        int count = nodes.liveCount[n];
        if (count == 0 || count > LaneGroup.LINES || nodes.topology.coupledNodes[n].length > 1) {
            return false;
        }
        int low = nodes.liveLine[from] >> 1;
        int high = nodes.liveLine[from + count - 1] >> 1;
        for (int i = from; i < from + count; i++) {
            int l = nodes.liveLine[i];
            if (l >> 1 != low && l >> 1 != high || !circuits.connected[l]) {
                return false;
            }
        }
        return true;
    }

    private boolean driven(int n) {
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            if (nodes.current[nodes.liveLine[i]] != 0) {
                return true;
            }
        }
        return false;
    }

    private void setThreshold(LaneGroup group, int s) {
        int n = group.node[s];
        group.drawn[s] = nodes.thresholdDrawn[n];
        group.at.theta[s] = nodes.theta[n];
        group.at.shift[s] =
                noise.on() ? noise.earliestShift(group.drawn[s] ? nodes.jitter[n] : -PolynomialNormal.LARGEST) : 0;
    }

    /** Writes a node's place back, which it may go on with. */
    void write(int n) {
        if (places.has(n)) {
            write(places.groupOf(n), places.placeOf(n));
        }
    }

    private void write(LaneGroup group, int s) {
        byte mode = group.mode[s];
        if (mode == LaneGroup.OUT || mode == LaneGroup.REST) {
            return;
        }
        int n = group.node[s];
        long tick = group.tick(s);
        for (int k = 0; k < LaneGroup.LINES; k++) {
            int l = group.line[LaneGroup.LINES * s + k];
            if (l >= 0) {
                nodes.current[l] = group.current(s, k);
                if (saturating) {
                    nodes.factor[l] = group.at.factor[k][s];
                    nodes.compression[l] = Math.abs(group.at.factor[k][s]);
                }
            }
        }
        nodes.currentTick[n] = tick;
        nodes.lastEvent[n] = tick;
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], tick);
        if (mode == LaneGroup.FREE) {
            nodes.u[n] = group.at.u[s];
            nodes.potentialTick[n] = tick;
            nodes.potentialFraction[n] = 0;
        }
    }

    /** Writes a node's place back and takes the node out; what it waits for stands in the queue. */
    void leave(int n) {
        if (!holds(n)) {
            return;
        }
        LaneGroup group = places.groupOf(n);
        int s = places.placeOf(n);
        takeOut(group, s);
        if (times.left(group, s)) {
            times.announceEarliest(group);
        }
    }

    /** Takes all nodes out that are not at rest; where there are none, nothing changes, for threads copy one lane. */
    void leaveMoving() {
        for (LaneGroup group : places.groups()) {
            if (!group.idle()) {
                for (int s = 0; s < group.size; s++) {
                    if (group.mode[s] == LaneGroup.FREE || group.mode[s] == LaneGroup.HELD) {
                        leave(group.node[s]);
                    }
                }
            }
        }
    }

    private void takeOut(LaneGroup group, int s) {
        int n = group.node[s];
        write(group, s);
        byte mode = group.mode[s];
        double y = group.at.y[s];
        nodes.exact[n] = mode == LaneGroup.FREE && group.isExact(s);
        group.set(s, LaneGroup.OUT);
        boolean bounded = y < LaneKernel.NEVER && !nodes.exact[n];
        if (mode == LaneGroup.HELD || mode == LaneGroup.FREE && bounded) {
            // what the queue waits for outside has its threshold drawn
            prediction.of(n);
        } else {
            queue.set(n, LaneTimes.due(group, y));
        }
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    /** The pulses of half-tick h, plain ones of these fans; what handed back nodes get is added to {@code pending}. */
    void run(FanReach[] pulses, int count, long h, long[] pending) {
        handedBackCount = 0;
        places.eventBegins();
        int reached = 0;
        for (int i = 0; i < count; i++) {
            for (LaneRows rows : pulses[i].rows) {
                LaneGroup group = places.group(rows.group);
                if ((reached >>> rows.group & 1) == 0) {
                    reached |= 1 << rows.group;
                    group.only = rows;
                } else {
                    sum(group, rows);
                }
            }
            handBack(pulses[i], h, pending);
        }
        for (int left = reached; left != 0; left &= left - 1) {
            LaneGroup group = places.group(Integer.numberOfTrailingZeros(left));
            step(group, group.only, h);
            handBack(group, pending);
        }
        places.chooseHomes(reached, handedBack, handedBackCount);
    }

    private static void sum(LaneGroup group, LaneRows more) {
        if (group.rows == null) {
            group.rows = new LaneRows(group.number, group.capacity());
        }
        if (group.only != group.rows) {
            group.rows.begin(group.only);
            group.only = group.rows;
        }
        group.rows.add(more);
    }

    /** The pulses of half-tick h, summed up in {@code pending}, at these nodes: the general way for all of them. */
    void run(int[] touched, int count) {
        places.eventBegins();
        places.forgetHomes();
        handedBackCount = 0;
        for (int i = 0; i < count; i++) {
            leave(touched[i]);
            handedBack[handedBackCount++] = touched[i];
        }
    }

    private void step(LaneGroup group, LaneRows pulses, long h) {
        if ((h & 1) != 0 || h <= group.clock) {
            dismissReached(group, pulses);
            return;
        }
        if (group.release <= h) {
            release(group, h);
        }
        if (times.soonest(group) <= h + 1) {
            dismissDue(group, h + 1);
        }
        if (h - group.clock >= LaneGroup.SPAN) {
            restOrPart(group, h - TICK);
        }
        moveTogether(group, pulses, h);
        for (int w = 0; w < group.apart.length; w++) {
            wake(group, pulses.reached[w] & group.placesOf[LaneGroup.REST][w], w, h);
        }
        times.announceEarliest(group);
    }

    private void handBack(FanReach pulse, long h, long[] pending) {
        for (int n : pulse.outside) {
            if (outsideMark[n] != h) {
                outsideMark[n] = h;
                handedBack[handedBackCount++] = n;
            }
        }
        for (int i = 0; i < pulse.outsideLine.length; i++) {
            pending[pulse.outsideLine[i]] += pulse.outsideIncrement[i];
        }
    }

    private void handBack(LaneGroup group, long[] pending) {
        LaneRows pulses = group.only;
        for (int w = 0; w < group.apart.length; w++) {
            long out = pulses.reached[w] & group.placesOf[LaneGroup.OUT][w];
            for (; out != 0; out &= out - 1) {
                int s = w << 6 | Long.numberOfTrailingZeros(out);
                handedBack[handedBackCount++] = group.node[s];
                for (int k = 0; k < LaneGroup.LINES; k++) {
                    int l = group.line[LaneGroup.LINES * s + k];
                    if (l >= 0) {
                        pending[l] += Math.abs(pulses.units(s, k));
                    }
                }
            }
        }
    }

    /** Between two ticks nothing moves here. */
    private void dismissReached(LaneGroup group, LaneRows pulses) {
        for (int s = 0; s < group.size; s++) {
            if (pulses.reaches(s)) {
                leave(group.node[s]);
            }
        }
    }

    /** Nodes whose reset ends in front of h go on in the general way. */
    private void release(LaneGroup group, long h) {
        long next = Long.MAX_VALUE;
        boolean waited = false;
        for (int w = 0; w < group.apart.length; w++) {
            for (long held = group.placesOf[LaneGroup.HELD][w]; held != 0; held &= held - 1) {
                int s = w << 6 | Long.numberOfTrailingZeros(held);
                long end = nodes.clampEnd[group.node[s]];
                if (end <= h) {
                    takeOut(group, s);
                    waited |= times.left(group, s);
                } else {
                    next = Math.min(next, end);
                }
            }
        }
        group.release = next;
        if (waited) {
            // others may be due in front of this event: they must not be moved past their crossings
            times.announceEarliest(group);
        }
    }

    /** Nodes that have something to do at h or just in front of it go on in the general way. */
    private void dismissDue(LaneGroup group, long h) {
        for (int s = 0; s < group.size; s++) {
            if (LaneTimes.due(group, s) <= h) {
                takeOut(group, s);
                times.left(group, s);
            }
        }
    }

    private void moveTogether(LaneGroup group, LaneRows pulses, long h) {
        group.move(pulses, h - group.clock);
        for (int w = 0; w < group.apart.length; w++) {
            for (long late = group.apart[w] & pulses.reached[w]; late != 0; late &= late - 1) {
                moveAlone(group, w << 6 | Long.numberOfTrailingZeros(late), pulses, h);
            }
            for (long held = group.placesOf[LaneGroup.HELD][w]; held != 0; held &= held - 1) {
                times.postpone(group, w << 6 | Long.numberOfTrailingZeros(held));
            }
        }
    }

    /** Moves a place that an event reached, and has a time of its own, to the time of the group. */
    private void moveAlone(LaneGroup group, int s, LaneRows pulses, long h) {
        long gap = h - group.ownTick[s];
        if (gap >= LaneGroup.SPAN || (gap & 1) != 0) {
            takeOut(group, s);
        } else {
            group.moveOne(s, pulses, gap);
            group.setTick(s, h);
            group.bound(s);
        }
    }

    /** After a long gap: places that have come to rest are so from h on, the others have a time of their own. */
    private void restOrPart(LaneGroup group, long h) {
        times.announce(group, -1);
        long shift = h - group.clock;
        for (int s = 0; s < group.size; s++) {
            byte mode = group.mode[s];
            if (mode == LaneGroup.FREE || mode == LaneGroup.HELD) {
                long tick = group.tick(s);
                write(group, s);
                int n = group.node[s];
                if (thresholds.lowest(n) > 0 && rest.applies(n, h)) {
                    rest(group, s);
                } else {
                    group.part(s, tick);
                    group.at.y[s] -= shift;
                }
            }
        }
        group.clock = h;
    }

    private void wake(LaneGroup group, long places, int w, long h) {
        for (long left = places; left != 0; left &= left - 1) {
            int s = w << 6 | Long.numberOfTrailingZeros(left);
            int n = group.node[s];
            nodes.phase[n] = Nodes.FREE;
            nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], h);
            thresholds.redraw(n, h);
            group.set(s, LaneGroup.FREE);
        }
    }

    // ---- resets and crossings --------------------------------------------------------------------------------------

    /**
     * The time came that the queue waits for on behalf of a node.
     *
     * @return whether the node goes on in the general way: it has left the lane
     */
    boolean due(int n, long h) {
        LaneGroup group = places.groupOf(n);
        int s = places.placeOf(n);
        while (LaneTimes.due(group, s) <= h) {
            boolean held = group.mode[s] == LaneGroup.HELD;
            if (held && !times.canCrossAfterwards(group, s)) {
                group.at.y[s] = Double.POSITIVE_INFINITY;
            } else if (held || group.isExact(s)) {
                leave(n);
                return true;
            } else if (!group.drawn[s]) {
                thresholds.draw(n);
                setThreshold(group, s);
                group.bound(s);
            } else {
                times.refine(group, s);
            }
        }
        times.announceEarliest(group);
        return false;
    }
}
