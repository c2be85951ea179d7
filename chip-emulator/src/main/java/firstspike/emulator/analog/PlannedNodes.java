package firstspike.emulator.analog;

import firstspike.emulator.planned.GroupConstants;
import firstspike.emulator.planned.LayerGroup;
import firstspike.emulator.planned.PulseColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that the planned way moves, in groups that the same events reach: how they are grouped, what events add to them,
 * and how their state gets there and back (analog.md 9). A node that does not suit is in no group and goes on generally.
 * While groups are entered, the state of their nodes is there and not in {@link Nodes}. Mutable; owned by one thread.
 */
public final class PlannedNodes {
    private static final int N = Nodes.N;
    /** More groups than this would make every event dear: the smallest ones are left out. */
    private static final int MOST_GROUPS = 16;

    private final ChipModel model;
    private final CircuitWords words;
    private final CircuitParameters circuits;
    private final Membranes membranes;
    private final NodeUpdates updates;
    private final Nodes nodes;

    private final int[] groupOf = new int[N];
    private final int[] laneOf = new int[N];
    /** Nodes of each group, by lane. */
    private int[][] node = new int[0][];

    private GroupConstants[] constants = new GroupConstants[0];
    private LayerGroup[] groups = new LayerGroup[0];
    private long arrangedVersion = -1;
    private boolean entered;
    private long enteredAt;
    /** By node: whether it came into its group with a state other than at rest. */
    private final boolean[] cameMoving = new boolean[N];

    private final int[] resetLane = new int[N];
    private final double[] sums = new double[2 * N];

    PlannedNodes(
            ChipModel model, CircuitWords words, CircuitParameters circuits, Membranes membranes, NodeUpdates updates) {
        this.model = model;
        this.words = words;
        this.circuits = circuits;
        this.membranes = membranes;
        this.updates = updates;
        nodes = membranes.nodes;
    }

    // ---- grouping --------------------------------------------------------------------------------------------------

    /** The groups; their order and their nodes change only with {@link #arrange}. */
    public LayerGroup[] groups() {
        return groups;
    }

    /** Whether constants of nodes changed since the last {@link #arrange}. */
    public boolean isStale() {
        updates.refresh();
        return arrangedVersion != membranes.constantsVersion();
    }

    /** Whether cells are settling, so that nodes change between events. */
    public boolean isSettling() {
        updates.refresh();
        return updates.nextStep() != Long.MAX_VALUE;
    }

    private record Key(long reach, GroupConstants constants) {}

    /**
     * Forms groups anew; nothing may be entered.
     *
     * @param reach by circuit: equal numbers for circuits that the same events reach, 0 for none. Only speed depends on it
     */
    public void arrange(long[] reach) {
        updates.refresh();
        arrangedVersion = membranes.constantsVersion();
        Arrays.fill(groupOf, -1);
        Map<Key, List<Integer>> members = new LinkedHashMap<>();
        NodeTopology topology = membranes.topology();
        for (int n = 0; n < N; n++) {
            long key = 0;
            for (int i = 0; i < topology.count[n]; i++) {
                key = 31 * key + reach[topology.members[topology.first[n] + i]];
            }
            if (topology.count[n] > 0 && key != 0 && suits(n)) {
                members.computeIfAbsent(new Key(key, constants(n)), k -> new ArrayList<>())
                        .add(n);
            }
        }
        List<Map.Entry<Key, List<Integer>>> sorted = new ArrayList<>(members.entrySet());
        sorted.sort((a, b) -> b.getValue().size() - a.getValue().size());
        int count = Math.min(sorted.size(), MOST_GROUPS);
        node = new int[count][];
        groups = new LayerGroup[count];
        constants = new GroupConstants[count];
        for (int g = 0; g < count; g++) {
            constants[g] = sorted.get(g).getKey().constants();
            node[g] = sorted.get(g).getValue().stream().mapToInt(n -> n).toArray();
        }
        makeGroups();
    }

    private void makeGroups() {
        for (int g = 0; g < node.length; g++) {
            int lanes = node[g].length;
            int[] circuit = new int[lanes];
            double[] threshold = new double[lanes];
            double[] reset = new double[lanes];
            double low = Double.NEGATIVE_INFINITY;
            double high = Double.POSITIVE_INFINITY;
            for (int s = 0; s < lanes; s++) {
                int n = node[g][s];
                groupOf[n] = g;
                laneOf[n] = s;
                circuit[s] = nodes.soleComparator[n];
                threshold[s] = nodes.thresholdBase[n] - nodes.rest[n];
                reset[s] = circuits.resetVolt[circuit[s]] - nodes.rest[n];
                low = Math.max(low, model.laws().railLowV() - nodes.rest[n]);
                high = Math.min(high, model.laws().railHighV() - nodes.rest[n]);
            }
            groups[g] = new LayerGroup(constants[g], circuit, threshold, reset, low, high);
        }
    }

