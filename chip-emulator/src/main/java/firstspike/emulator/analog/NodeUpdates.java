package firstspike.emulator.analog;

import java.util.Arrays;

/**
 * What register and CapMem writes do to the membranes: a node is brought to the instant of a write under the constants that
 * held so far, and its new constants are computed when they are next needed. Mutable; owned by one thread.
 *
 * <p>Callers {@link #stepCells} to an instant before anything happens at it, and {@link #refresh} before they use nodes.
 */
final class NodeUpdates {
    private static final int N = Nodes.N;
    private static final int FLOATING_CODE = 1023;
    private static final int BLOCKS = 2;
    private static final byte EVERYTHING = -1;
    private static final byte DRIFT = CircuitParameters.DRIFT;

    private final CircuitRegisters registers;
    private final CircuitWords words;
    private final CapMem capMem;
    private final CircuitParameters circuits;
    private final Membranes membranes;

    private final boolean[] dirty = new boolean[N];
    private final long[] dirtyAt = new long[N];
    private final boolean[] listed = new boolean[N];
    private final int[] dirtyNode = new int[N];
    private int dirtyNodes;
    private final boolean[] stale = new boolean[N];
    /** Of a stale circuit: the row of the only cell that changed, {@link #DRIFT} or {@link #EVERYTHING}. */
    private final byte[] staleRow = new byte[N];

    private long strengthVersion;

    NodeUpdates(
            CircuitRegisters registers,
            CircuitWords words,
            CapMem capMem,
            CircuitParameters circuits,
            Membranes membranes,
            long strengthVersion) {
        this.registers = registers;
        this.words = words;
        this.capMem = capMem;
        this.circuits = circuits;
        this.membranes = membranes;
        this.strengthVersion = strengthVersion;
    }

