package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * Moves the membranes of all nodes from instant to instant: exact advance, prediction of crossings, spikes and reset phases
 * (analog.md 7, 9, 11, 13). A node is advanced only when something reaches it. Mutable; owned by one thread.
 */
final class Membranes {
    /** Ampere per unit of the integers in which the pulses of one tick add up, so that their order cannot matter. */
    static final double PULSE_UNIT_A = 0x1.0p-74;

    private static final int N = Nodes.N;

    final Nodes nodes;
    final CandidateQueue queue;
    final FiringList firings;
    final long[] pending = new long[2 * N];

    private final ChipModel model;
    private final CircuitParameters circuits;
    private final ThresholdNoise noise;
    private final LineTables tables;
    private final NodeBuilder builder;
    private final Thresholds thresholds;
    private final Trajectory trajectory;
    private final SpikePrediction prediction;
    private final SteppedNodes stepped;
    private final RestRule rest;
    private final ResetPhases resets;
    private final EventLane lane;
    private final boolean saturating;
    private long spikes;
    private long constantsVersion;

    Membranes(ChipModel model, CircuitParameters circuits, TrialClock clock, LineTables tables) {
        this(model, circuits, clock, tables, new Nodes(), new CandidateQueue(N), new FiringList());
    }

    private Membranes(
            ChipModel model,
            CircuitParameters circuits,
            TrialClock clock,
            LineTables tables,
            Nodes nodes,
            CandidateQueue queue,
            FiringList firings) {
        this.model = model;
        this.circuits = circuits;
        this.tables = tables;
        this.nodes = nodes;
        this.queue = queue;
        this.firings = firings;
        noise = new ThresholdNoise(model, clock);
        builder = new NodeBuilder(model, circuits, nodes);
        thresholds = new Thresholds(circuits, nodes, noise);
        trajectory = new Trajectory(model, nodes, thresholds, tables);
        prediction = new SpikePrediction(model, nodes, queue, noise, thresholds, trajectory);
        stepped = new SteppedNodes(model, circuits, nodes, queue, noise, thresholds, prediction);
        rest = new RestRule(nodes, thresholds);
        resets = new ResetPhases(model, circuits, nodes, trajectory, stepped);
        lane = new EventLane(
                model, circuits, nodes, noise, thresholds, trajectory, prediction, rest, queue, LaneKernels.chosen());
        saturating = model.fidelity().varied();
    }

    Membranes copy(CircuitParameters otherCircuits, TrialClock otherClock) {
        writeLane();
        Membranes other =
                new Membranes(model, otherCircuits, otherClock, tables, nodes.copy(), queue.copy(), firings.copy());
        other.spikes = spikes;
        other.stepped.copyFrom(stepped);
        Arrays.fill(other.nodes.firstTouch, Long.MAX_VALUE);
        other.lane.copyGroups(lane);
        return other;
    }

