package firstspike.emulator.analog;

import firstspike.driver.link.EmulationLimitException;
import firstspike.driver.link.ErrorDetail;
import java.util.Arrays;

/**
 * The membranes of the 512 neuron circuits, advanced exactly from event to event. Mutable; owned by one thread.
 *
 * <p>All times are chip half-ticks of 4 ns. The digital fabric calls, for a half-tick h and in the order of the phases of
 * playback.md 12: the {@code …Changed} methods for writes that take effect at h (after they were stored), then
 * {@link #forceFire}, then {@link #pulse} for each driver pulse of h and {@link #pulsesDone} once, then
 * {@link #takeFirings}. A firing at real time a is returned by {@code takeFirings(floor(a) + 1)}. Times never decrease.
 *
 * <p>Switches whose analog part is not emulated yet raise
 * {@link firstspike.driver.link.UnsupportedOnTargetException}: from the first call after the write.
 */
public final class NeuronArray {
    private static final int N = Nodes.N;
    private static final int FLOATING_CODE = 1023;
    private static final int BLOCKS = 2;

    private final ChipModel model;
    private final CircuitRegisters registers;
    private final CircuitWords words;
    private final CapMem capMem;
    private final TrialClock clock;
    private final CircuitParameters circuits;
    private final Membranes membranes;
    private final Philox4x64 trial;

    private final boolean[] dirty = new boolean[N];
    private final long[] dirtyAt = new long[N];
    private final boolean[] listed = new boolean[N];
    private final int[] dirtyNode = new int[N];
    private int dirtyNodes;
    private final boolean[] stale = new boolean[N];
    private long strengthVersion = 1;

    private final int[] touched = new int[N];
    private int touchedNodes;
    private final long[] mark = new long[N];
    private long epoch = 1;
    private int markedNodes;
    private final int[] bypassed = new int[N];
    private final long[] bypassMark = new long[N];
    private int bypassedCircuits;

    /** Circuits over a register file as it stands, its CapMem cells settled, membranes at rest at half-tick 0. */
    public NeuronArray(ChipModel model, CircuitRegisters registers) {
        this.model = model;
        this.registers = registers;
        words = new CircuitWords();
        capMem = new CapMem(model);
        clock = new TrialClock();
        circuits = new CircuitParameters(model, words, capMem);
        membranes = new Membranes(model, circuits, clock, new LineTables());
        trial = model.trialStream();
        capMem.preset(registers);
        for (int block = 0; block < BLOCKS; block++) {
            words.readCommon(registers, block);
        }
        for (int c = 0; c < N; c++) {
            words.read(registers, c);
            stale[c] = true;
        }
        deriveDacs();
        membranes.setTopology(new NodeTopology(words));
        for (int n = 0; n < N; n++) {
            if (membranes.topology().count[n] > 0) {
                membranes.list(n);
                markDirty(n, 0);
            }
        }
        refresh();
        Arrays.fill(bypassMark, -1);
        membranes.restAll(0);
        Arrays.fill(membranes.nodes.disturbed, Nodes.LONG_AGO);
        membranes.predictAll();
    }

    private NeuronArray(NeuronArray from, CircuitRegisters registers) {
        model = from.model;
        this.registers = registers;
        words = from.words.copy();
        capMem = from.capMem.copy();
        clock = from.clock.copy();
        circuits = from.circuits.copy(words, capMem);
        membranes = from.membranes.copy(circuits, clock);
        trial = model.trialStream();
        strengthVersion = from.strengthVersion;
        Arrays.fill(bypassMark, -1);
    }

    // ---- writes ----------------------------------------------------------------------------------------------------

    /** NeuronConfig, back-end or column current words of a circuit were written with effect at h. */
    public void circuitChanged(int circuit, long h) {
        stepCells(h);
        if (!words.differs(registers, circuit)) {
            return;
        }
        beforeChange(membranes.topology().nodeOf[circuit], h);
        stale[circuit] = true;
        strengthVersion++;
        if (words.read(registers, circuit)) {
            regroup(h);
        }
    }

    /** CommonNeuronBackendConfig of a block (0, 1) was written with effect at h. */
    public void commonBackendChanged(int block, long h) {
        stepCells(h);
        refresh();
        if (!words.readCommon(registers, block)) {
            return;
        }
        for (int c = 0; c < N; c++) {
            if (CircuitWords.block(c) == block) {
                changeCircuit(c, h);
            }
        }
    }

