package firstspike.emulator.analog;

import firstspike.driver.error.RunFailedException;
import java.util.Arrays;

/**
 * The membranes of the 512 neuron circuits, advanced exactly from event to event. Mutable; owned by one thread.
 *
 * <p>All times are chip half-ticks of 4 ns. The digital fabric calls, for a half-tick h and in the order of the phases of
 * playback.md 12: the {@code …Changed} methods for writes that take effect at h (after they were stored), then
 * {@link #forceFire}, then {@link #pulse} for each driver pulse of h and {@link #pulsesDone} once, then
 * {@link #takeFirings}. A firing at real time a is returned by {@code takeFirings(floor(a) + 1)}. Times never decrease.
 */
public final class NeuronArray {
    private static final int N = Nodes.N;
    private static final int MOST_PLAIN = 16;

    private final ChipModel model;
    private final CircuitRegisters registers;
    private final CircuitWords words;
    private final CapMem capMem;
    private final TrialClock clock;
    private final CircuitParameters circuits;
    private final Membranes membranes;
    private final NodeUpdates updates;
    private final Philox4x64 trial;
    private final ReadoutAmplifiers readout;
    private final CorrelationSensors correlation;
    private final SpikeLimit spikeLimit;
    private final PlannedNodes planned;
    /** State that a window began with other than at rest, null for at rest; it stays as it is. */
    private Membranes start;

    private final int[] touched = new int[N];
    private int touchedNodes;
    /** The pulses of the present tick as long as all are plain: their columns are at hand. */
    private final FanReach[] plain = new FanReach[MOST_PLAIN];

    private int plainPulses;
    /** Scratch: what a fan adds, by line. */
    private final long[] sums = new long[2 * N];

    private final long[] mark = new long[N];
    private long epoch = 1;
    private final long[] fanMark = new long[N];
    private long fanEpoch;
    private final int[] bypassed = new int[N];
    private final long[] bypassMark = new long[N];
    private int bypassedCircuits;
    private long synapticEvents;

    /** Circuits over a register file as it stands, its CapMem cells settled, membranes at rest at half-tick 0. */
    public NeuronArray(ChipModel model, CircuitRegisters registers) {
        this.model = model;
        this.registers = registers;
        words = new CircuitWords();
        capMem = new CapMem(model);
        clock = new TrialClock();
        circuits = new CircuitParameters(model, words, capMem);
        membranes = new Membranes(model, circuits, clock, new LineTables());
        updates = new NodeUpdates(registers, words, capMem, circuits, membranes, 1);
        trial = model.trialStream();
        readout = new ReadoutAmplifiers(words, circuits, membranes, updates, new ConverterLaws(model, capMem, clock));
        correlation = new CorrelationSensors(model, capMem, registers);
        spikeLimit = new SpikeLimit(model.defaults().limits().spikesPerProgram());
        planned = new PlannedNodes(model, words, circuits, membranes, updates);
        Arrays.fill(bypassMark, -1);
        updates.begin();
    }

    /** A copy with constants of its own, which goes its own way. */
    private NeuronArray(NeuronArray from, CircuitRegisters registers) {
        this(from, registers, from.words.copy(), from.capMem.copy());
    }

    private NeuronArray(NeuronArray from, CircuitRegisters registers, CircuitWords words, CapMem capMem) {
        this(from, registers, words, capMem, from.circuits.copy(words, capMem));
    }

    private NeuronArray(
            NeuronArray from,
            CircuitRegisters registers,
            CircuitWords words,
            CapMem capMem,
            CircuitParameters circuits) {
        model = from.model;
        this.registers = registers;
        this.words = words;
        this.capMem = capMem;
        clock = from.clock.copy();
        this.circuits = circuits;
        membranes = from.membranes.copy(circuits, clock);
        trial = model.trialStream();
        updates = new NodeUpdates(registers, words, capMem, circuits, membranes, from.updates.strengthVersion());
        readout = new ReadoutAmplifiers(words, circuits, membranes, updates, new ConverterLaws(model, capMem, clock));
        correlation = new CorrelationSensors(model, capMem, registers);
        correlation.copyFrom(from.correlation);
        synapticEvents = from.synapticEvents;
        spikeLimit = new SpikeLimit(model.defaults().limits().spikesPerProgram());
        planned = new PlannedNodes(model, words, circuits, membranes, updates);
        Arrays.fill(bypassMark, -1);
    }