    /** Takes over the grouping of nodes that have the same constants, for a window. */
    void arrangeAs(PlannedNodes other) {
        updates.refresh();
        arrangedVersion = membranes.constantsVersion();
        Arrays.fill(groupOf, -1);
        node = other.node;
        constants = other.constants;
        groups = new LayerGroup[node.length];
        makeGroups();
    }

    /** Whether a node is a plain membrane with one comparator, one pair of time constants and rest below its threshold. */
    private boolean suits(int n) {
        int c = nodes.soleComparator[n];
        if (model.fidelity().varied()
                || !nodes.fires[n]
                || c < 0
                || membranes.isInvolved(n)
                || !(nodes.thresholdBase[n] - nodes.rest[n] > 0)) {
            return false;
        }
        NodeTopology topology = nodes.topology;
        double tau = Double.NaN;
        for (int i = 0; i < topology.count[n]; i++) {
            int member = topology.members[topology.first[n] + i];
            for (int side = 0; side < 2; side++) {
                int l = 2 * member + side;
                if (words.bypass(member, side)) {
                    return false;
                }
                if (words.synapticCurrent(member, side) || nodes.live[l]) {
                    if (!circuits.connected[l] || circuits.tau[l] != tau && !Double.isNaN(tau)) {
                        return false;
                    }
                    tau = circuits.tau[l];
                }
            }
        }
        double tauReset = model.laws().resetTauSeconds(nodes.capacitance[n], circuits.resetConductance[c]);
        long clamp = circuits.clampHalfTicks[c];
        return !Double.isNaN(tau)
                && clamp > 0
                && clamp * Kinetics.HALF_TICK_S >= model.defaults().reset().instantAfterTau() * tauReset;
    }

    private GroupConstants constants(int n) {
        int c = nodes.soleComparator[n];
        double tau = 0;
        NodeTopology topology = nodes.topology;
        for (int i = 0; i < 2 * topology.count[n]; i++) {
            int member = topology.members[topology.first[n] + i / 2];
            if (words.synapticCurrent(member, i % 2) || nodes.live[2 * member + i % 2]) {
                tau = circuits.tau[2 * member + i % 2];
            }
        }
        return new GroupConstants(
                nodes.tauM[n],
                tau,
                Kinetics.peak(nodes.tauM[n], tau),
                nodes.restSpan[n],
                circuits.clampHalfTicks[c],
                circuits.refractoryHalfTicks[c]);
    }

    // ---- pulses ----------------------------------------------------------------------------------------------------