    /**
     * A CapMem cell was written with effect at h by the program with this ordinal (set-up: -1). Code 1023 switches the
     * refresh off: the cell keeps its value.
     */
    public void capMemChanged(int quadrant, int column, int row, int oldCode, int newCode, long h, long ordinal) {
        stepCells(h);
        int cell = CapMem.cell(quadrant, column, row);
        if (newCode == FLOATING_CODE || newCode == capMem.stored(cell) || !CircuitParameters.matters(column, row)) {
            return;
        }
        if (capMem.disturbed()) {
            disturbNeighbours(quadrant, row, capMem.stored(cell), newCode, h);
        }
        if (column < CapMem.NEURON_COLUMNS) {
            int n = membranes.topology().nodeOf[circuit(quadrant, column)];
            beforeChange(n, h);
            membranes.nodes.disturbed[n] = Math.max(membranes.nodes.disturbed[n], h + capMem.settleHalfTicks());
        }
        capMem.write(cell, newCode, h, ordinal);
    }

    private void disturbNeighbours(int quadrant, int row, int oldCode, int newCode, long h) {
        for (int column = 0; column < CapMem.NEURON_COLUMNS; column++) {
            int stored = capMem.stored(CapMem.cell(quadrant, column, row));
            if (stored == oldCode || stored == newCode) {
                changeCircuit(circuit(quadrant, column), h);
            }
        }
    }

    /** The reference generator or SynapseBiasSelection was written with effect at h. */
    public void referenceChanged(long h) {
        stepCells(h);
        if (registers.referenceReady() != capMem.ready()) {
            refresh();
            for (int c = 0; c < N; c++) {
                changeCircuit(c, h);
            }
            capMem.setReady(registers.referenceReady());
        }
        deriveDacs();
    }

    private void deriveDacs() {
        for (int quadrant = 0; quadrant < FixedPattern.QUADRANTS; quadrant++) {
            circuits.deriveDac(quadrant, registers.biasConnected(quadrant));
        }
        strengthVersion++;
    }

    private static int circuit(int quadrant, int column) {
        return CapMem.NEURON_COLUMNS * quadrant + column;
    }

    private void stepCells(long h) {
        for (long t = capMem.nextStep(); t <= h; t = capMem.nextStep()) {
            int cell = capMem.steppingCell();
            int quadrant = CapMem.quadrant(cell);
            int column = CapMem.column(cell);
            if (column < CapMem.NEURON_COLUMNS) {
                changeCircuit(circuit(quadrant, column), t);
                capMem.step();
            } else if (CircuitParameters.sharedFunction(column, CapMem.row(cell))) {
                refresh();
                boolean before = circuits.functionOff(capMem.code(cell));
                capMem.step();
                if (before != circuits.functionOff(capMem.code(cell))) {
                    for (int c = 0; c < CapMem.NEURON_COLUMNS; c++) {
                        changeCircuit(circuit(quadrant, c), t);
                    }
                }
            } else {
                capMem.step();
                circuits.deriveDac(quadrant, registers.biasConnected(quadrant));
                strengthVersion++;
            }
        }
    }

    private void changeCircuit(int c, long h) {
        beforeChange(membranes.topology().nodeOf[c], h);
        stale[c] = true;
        strengthVersion++;
    }

    // ---- rebuilding ------------------------------------------------------------------------------------------------

    /** Brings a node to h under the constants that held so far, and notes that new ones hold from h. */
    private void beforeChange(int n, long h) {
        if (dirty[n]) {
            if (dirtyAt[n] == h) {
                return;
            }
            rebuild(n);
        }
        membranes.settle(n, h);
        markDirty(n, h);
    }

    private void markDirty(int n, long h) {
        dirty[n] = true;
        dirtyAt[n] = h;
        if (!listed[n]) {
            listed[n] = true;
            dirtyNode[dirtyNodes++] = n;
        }
    }