    /** NeuronConfig, back-end or column current words of a circuit were written with effect at h. */
    public void circuitChanged(int circuit, long h) {
        updates.circuitChanged(circuit, h);
    }

    /** CommonNeuronBackendConfig of a block (0, 1) was written with effect at h. */
    public void commonBackendChanged(int block, long h) {
        updates.commonBackendChanged(block, h);
    }

    /**
     * A CapMem cell was written with effect at h by the program with this ordinal (set-up: -1). Code 1023 switches the
     * refresh off: the cell keeps its value.
     */
    public void capMemChanged(int quadrant, int column, int row, int oldCode, int newCode, long h, long ordinal) {
        updates.capMemChanged(quadrant, column, row, newCode, h, ordinal);
    }

    /** The reference generator or SynapseBiasSelection was written with effect at h. */
    public void referenceChanged(long h) {
        updates.referenceChanged(h);
    }

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
        return SynapticFan.of(circuit, line, weight, synapse);
    }

    private FanReach resolve(SynapticFan fan) {
        int reached = 0;
        int distinct = 0;
        int bypasses = 0;
        int[] node = new int[fan.circuit.length];
        int[] line = new int[fan.circuit.length];
        long[] increment = new long[fan.circuit.length];
        int[] bypass = new int[fan.circuit.length];
        fanEpoch++;
        for (int i = 0; i < fan.circuit.length; i++) {
            int c = fan.circuit[i];
            int side = fan.line[i];
            int l = 2 * c + side;
            if (!words.synapticCurrent(c, side)) {
                continue;
            }
            double weight = fan.weight[i] * model.pattern().weightFactor(fan.synapse[i]);
            double ampere = circuits.amplitude[l]
                    * model.laws().eventAmpere(weight, circuits.gm[l], circuits.dac[CircuitWords.quadrant(c)]);
            if (!membranes.nodes.live[l]) {
                membranes.activate(l);
            }
            int n = membranes.topology().nodeOf[c];
            if (fanMark[n] != fanEpoch) {
                fanMark[n] = fanEpoch;
                node[distinct++] = n;
            }
            line[reached] = l;
            increment[reached++] = Math.round(ampere / Membranes.PULSE_UNIT_A);
            if (words.bypass(c, side) && words.fire(c)) {
                bypass[bypasses++] = c;
            }
        }
        for (int i = 0; i < reached; i++) {
            sums[line[i]] += increment[i];
        }
        int[] outside = membranes.lane().places().outside(node, distinct);
        fanEpoch++;
        for (int n : outside) {
            fanMark[n] = fanEpoch;
        }
        int[] outsideLine = new int[reached];
        long[] outsideIncrement = new long[reached];
        int left = 0;
        for (int i = 0; i < reached; i++) {
            if (fanMark[membranes.topology().nodeOf[line[i] >> 1]] == fanEpoch) {
                outsideLine[left] = line[i];
                outsideIncrement[left++] = increment[i];
            }
        }
        FanReach reach = new FanReach(
                updates.strengthVersion(),
                membranes.lane().places().grouping(),
                Arrays.copyOf(node, distinct),
                Arrays.copyOf(line, reached),
                Arrays.copyOf(increment, reached),
                Arrays.copyOf(bypass, bypasses),
                membranes.lane().places().rows(node, distinct, sums),
                outside,
                Arrays.copyOf(outsideLine, left),
                Arrays.copyOf(outsideIncrement, left));
        for (int i = 0; i < reached; i++) {
            sums[line[i]] = 0;
        }
        return reach;
    }

    /** One pulse of a driver at h; strength is 1 without short-term plasticity. */
    public void pulse(SynapticFan fan, double strength, long h) {
        updates.stepCells(h);
        updates.refresh();
        FanReach reach = fan.reach;
        if (reach == null
                || reach.version != updates.strengthVersion()
                || reach.grouping != membranes.lane().places().grouping()) {
            reach = resolve(fan);
            fan.reach = reach;
        }
        synapticEvents += reach.line.length;
        for (int c : reach.bypassed) {
            if (bypassMark[c] != h) {
                bypassMark[c] = h;
                bypassed[bypassedCircuits++] = c;
            }
        }
        if (touchedNodes == 0 && strength == 1 && plainPulses < plain.length) {
            plain[plainPulses++] = reach;
            return;
        }
        for (int i = 0; i < plainPulses; i++) {
            sum(plain[i], 1);
        }
        plainPulses = 0;
        sum(reach, strength);
    }

    private void sum(FanReach reach, double strength) {
        int[] line = reach.line;
        long[] increment = reach.increment;
        long[] pending = membranes.pending;
        if (strength == 1) {
            for (int i = 0; i < line.length; i++) {
                pending[line[i]] += increment[i];
            }
        } else {
            for (int i = 0; i < line.length; i++) {
                pending[line[i]] += Math.round(increment[i] * strength);
            }
        }
        join(reach.node);
    }

    private void join(int[] node) {
        for (int n : node) {
            if (mark[n] != epoch) {
                mark[n] = epoch;
                touched[touchedNodes++] = n;
            }
        }
    }

    /** All pulses of h are in: membranes move, crossings are predicted. */
    public void pulsesDone(long h) {
        if (plainPulses > 0) {
            membranes.events(plain, plainPulses, h);
            plainPulses = 0;
        } else {
            membranes.events(touched, touchedNodes, h);
        }
        for (int i = 0; i < bypassedCircuits; i++) {
            membranes.force(bypassed[i], h);
        }
        touchedNodes = 0;
        bypassedCircuits = 0;
        epoch++;
    }

    /**
     * The earliest half-tick at which {@link #takeFirings} has to be called, {@code Long.MAX_VALUE} if nothing is to
     * come. A lower bound: internal instants count too, and takeFirings may then return 0.
     */
    public long nextFiring() {
        updates.refresh();
        long next = Math.min(membranes.queue.earliest(), membranes.firings.earliest());
        return Math.min(next, updates.nextStep());
    }

    /**
     * Performs everything that is due up to h and returns the circuits that fired, in ascending order.
     *
     * @param taken receives the circuits, length at least 512
     * @return how many
     * @throws RunFailedException above the limit of spikes per program
     */
    public int takeFirings(long h, int[] taken) {
        updates.stepCells(h);
        updates.refresh();
        membranes.fireDue(h);
        spikeLimit.check(membranes.spikes());
        return membranes.firings.take(h, taken);
    }

    /** NeuronReset: an artificial spike at exactly g; nothing where {@code enable_fire} is off. */
    public void forceFire(int circuit, long g) {
        updates.stepCells(g);
        updates.refresh();
        if (words.fire(circuit)) {
            membranes.force(circuit, g);
        }
    }

    /**
     * A slave takes the fire of its master at h: its membrane is reset for its own refractory time, without an event of
     * its own. Nothing where both share one node, which the master's fire has reset already.
     */
    public void follow(int slave, int master, long h) {
        updates.refresh();
        int[] nodeOf = membranes.topology().nodeOf;
        if (nodeOf[slave] != nodeOf[master]) {
            membranes.follow(slave, h);
        }
    }

    /** The membrane of a circuit is reset at h for its refractory time, without an event. */
    public void reset(int circuit, long h) {
        updates.stepCells(h);
        updates.refresh();
        membranes.follow(circuit, h);
    }

    /** A program starts; h is the halt of the one before (the first: power-on, 0). */
    public void programStart(long ordinal, long h) {
        updates.stepCells(h);
        updates.refresh();
        if (model.fidelity().varied()) {
            updates.drifted(h);
        }
        clock.programStart(ordinal, h);
        membranes.clearSpikes();
        synapticEvents = 0;
        if (model.fidelity().varied()) {
            circuits.drawDrift(trial, ordinal);
            Arrays.fill(membranes.nodes.thresholdInstant, ThresholdNoise.PROGRAM_START);
        }
    }

    /** A timer reset takes effect at h: draws count their time from here. */
    public void timerReset(long h) {
        clock.timerReset(h);
    }

    /** Membrane potential of a circuit in volt at h, just before the events of h, within the rails; changes nothing. */
    public double membrane(int circuit, long h) {
        updates.refresh();
        return membranes.volt(membranes.topology().nodeOf[circuit], h, 0);
    }

    /** What CADC and MADC see of the circuits. */
    public ReadoutAmplifiers readout() {
        return readout;
    }

    /** Spikes since the program started. */
    public long spikes() {
        return membranes.spikes();
    }

    /** Events at synapses since the program started. */
    public long synapticEvents() {
        return synapticEvents;
    }

    /** Nodes in groups, for the planned way. */
    public PlannedNodes planned() {
        return planned;
    }

    /**
     * Counts what happened in groups.
     *
     * @throws EmulationLimitException above the limit of spikes per program
     */
    public void count(int moreSpikes, long moreSynapticEvents) {
        membranes.countSpikes(moreSpikes);
        synapticEvents += moreSynapticEvents;
        spikeLimit.check(membranes.spikes());
    }

    /** The correlation sensors of the synapses. */
    public CorrelationSensors correlation() {
        return correlation;
    }

    /** Whether every node that can fire is at rest at h and no firing is to come (analog.md 9). */
    public boolean atRest(long h) {
        updates.refresh();
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
        updates.refresh();
        return membranes.queue.size();
    }

    /** Whether some node needs the stepped solution, whose state outlasts every gap between events. */
    public boolean anyStepped() {
        updates.refresh();
        return membranes.anyStepped();
    }

    /** 24 times the largest time constant of the nodes that can fire, in half-ticks rounded up; 0 if there are none. */
    public long restHalfTicks() {
        updates.refresh();
        return (long) Math.ceil(membranes.nodes.longestRest());
    }

    /** Whether the refractory time of a circuit is too short for its hold-off (note {@code refractory-too-short}). */
    public boolean refractoryTooShort(int circuit) {
        updates.refresh();
        return circuits.refractoryTooShort[circuit];
    }

    /** Whether a switch of this circuit asks for a connection from column 127 to 128, which is ignored. */
    public boolean asksOverBorder(int circuit) {
        return NodeTopology.asksOverBorder(words, circuit);
    }

    /** A deep copy of the state, for another thread; tables and the chip model are shared. Fans are not. */
    public NeuronArray copy() {
        return copy(registers);
    }

    /** A deep copy of the state over other registers that hold the same words. */
    public NeuronArray copy(CircuitRegisters ofRegisters) {
        updates.refresh();
        return new NeuronArray(this, ofRegisters);
    }

    /**
     * A copy in which every node is at rest at h: where a window begins that is computed before the one in front of it.
     * What it computes holds if {@link #leadsTo} says so of the true state.
     */
    public NeuronArray copyAtRest(long h) {
        NeuronArray piece = forWindow();
        piece.membranes.restAll(h);
        piece.membranes.clearSpikes();
        piece.synapticEvents = 0;
        return piece;
    }

    /** A copy for a stretch in which no word is written and no cell steps: it shares what follows from them. */
    private NeuronArray forWindow() {
        updates.refresh();
        NeuronArray piece = new NeuronArray(this, registers, words, capMem, circuits);
        piece.planned.arrangeAs(planned);
        return piece;
    }

    /** A copy that goes on from here: where a window begins behind others that were run ahead. */
    public NeuronArray copyContinued() {
        NeuronArray piece = forWindow();
        piece.start = membranes;
        piece.membranes.clearSpikes();
        piece.synapticEvents = 0;
        return piece;
    }

    /**
     * Whether every node that the piece touched was, at that first touch, here as at the beginning of the piece: at rest in
     * both, or the same bit by bit; and nothing was to come.
     */
    public boolean leadsTo(NeuronArray piece) {
        for (int n = 0; n < N; n++) {
            long touch = piece.membranes.nodes.firstTouch[n];
            if (membranes.topology().count[n] > 0
                    && touch != Long.MAX_VALUE
                    && !membranes.isAs(piece.start, n, touch)) {
                return false;
            }
        }
        return membranes.queue.size() == 0 && membranes.firings.size() == 0;
    }

    /** Takes over the state of every node that {@code other}, a copy of this, touched since it was copied. */
    public void adopt(NeuronArray other) {
        membranes.adopt(other.membranes);
        synapticEvents += other.synapticEvents;
    }
}