    /** Whether a pulse that was made of fans is still what they do. */
    public boolean holds(PlannedPulse pulse, SynapticFan[] fans) {
        if (pulse.strengthVersion != updates.strengthVersion() || pulse.fans.size() != fans.length) {
            return false;
        }
        for (int i = 0; i < fans.length; i++) {
            if (pulse.fans.get(i) != fans[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * What the fans of one event do; to be made anew after {@link #arrange}.
     *
     * @param version of the weights
     */
    public PlannedPulse pulse(SynapticFan[] fans, long version) {
        double[][] net = new double[groups.length][];
        boolean[][] reached = new boolean[groups.length][];
        int inGroups = 0;
        List<int[]> outside = new ArrayList<>();
        for (SynapticFan fan : fans) {
            for (int i = 0; i < fan.circuit.length; i++) {
                int c = fan.circuit[i];
                int side = fan.line[i];
                if (!words.synapticCurrent(c, side)) {
                    continue;
                }
                int n = membranes.topology().nodeOf[c];
                int g = groupOf[n];
                if (g < 0) {
                    outside.add(new int[] {c, side, fan.weight[i], fan.synapse[i]});
                    continue;
                }
                if (net[g] == null) {
                    net[g] = new double[groups[g].paddedLanes()];
                    reached[g] = new boolean[groups[g].paddedLanes()];
                }
                inGroups++;
                reached[g][laneOf[n]] = true;
                double ampere = ampere(fan, i);
                net[g][laneOf[n]] += (side == 0 ? ampere : -ampere) * nodes.inverseCapacitance[n];
            }
        }
        int found = 0;
        int[] group = new int[groups.length];
        PulseColumn[] column = new PulseColumn[groups.length];
        for (int g = 0; g < groups.length; g++) {
            if (net[g] != null) {
                group[found] = g;
                column[found++] = new PulseColumn(net[g], reached[g], fans);
            }
        }
        return new PlannedPulse(
                List.of(fans),
                updates.strengthVersion(),
                version,
                Arrays.copyOf(group, found),
                Arrays.copyOf(column, found),
                outside.isEmpty() ? null : fan(outside),
                inGroups);
    }

    private static SynapticFan fan(List<int[]> synapses) {
        int[] circuit = new int[synapses.size()];
        byte[] line = new byte[circuit.length];
        byte[] weight = new byte[circuit.length];
        int[] synapse = new int[circuit.length];
        for (int i = 0; i < circuit.length; i++) {
            circuit[i] = synapses.get(i)[0];
            line[i] = (byte) synapses.get(i)[1];
            weight[i] = (byte) synapses.get(i)[2];
            synapse[i] = synapses.get(i)[3];
        }
        return SynapticFan.of(circuit, line, weight, synapse);
    }

    /** Ampere that a synapse of a fan adds to its line, in the units in which pulses of a tick add up. */
    private double ampere(SynapticFan fan, int i) {
        int c = fan.circuit[i];
        int l = 2 * c + fan.line[i];
        double weight = fan.weight[i] * model.pattern().weightFactor(fan.synapse[i]);
        double ampere = circuits.amplitude[l]
                * model.laws().eventAmpere(weight, circuits.gm[l], circuits.dac[CircuitWords.quadrant(c)]);
        return Math.round(ampere / Membranes.PULSE_UNIT_A) * Membranes.PULSE_UNIT_A;
    }

    // ---- in --------------------------------------------------------------------------------------------------------

    /** Whether groups hold the state of their nodes. */
    public boolean isEntered() {
        return entered;
    }

    /**
     * Takes the nodes of all groups in as they are at an even half-tick, everything before which has happened.
     *
     * @return false where the reset of some node is none that its group could go on with
     */
    public boolean enter(long h) {
        updates.refresh();
        for (int g = 0; g < groups.length; g++) {
            if (!allSuit(g, h)) {
                return false;
            }
        }
        for (int g = 0; g < groups.length; g++) {
            enter(g, h);
        }
        entered = true;
        enteredAt = h;
        return true;
    }

    private boolean allSuit(int g, long h) {
        for (int n : node[g]) {
            if (nodes.phase[n] != Nodes.FREE
                    && !membranes.atRest(n, h)
                    && (nodes.refractoryEnd[n] - nodes.clampEnd[n]
                                    != constants[g].refractoryHalfTicks() - constants[g].clampHalfTicks()
                            || nodes.phase[n] == Nodes.CLAMPED
                                    && (nodes.clampTau[n] != 0 || nodes.u[n] != groups[g].resetPotential(laneOf[n])))) {
                return false;
            }
        }
        return true;
    }

    private void enter(int g, long h) {
        LayerGroup group = groups[g];
        group.begin(commonClock(g, h));
        int inReset = 0;
        for (int s = 0; s < node[g].length; s++) {
            int n = node[g][s];
            membranes.handOver(n);
            cameMoving[n] = !membranes.atRest(n, h);
            if (!cameMoving[n]) {
                continue;
            }
            double drive = nodes.driveTick[n] == nodes.currentTick[n] ? nodes.drive[n] : netDrive(n);
            group.enter(s, nodes.u[n], drive, nodes.disturbed[n], nodes.refractoryEnd[n], nodes.refractoryFraction[n]);
            if (nodes.phase[n] != Nodes.FREE) {
                resetLane[inReset++] = s;
            }
        }
        sortByRefractoryEnd(g, inReset);
        for (int i = 0; i < inReset; i++) {
            group.enterReset(resetLane[i]);
        }
        group.entered();
    }

    /** The clock of a group at h: where it stood when its nodes were left, or h, to which all are moved then. */
    private long commonClock(int g, long h) {
        long clock = Nodes.LONG_AGO;
        boolean common = true;
        for (int n : node[g]) {
            if (!membranes.atRest(n, h)) {
                clock = clock == Nodes.LONG_AGO ? nodes.currentTick[n] : clock;
                common &= nodes.currentTick[n] == clock
                        && (clock & 1) == 0
                        && (nodes.phase[n] == Nodes.CLAMPED
                                || nodes.potentialTick[n] == clock && nodes.potentialFraction[n] == 0);
            }
        }
        if (common) {
            return clock == Nodes.LONG_AGO ? h : clock;
        }
        for (int n : node[g]) {
            if (!membranes.atRest(n, h)) {
                membranes.handOverAt(n, h);
            }
        }
        return h;
    }

    private double netDrive(int n) {
        double net = 0;
        int from = 2 * nodes.topology.first[n];
        for (int i = from; i < from + nodes.liveCount[n]; i++) {
            int l = nodes.liveLine[i];
            net += nodes.factor[l] * nodes.current[l];
        }
        return net * nodes.inverseCapacitance[n];
    }

    private void sortByRefractoryEnd(int g, int count) {
        for (int i = 1; i < count; i++) {
            int lane = resetLane[i];
            int k = i;
            while (k > 0 && nodes.refractoryEnd[node[g][resetLane[k - 1]]] > nodes.refractoryEnd[node[g][lane]]) {
                resetLane[k] = resetLane[k - 1];
                k--;
            }
            resetLane[k] = lane;
        }
    }

    // ---- out -------------------------------------------------------------------------------------------------------

    /** Gives the state of all nodes back; the general way goes on as if it had moved them all along. */
    public void leave() {
        entered = false;
        for (int g = 0; g < groups.length; g++) {
            groups[g].fold();
            sumLines(g);
            for (int s = 0; s < node[g].length; s++) {
                int n = node[g][s];
                if (cameMoving[n] || groups[g].firstEvent(s) != LayerGroup.NEVER) {
                    leave(groups[g], s, n, constants[g]);
                }
            }
        }
    }

    private void leave(LayerGroup group, int s, int n, GroupConstants times) {
        long clock = group.clock();
        leaveLines(group, s, n);
        nodes.drive[n] = group.current(s);
        nodes.driveTick[n] = clock;
        nodes.currentTick[n] = clock;
        nodes.lastEvent[n] = Math.max(
                nodes.lastEvent[n], group.firstEvent(s) == LayerGroup.NEVER ? Nodes.LONG_AGO : group.lastEvent(s));
        nodes.disturbed[n] = Math.max(nodes.disturbed[n], nodes.lastEvent[n]);
        nodes.firstTouch[n] = Math.min(nodes.firstTouch[n], cameMoving[n] ? enteredAt : group.firstEvent(s));
        nodes.refractoryEnd[n] = group.refractoryEnd(s);
        nodes.refractoryFraction[n] = group.refractoryFraction(s);
        nodes.clampEnd[n] = nodes.refractoryEnd[n] - times.refractoryHalfTicks() + times.clampHalfTicks();
        nodes.clampTau[n] = 0;
        if (group.isClamped(s)) {
            nodes.phase[n] = Nodes.CLAMPED;
            nodes.u[n] = group.resetPotential(s);
            nodes.potentialTick[n] = nodes.refractoryEnd[n] - times.refractoryHalfTicks();
            nodes.potentialFraction[n] = nodes.refractoryFraction[n];
        } else {
            nodes.phase[n] = group.isHeldOff(s) ? Nodes.HOLDOFF : Nodes.FREE;
            nodes.u[n] = group.potential(s);
            nodes.potentialTick[n] = clock;
            nodes.potentialFraction[n] = 0;
        }
        membranes.predict(n);
    }

    /** The currents of the lines of a node: what it came with, faded, and what its events added. */
    private void leaveLines(LayerGroup group, int s, int n) {
        NodeTopology topology = nodes.topology;
        long age = group.clock() - nodes.currentTick[n];
        boolean felt = cameMoving[n] && group.restedAt(s) == Nodes.LONG_AGO;
        for (int i = 0; i < 2 * topology.count[n]; i++) {
            int l = 2 * topology.members[topology.first[n] + i / 2] + i % 2;
            double before = felt && nodes.current[l] != 0 && group.isFelt(age)
                    ? nodes.current[l] * Kinetics.decay(age * Kinetics.HALF_TICK_S, nodes.tauX[l])
                    : 0;
            nodes.current[l] = before + sums[l];
            if (sums[l] != 0 && !nodes.live[l]) {
                membranes.activate(l);
            }
            sums[l] = 0;
        }
    }

    /** Adds up by line what the events that are still felt left at the clock of their group. */
    private void sumLines(int g) {
        LayerGroup group = groups[g];
        for (int i = 0; i < group.loggedEvents(); i++) {
            long age = group.clock() - group.loggedAt(i);
            if (!group.isFelt(age)) {
                continue;
            }
            double left = Kinetics.decay(age * Kinetics.HALF_TICK_S, constants[g].tauS());
            for (SynapticFan fan : (SynapticFan[]) group.loggedPulse(i).origin()) {
                for (int k = 0; k < fan.circuit.length; k++) {
                    int c = fan.circuit[k];
                    int n = membranes.topology().nodeOf[c];
                    if (groupOf[n] == g
                            && words.synapticCurrent(c, fan.line[k])
                            && group.loggedAt(i) >= group.restedAt(laneOf[n])) {
                        sums[2 * c + fan.line[k]] += ampere(fan, k) * left;
                    }
                }
            }
        }
    }
}