    private void refresh() {
        if (dirtyNodes == 0) {
            return;
        }
        int coupled = membranes.topology().coupled;
        if (coupled >= 0 && circuits.couples(coupled)) {
            throw CircuitParameters.notBuilt(coupled, "enable_multicomp_conductance");
        }
        for (int i = 0; i < dirtyNodes; i++) {
            int n = dirtyNode[i];
            listed[n] = false;
            if (dirty[n]) {
                rebuild(n);
            }
        }
        dirtyNodes = 0;
    }

    private void rebuild(int n) {
        NodeTopology topology = membranes.topology();
        for (int i = 0; i < topology.count[n]; i++) {
            int c = topology.members[topology.first[n] + i];
            if (stale[c]) {
                circuits.derive(c);
                stale[c] = false;
            }
        }
        dirty[n] = false;
        membranes.rebuild(n, dirtyAt[n]);
    }

    /** Connections changed at h: nodes merge and split; charge is shared among the capacitances that come together. */
    private void regroup(long h) {
        NodeTopology old = membranes.topology();
        NodeTopology now = new NodeTopology(words);
        boolean[] affected = new boolean[N];
        for (int c = 0; c < N; c++) {
            if (old.nodeOf[c] != now.nodeOf[c]) {
                affected[old.nodeOf[c]] = true;
                affected[old.nodeOf[now.nodeOf[c]]] = true;
            }
        }
        for (int n = 0; n < N; n++) {
            if (affected[n]) {
                beforeChange(n, h);
            }
        }
        membranes.writeLane();
        Nodes before = membranes.nodes.copy();
        membranes.setTopology(now);
        for (int n = 0; n < N; n++) {
            if (now.count[n] > 0 && affected[old.nodeOf[n]]) {
                merge(n, h, old, now, before);
            } else if (now.count[n] == 0) {
                membranes.queue.set(n, CandidateQueue.NEVER);
                dirty[n] = false;
            }
            membranes.list(n);
        }
    }