    /** Takes over the register file as it stands, its CapMem cells settled, membranes at rest at half-tick 0. */
    void begin() {
        capMem.preset(registers);
        for (int block = 0; block < BLOCKS; block++) {
            words.readCommon(registers, block);
        }
        for (int c = 0; c < N; c++) {
            words.read(registers, c);
            staleAll(c);
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
        membranes.restAll(0);
        Arrays.fill(membranes.nodes.disturbed, Nodes.LONG_AGO);
        for (int n = 0; n < N; n++) {
            if (membranes.topology().count[n] > 0) {
                membranes.predict(n);
            }
        }
    }

    /** Grows whenever the current that a synapse adds, where it adds it, or whether that is live, may have changed. */
    long strengthVersion() {
        return strengthVersion;
    }

    /** Half-tick of the next step of a settling cell. */
    long nextStep() {
        return capMem.nextStep();
    }

    /** The drift of every circuit was drawn anew, with effect at h. */
    void drifted(long h) {
        for (int c = 0; c < N; c++) {
            beforeChange(membranes.topology().nodeOf[c], h);
            stale(c, DRIFT);
        }
    }

    /** Everything of every circuit is computed anew from h on. */
    private void changeAll(long h) {
        for (int c = 0; c < N; c++) {
            changeCircuit(c, h);
        }
    }

    /** NeuronConfig, back-end or column current words of a circuit were written with effect at h. */
    void circuitChanged(int circuit, long h) {
        stepCells(h);
        if (!words.differs(registers, circuit)) {
            return;
        }
        beforeChange(membranes.topology().nodeOf[circuit], h);
        staleAll(circuit);
        strengthVersion++;
        if (words.read(registers, circuit)) {
            regroup(h);
        }
    }

    /** CommonNeuronBackendConfig of a block (0, 1) was written with effect at h. */
    void commonBackendChanged(int block, long h) {
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
    void capMemChanged(int quadrant, int column, int row, int newCode, long h, long ordinal) {
        stepCells(h);
        int cell = CapMem.cell(quadrant, column, row);
        if (newCode == FLOATING_CODE || newCode == capMem.stored(cell)) {
            return;
        }
        if (capMem.disturbed()) {
            disturbNeighbours(quadrant, row, capMem.stored(cell), newCode, h);
        }
        if (column < CapMem.NEURON_COLUMNS && sees(circuit(quadrant, column), row)) {
            int n = membranes.topology().nodeOf[circuit(quadrant, column)];
            beforeChange(n, h);
            membranes.nodes.disturbed[n] = Math.max(membranes.nodes.disturbed[n], h + capMem.settleHalfTicks());
        }
        capMem.write(cell, newCode, h, ordinal);
    }

    /** Whether the membrane of a circuit depends on a cell of its column. */
    private boolean sees(int c, int row) {
        return CircuitParameters.sees(row, words.nonlinear(c));
    }

    private void disturbNeighbours(int quadrant, int row, int oldCode, int newCode, long h) {
        for (int column = 0; column < CapMem.NEURON_COLUMNS; column++) {
            int stored = capMem.stored(CapMem.cell(quadrant, column, row));
            if ((stored == oldCode || stored == newCode) && sees(circuit(quadrant, column), row)) {
                changeCell(circuit(quadrant, column), row, h);
            }
        }
    }

    /** The reference generator or SynapseBiasSelection was written with effect at h. */
    void referenceChanged(long h) {
        stepCells(h);
        if (registers.referenceReady() != capMem.ready()) {
            refresh();
            changeAll(h);
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

    /** Performs the steps of settling cells up to h. */
    void stepCells(long h) {
        for (long t = capMem.nextStep(); t <= h; t = capMem.nextStep()) {
            int cell = capMem.steppingCell();
            int quadrant = CapMem.quadrant(cell);
            int column = CapMem.column(cell);
            if (column < CapMem.NEURON_COLUMNS) {
                if (sees(circuit(quadrant, column), CapMem.row(cell))) {
                    changeCell(circuit(quadrant, column), CapMem.row(cell), t);
                }
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
                if (CircuitParameters.sharedDac(column, CapMem.row(cell))) {
                    circuits.deriveDac(quadrant, registers.biasConnected(quadrant));
                    strengthVersion++;
                }
            }
        }
    }

    private void stale(int c, byte row) {
        if (!stale[c]) {
            stale[c] = true;
            staleRow[c] = row;
        } else if (staleRow[c] != row) {
            staleRow[c] = EVERYTHING;
        }
    }

    private void staleAll(int c) {
        stale[c] = true;
        staleRow[c] = EVERYTHING;
    }

    private void changeCell(int c, int row, long h) {
        beforeChange(membranes.topology().nodeOf[c], h);
        stale(c, (byte) row);
        if (CircuitParameters.strength(row)) {
            strengthVersion++;
        }
    }

    private void changeCircuit(int c, long h) {
        beforeChange(membranes.topology().nodeOf[c], h);
        staleAll(c);
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
        if (membranes.topology().coupled(n)) {
            rebuildCoupled(n, h);
        }
        membranes.settle(n, h);
        markDirty(n, h);
    }

    // nodes that are coupled move together: none may have constants to come from before
    private void rebuildCoupled(int n, long h) {
        for (int other : membranes.topology().coupledNodes[n]) {
            if (dirty[other] && dirtyAt[other] != h) {
                rebuild(other);
            }
        }
    }

    private void markDirty(int n, long h) {
        dirty[n] = true;
        dirtyAt[n] = h;
        if (!listed[n]) {
            listed[n] = true;
            dirtyNode[dirtyNodes++] = n;
        }
    }

    /** Computes the constants of all nodes that changed. */
    void refresh() {
        if (dirtyNodes == 0) {
            return;
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

    /** Computes a node anew, and with it those that are coupled and wait for it too: they changed at the same instant. */
    private void rebuild(int n) {
        int[] group = membranes.topology().coupledNodes[n];
        for (int member : group) {
            if (dirty[member]) {
                derive(member);
            }
        }
        membranes.resume(group);
    }

    private void derive(int n) {
        NodeTopology topology = membranes.topology();
        boolean drifted = true;
        for (int i = 0; i < topology.count[n]; i++) {
            int c = topology.members[topology.first[n] + i];
            if (stale[c]) {
                circuits.derive(c, staleRow[c]);
                stale[c] = false;
                drifted &= staleRow[c] == DRIFT;
            }
        }
        dirty[n] = false;
        // every program has its drift: what its synapses reach is what those of the one before did
        if (membranes.rebuild(n, dirtyAt[n], !drifted)) {
            strengthVersion++;
        }
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
            if (!old.sameCoupling(now, c) || old.coupledLine[c] != now.coupledLine[c]) {
                affected[old.nodeOf[c]] = true;
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
                membranes.forget(n);
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
            staleAll(c);
        }
        membranes.nodes.copyState(before, donor, n);
        membranes.nodes.lastEvent[n] = lastEvent;
        membranes.charge(n, charge / capacitance);
        markDirty(n, h);
    }
}