    /** Takes over the state of the nodes that another array, a copy of this one, touched. */
    void adopt(Membranes other) {
        other.writeLane();
        NodeTopology topology = nodes.topology;
        for (int n = 0; n < N; n++) {
            if (other.nodes.firstTouch[n] == Long.MAX_VALUE) {
                continue;
            }
            lane.leave(n);
            boolean sameLines = nodes.liveCount[n] == other.nodes.liveCount[n];
            nodes.copyState(other.nodes, n);
            int from = 2 * topology.first[n];
            for (int i = 0; i < topology.count[n]; i++) {
                int c = topology.members[topology.first[n] + i];
                nodes.copyLine(other.nodes, 2 * c);
                nodes.copyLine(other.nodes, 2 * c + 1);
            }
            System.arraycopy(other.nodes.liveLine, from, nodes.liveLine, from, 2 * topology.count[n]);
            nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], other.nodes.firstTouch[n]);
            nodes.equalTaus[n] = other.nodes.equalTaus[n];
            nodes.pairLine[n] = other.nodes.pairLine[n];
            queue.set(n, other.queue.due(n));
            if (!sameLines) {
                lane.forget(n);
                lane.regroup();
            }
        }
        firings.clear();
        firings.addAll(other.firings);
        spikes += other.spikes;
    }

    /** Puts every node to rest at h, as a window that begins between two stimuli finds it. */
    void restAll(long h) {
        firings.clear();
        for (int n = 0; n < N; n++) {
            if (nodes.topology.count[n] > 0) {
                lane.leave(n);
                toRest(n, h);
            }
        }
        lane.enterResting();
    }

    /** Brings {@link #nodes} and {@link #queue} up to date for a reader; the hot loop keeps what it works on apart. */
    void writeLane() {
        lane.leaveMoving();
    }

    NodeTopology topology() {
        return nodes.topology;
    }

    /** Grows whenever constants of a node may have changed. */
    long constantsVersion() {
        return constantsVersion;
    }

    /** Takes over another grouping of circuits; the nodes that changed are rebuilt by the caller afterwards. */
    void setTopology(NodeTopology topology) {
        constantsVersion++;
        lane.clear();
        nodes.topology = topology;
    }

    /** Lists the live lines of a node anew, after the grouping changed. */
    void list(int n) {
        builder.list(n);
    }

    /** Puts a node that is rebuilt next at a potential in volt. */
    void charge(int n, double volt) {
        nodes.rest[n] = 0;
        nodes.u[n] = volt;
    }

    /**
     * Computes the constants of a node, which was settled to h, anew; keeps its potential; it goes on with {@link #resume}.
     *
     * @param forgets whether lines without current stop to be live
     * @return whether lines stopped to be live, so that what reaches them must be looked up again
     */
    boolean rebuild(int n, long h, boolean forgets) {
        lane.leave(n);
        constantsVersion++;
        nodes.driveTick[n] = Nodes.LONG_AGO;
        boolean forgotten = forgets && builder.forgetSilent(n, pending);
        builder.rebuild(n);
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], h);
        thresholds.redraw(n, nodes.thresholdInstant[n]);
        lane.changed(n);
        return forgotten;
    }

    /** A node, or nodes that are coupled, have new constants: what comes next is predicted. */
    void resume(int[] group) {
        stepped.rebuild(group);
        predict(group[0]);
    }

    /** A circuit stopped to name a node. */
    void forget(int n) {
        queue.set(n, CandidateQueue.NEVER);
        stepped.forget(n);
    }

    /** Whether some node needs the stepped solution, whose state outlasts every gap between events. */
    boolean anyStepped() {
        return stepped.any();
    }

    /** Predicts what a node does next by itself, from its present state. */
    void predict(int n) {
        if (stepped.has(n)) {
            stepped.instant(n);
        } else {
            prediction.of(n);
        }
    }

    /** Makes a line take part in its node's membrane; before the first event it need not. */
    void activate(int l) {
        lane.forget(builder.activate(l));
        lane.regroup();
    }

    EventLane lane() {
        return lane;
    }

    /** The pulses of half-tick h are added up in {@link #pending}: moves the nodes that they reached. */
    void events(int[] touched, int count, long h) {
        lane.run(touched, count);
        for (int i = 0; i < lane.handedBackCount; i++) {
            event(lane.handedBack[i], h);
        }
    }

    /** The pulses of half-tick h, plain ones of these fans: moves the nodes that they reached. */
    void events(FanReach[] pulses, int count, long h) {
        lane.run(pulses, count, h, pending);
        for (int i = 0; i < lane.handedBackCount; i++) {
            event(lane.handedBack[i], h);
        }
    }

    private void enterLane(int n) {
        if (!stepped.has(n)) {
            lane.enter(n);
        }
    }

    private void event(int n, long h) {
        touch(n, h);
        settle(n, h);
        if (noise.on() && h - nodes.lastEvent[n] >= nodes.stimulusGap[n]) {
            thresholds.redraw(n, h);
        }
        nodes.lastEvent[n] = h;
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], h);
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            if (pending[l] != 0) {
                add(l);
            }
        }
        predict(n);
        enterLane(n);
    }

    private void touch(int n, long h) {
        nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], h);
    }

    private void add(int l) {
        double i = nodes.current[l] + pending[l] * PULSE_UNIT_A;
        pending[l] = 0;
        if (saturating) {
            i = Math.min(i, circuits.lineLimit[l]);
            double g = i > 0 ? CompressionLaw.g(i / circuits.fullScale[l]) : 1;
            nodes.compression[l] = g;
            if (circuits.connected[l]) {
                nodes.factor[l] = (l & 1) == 0 ? g : -g;
            }
        }
        nodes.current[l] = i;
    }

    /** Brings a node to h: all that happens to it before h or exactly at h by itself has happened afterwards. */
    void settle(int n, long h) {
        lane.leave(n);
        progress(n, h, 0, true);
        if (stepped.has(n)) {
            stepped.move(n, h, 0);
            trajectory.moveCurrents(n, h);
            nodes.u[n] = trajectory.clip(nodes.u[n] + nodes.rest[n]) - nodes.rest[n];
        } else if (atRest(n, h)) {
            toRest(n, h);
        } else {
            trajectory.move(n, h);
        }
    }

    /** Takes a node, neither stepped nor coupled, out of the general way at h, where nothing reaches it. */
    void handOverAt(int n, long h) {
        lane.leave(n);
        progress(n, h, 0, true);
        // one that fired just now went back into the hot loop, with its currents of before
        handOver(n);
        if (atRest(n, h)) {
            toRest(n, h);
        } else {
            trajectory.moveBeyondRails(n, h);
        }
    }

    /**
     * Potential of a node in volt as a converter sees it at an instant, within the rails. What happens to the node by itself
     * up to there happens now instead of within the half-tick; nothing that it does afterwards depends on that.
     */
    double sampled(int n, long h, double fraction) {
        lane.leave(n);
        progress(n, h, fraction, true);
        if (stepped.has(n)) {
            stepped.follow(n, h, fraction);
        }
        return volt(n, h, fraction);
    }

    /** Potential of a node in volt at an instant, within the rails; changes nothing. */
    double volt(int n, long h, double fraction) {
        if (stepped.has(n)) {
            return trajectory.clip(stepped.potential(n, h, fraction) + nodes.rest[n]);
        }
        return atRest(n, h) ? trajectory.clip(nodes.rest[n]) : trajectory.volt(n, h, fraction);
    }

    /** Adaptation current of a circuit in ampere at an instant; otherwise as {@link #sampled}. */
    double sampledAdaptation(int n, int c, long h, double fraction) {
        lane.leave(n);
        progress(n, h, fraction, true);
        return stepped.has(n) ? stepped.adaptation(n, c, h, fraction) : 0;
    }

    /** Current of a line of a node in ampere at an instant; otherwise as {@link #sampled}. */
    double sampledCurrent(int n, int l, long h, double fraction) {
        lane.leave(n);
        progress(n, h, fraction, true);
        return atRest(n, h) ? 0 : trajectory.current(n, l, h, fraction);
    }

    /** Whether the rest rule applies to a node at h (analog.md 9). */
    boolean atRest(int n, long h) {
        lane.write(n);
        return !stepped.has(n) && rest.applies(n, h);
    }

    /** Whether a node stands as in other membranes, null for at rest: at rest at h in both, or the same bit by bit. */
    boolean isAs(Membranes other, int n, long h) {
        boolean rests = atRest(n, h);
        if (other == null) {
            return rests;
        }
        return rests == other.atRest(n, h) && (rests || nodes.hasStateOf(other.nodes, n, h));
    }

    private void toRest(int n, long h) {
        rest.apply(n, h);
        queue.set(n, CandidateQueue.NEVER);
    }

    /** Performs the firings that are due up to half-tick h, those of the interval [h - 1, h) included. */
    void fireDue(long h) {
        for (int n = queue.firstDue(h); n >= 0; n = queue.firstDue(h)) {
            touch(n, h);
            if (!lane.holds(n) || lane.due(n, h)) {
                progress(n, h, 0, false);
            }
        }
    }

    /** Lets happen what is due before an instant, or also exactly then. */
    private void progress(int n, long h, double fraction, boolean inclusive) {
        long limit = inclusive ? h + 1 : h;
        int[] group = nodes.topology.coupledNodes[n];
        int next = group.length == 1 ? n : stepped.next(group);
        while (queue.due(next) <= limit && happens(next, h, fraction)) {
            next = group.length == 1 ? n : stepped.next(group);
        }
    }

    /** Lets happen the one thing that a node has due; false when that lies behind the instant. */
    private boolean happens(int n, long h, double fraction) {
        if (nodes.exact[n]) {
            if (Trajectory.before(h, fraction, nodes.fireTick[n], nodes.fireFraction[n])) {
                return false;
            }
            fire(n);
        } else if (stepped.has(n)) {
            return stepped.resume(n, h, fraction);
        } else if (nodes.phase[n] != Nodes.FREE) {
            if (Trajectory.before(h, fraction, nodes.refractoryEnd[n], nodes.refractoryFraction[n])) {
                return false;
            }
            trajectory.movePotential(n, nodes.refractoryEnd[n], nodes.refractoryFraction[n]);
            prediction.of(n);
        } else {
            prediction.refine(n);
        }
        return true;
    }

    private void fire(int n) {
        NodeTopology topology = nodes.topology;
        long tick = nodes.fireTick[n];
        double fraction = nodes.fireFraction[n];
        if (stepped.has(n)) {
            stepped.move(n, tick, fraction);
        }
        int longest = nodes.soleComparator[n];
        if (longest >= 0) {
            emit(longest, nodes.outputTick[n]);
        } else {
            for (int i = 0; i < topology.count[n]; i++) {
                int c = topology.members[topology.first[n] + i];
                // The same difference as in the drawn threshold: a sum back to volts rounds, and then nobody fires.
                if (circuits.firing[c] && thresholds.volt(c, n) - nodes.rest[n] <= nodes.theta[n]) {
                    emit(c, nodes.outputTick[n]);
                    if (longest < 0 || circuits.refractoryHalfTicks[c] > circuits.refractoryHalfTicks[longest]) {
                        longest = c;
                    }
                }
            }
        }
        startReset(n, longest, tick, fraction);
    }

    /** A circuit fires at exactly h whatever its membrane, as by an artificial reset or the bypass. */
    void force(int c, long h) {
        follow(c, h);
        emit(c, h + 1);
    }

    /** The membrane of a circuit is reset at exactly h without a firing, as a slave of another circuit. */
    void follow(int c, long h) {
        int n = nodes.topology.nodeOf[c];
        touch(n, h);
        settle(n, h);
        startReset(n, c, h, 0);
    }

    private void emit(int c, long halfTick) {
        spikes++;
        int n = nodes.topology.nodeOf[c];
        if (stepped.has(n)) {
            stepped.spike(n, c);
        }
        firings.add(c, halfTick);
    }

    /** Spikes since {@link #clearSpikes()}. */
    long spikes() {
        return spikes;
    }

    /** Counts spikes that happened elsewhere. */
    void countSpikes(int more) {
        spikes += more;
    }

    /** Whether a node is stepped or coupled with others. */
    boolean isInvolved(int n) {
        return stepped.has(n) || nodes.topology.coupledNodes[n].length > 1;
    }

    /** Takes a node out of the hot loop of the general way and out of the queue, for a group that moves it from now on. */
    void handOver(int n) {
        lane.leave(n);
        nodes.exact[n] = false;
        queue.set(n, CandidateQueue.NEVER);
    }

    void clearSpikes() {
        spikes = 0;
    }

    private void startReset(int n, int c, long tick, double fraction) {
        resets.start(n, c, tick, fraction);
        predict(n);
        enterLane(n);
    }
}