    private void merge(int n, long h, NodeTopology old, NodeTopology now, Nodes before) {
        double charge = 0;
        double capacitance = 0;
        int donor = old.nodeOf[n];
        long lastEvent = Nodes.LONG_AGO;
        for (int i = 0; i < now.count[n]; i++) {
            int c = now.members[now.first[n] + i];
            int from = old.nodeOf[c];
            charge += circuits.capacitance[c] * (before.u[from] + before.rest[from]);
            capacitance += circuits.capacitance[c];
            lastEvent = Math.max(lastEvent, before.lastEvent[from]);
            if (before.refractoryEnd[from] > before.refractoryEnd[donor]) {
                donor = from;
            }
            stale[c] = true;
        }
        membranes.nodes.copyState(before, donor, n);
        membranes.nodes.lastEvent[n] = lastEvent;
        membranes.charge(n, charge / capacitance);
        markDirty(n, h);
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    /**
     * Prepares the synapses of one driver and label.
     *
     * @param circuit target circuits, 0..511
     * @param line 0 excitatory, 1 inhibitory
     * @param weight 0..63; synapses of weight 0 are left out
     * @param synapse 65536·hemisphere + 256·row + column
     * @return the fan; it belongs to the caller's thread
     */
    public SynapticFan fan(int[] circuit, byte[] line, byte[] weight, int[] synapse) {
        int size = 0;
        for (byte w : weight) {
            size += w != 0 ? 1 : 0;
        }
        int[] circuits2 = new int[size];
        byte[] lines = new byte[size];
        byte[] weights = new byte[size];
        int[] synapses = new int[size];
        int at = 0;
        for (int i = 0; i < weight.length; i++) {
            if (weight[i] != 0) {
                circuits2[at] = circuit[i];
                lines[at] = line[i];
                weights[at] = weight[i];
                synapses[at++] = synapse[i];
            }
        }
        return new SynapticFan(circuits2, lines, weights, synapses);
    }

    private void resolve(SynapticFan fan) {
        int reached = 0;
        int distinct = 0;
        int bypasses = 0;
        beginMarks();
        for (int i = 0; i < fan.circuit.length; i++) {
            int c = fan.circuit[i];
            int line = fan.line[i];
            int l = 2 * c + line;
            if (!words.synapticCurrent(c, line)) {
                continue;
            }
            double weight = fan.weight[i] * model.pattern().weightFactor(fan.synapse[i]);
            double ampere = circuits.amplitude[l]
                    * model.laws().eventAmpere(weight, circuits.gm[l], circuits.dac[CircuitWords.quadrant(c)]);
            if (!membranes.nodes.live[l]) {
                membranes.activate(l);
            }
            int n = membranes.topology().nodeOf[c];
            if (mark[n] != epoch) {
                mark[n] = epoch;
                fan.node[distinct++] = n;
            }
            fan.reachedLine[reached] = l;
            fan.increment[reached++] = Math.round(ampere / Membranes.PULSE_UNIT_A);
            if (words.bypass(c, line) && words.fire(c)) {
                fan.bypassedCircuit[bypasses++] = c;
            }
        }
        beginMarks();
        fan.reached = reached;
        fan.nodes = distinct;
        fan.bypassed = bypasses;
        fan.version = strengthVersion;
        fan.resolvedBy = this;
    }

    /** One pulse of a driver at h; strength is 1 without short-term plasticity. */
    public void pulse(SynapticFan fan, double strength, long h) {
        stepCells(h);
        refresh();
        if (fan.version != strengthVersion || fan.resolvedBy != this) {
            resolve(fan);
        }
        int[] line = fan.reachedLine;
        long[] increment = fan.increment;
        long[] sums = membranes.pending;
        if (strength == 1) {
            for (int i = 0; i < fan.reached; i++) {
                sums[line[i]] += increment[i];
            }
        } else {
            for (int i = 0; i < fan.reached; i++) {
                sums[line[i]] += Math.round(increment[i] * strength);
            }
        }
        join(fan);
        for (int i = 0; i < fan.bypassed; i++) {
            int c = fan.bypassedCircuit[i];
            if (bypassMark[c] != h) {
                bypassMark[c] = h;
                bypassed[bypassedCircuits++] = c;
            }
        }
    }

    // most ticks have one pulse, whose nodes are distinct: marks are set only when a second one comes
    private void join(SynapticFan fan) {
        if (touchedNodes == 0) {
            System.arraycopy(fan.node, 0, touched, 0, fan.nodes);
            touchedNodes = fan.nodes;
            return;
        }
        if (markedNodes == 0) {
            beginMarks();
        }
        for (; markedNodes < touchedNodes; markedNodes++) {
            mark[touched[markedNodes]] = epoch;
        }
        for (int i = 0; i < fan.nodes; i++) {
            int n = fan.node[i];
            if (mark[n] != epoch) {
                mark[n] = epoch;
                touched[touchedNodes++] = n;
            }
        }
        markedNodes = touchedNodes;
    }

    private void beginMarks() {
        epoch++;
        markedNodes = 0;
    }

    /** All pulses of h are in: membranes move, crossings are predicted. */
    public void pulsesDone(long h) {
        membranes.events(touched, touchedNodes, h);
        for (int i = 0; i < bypassedCircuits; i++) {
            membranes.force(bypassed[i], h);
        }
        touchedNodes = 0;
        bypassedCircuits = 0;
        beginMarks();
    }

    // ---- firings ---------------------------------------------------------------------------------------------------

    /**
     * The earliest half-tick at which {@link #takeFirings} has to be called, {@code Long.MAX_VALUE} if nothing is to
     * come. A lower bound: internal instants count too, and takeFirings may then return 0.
     */
    public long nextFiring() {
        refresh();
        long next = Math.min(membranes.queue.earliest(), membranes.firings.earliest());
        return Math.min(next, capMem.nextStep());
    }

    /**
     * Performs everything that is due up to h and returns the circuits that fired, in ascending order.
     *
     * @param taken receives the circuits, length at least 512
     * @return how many
     * @throws EmulationLimitException above the limit of spikes per program
     */
    public int takeFirings(long h, int[] taken) {
        stepCells(h);
        refresh();
        membranes.fireDue(h);
        long limit = model.defaults().limits().spikesPerProgram();
        if (membranes.spikes() > limit) {
            throw new EmulationLimitException(
                    ErrorDetail.of(
                            "spikes of one program",
                            membranes.spikes(),
                            limit,
                            "shorten the program, or look for a neuron that fires without input"),
                    null,
                    null,
                    false);
        }
        return membranes.firings.take(h, taken);
    }

    /** NeuronReset: an artificial spike at exactly g; nothing where {@code enable_fire} is off. */
    public void forceFire(int circuit, long g) {
        stepCells(g);
        refresh();
        if (words.fire(circuit)) {
            membranes.force(circuit, g);
        }
    }

    // ---- programs --------------------------------------------------------------------------------------------------

    /** A program starts; h is the halt of the one before (the first: power-on, 0). */
    public void programStart(long ordinal, long h) {
        stepCells(h);
        refresh();
        if (model.fidelity().varied()) {
            for (int c = 0; c < N; c++) {
                changeCircuit(c, h);
            }
        }
        clock.programStart(ordinal, h);
        membranes.clearSpikes();
        if (model.fidelity().varied()) {
            circuits.drawDrift(trial, ordinal);
            Arrays.fill(membranes.nodes.thresholdInstant, ThresholdNoise.PROGRAM_START);
        }
    }

    /** A timer reset takes effect at h: draws count their time from here. */
    public void timerReset(long h) {
        clock.timerReset(h);
    }

    /** Word 0 of the counter of a trial draw at half-tick h of the running program (analog.md 1). */
    public long timeKey(long h) {
        return clock.key(h);
    }

    // ---- questions -------------------------------------------------------------------------------------------------

    /** Membrane potential of a circuit in volt at h, just before the events of h, within the rails; changes nothing. */
    public double membrane(int circuit, long h) {
        refresh();
        return membranes.volt(membranes.topology().nodeOf[circuit], h);
    }

    /** Whether every node that can fire is at rest at h and no firing is to come (analog.md 9). */
    public boolean atRest(long h) {
        refresh();
        if (membranes.queue.size() > 0 || membranes.firings.size() > 0) {
            return false;
        }
        for (int n = 0; n < N; n++) {
            if (membranes.nodes.fires[n] && membranes.topology().count[n] > 0 && !membranes.atRest(n, h)) {
                return false;
            }
        }
        return true;
    }

    /** How many nodes stand in the queue of possible crossings. */
    public int queueSize() {
        refresh();
        return membranes.queue.size();
    }

    /** 24 times the largest time constant of the nodes that can fire, in half-ticks rounded up; 0 if there are none. */
    public long restHalfTicks() {
        refresh();
        double longest = 0;
        for (int n = 0; n < N; n++) {
            if (membranes.topology().count[n] > 0 && membranes.nodes.fires[n]) {
                longest = Math.max(longest, membranes.nodes.restSpan[n]);
            }
        }
        return (long) Math.ceil(longest);
    }

    /** Whether the refractory time of a circuit is too short for its hold-off (note {@code refractory-too-short}). */
    public boolean refractoryTooShort(int circuit) {
        refresh();
        return circuits.refractoryTooShort[circuit];
    }

    /** Whether a switch of this circuit asks for a connection from column 127 to 128, which is ignored. */
    public boolean asksOverBorder(int circuit) {
        return NodeTopology.asksOverBorder(words, circuit);
    }

    // ---- windows ---------------------------------------------------------------------------------------------------

    /** A deep copy of the state, for another thread; tables and the chip model are shared. Fans are not. */
    public NeuronArray copy() {
        return copy(registers);
    }

    /** A deep copy of the state over other registers that hold the same words. */
    public NeuronArray copy(CircuitRegisters ofRegisters) {
        refresh();
        return new NeuronArray(this, ofRegisters);
    }

    /**
     * A copy in which every node is at rest at h: where a window begins that is computed before the one in front of it.
     * What it computes holds if {@link #restsBefore} says so of the true state.
     */
    public NeuronArray copyAtRest(long h) {
        NeuronArray piece = copy();
        piece.membranes.restAll(h);
        piece.membranes.clearSpikes();
        return piece;
    }

    /** Whether every node that the piece touched was at rest here at that first touch, and nothing was to come. */
    public boolean restsBefore(NeuronArray piece) {
        for (int n = 0; n < N; n++) {
            long touch = piece.membranes.nodes.firstTouch[n];
            if (membranes.topology().count[n] > 0 && touch != Long.MAX_VALUE && !membranes.atRest(n, touch)) {
                return false;
            }
        }
        return membranes.queue.size() == 0 && membranes.firings.size() == 0;
    }

    /** Takes over the state of every node that {@code other}, a copy of this, touched since it was copied. */
    public void adopt(NeuronArray other) {
        membranes.adopt(other.membranes);
    }
}
