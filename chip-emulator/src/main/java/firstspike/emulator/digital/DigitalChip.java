package firstspike.emulator.digital;

import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.clock.DelayRing;
import java.util.Objects;

/**
 * The chip as one loop over half-ticks that jumps over empty ones. One half-tick runs the phases of playback.md 12 in
 * their order: register accesses, driver pulses, neuron crossings, channel queues, neuron outputs, crossbar outputs,
 * L2. Mutable; owned by one thread.
 */
public final class DigitalChip implements ChipFabric {
    private static final int OUTPUT_SHIFT = 14;
    private static final int LABEL_MASK = 0x3FFF;
    private static final int SPIKE_COUNT_BASE = 12;

    private final FabricOptions options;
    private final ChipTiming timing;
    private final RegisterFile registers;
    private final NeuronArray neurons;
    private Crossbar crossbar;
    private ChannelQueues channels;
    private final PadiBuses buses;
    private final SynapseTables synapses;
    private final DriverPulses pulses;
    private NeuronBackends backends;
    private final BackgroundSources sources;
    private final FabricNotes notes;
    private final RegisterAccess access;
    private HealthBase base;

    /** Events from the crossbar that start pulses, from the event register, and on their way out. */
    private DelayRing crossbarPulses = new DelayRing();

    private DelayRing registerPulses = new DelayRing();
    private DelayRing leaving = new DelayRing();
    private DelayRing hookedCrossings = new DelayRing();
    private final int[] fired = new int[512];

    private long now = -1;
    private long haltTick;
    private long ordinal = -1;
    private long counterTick;
    private long counterBase;
    private boolean inReset;

    /**
     * A chip at power-on at tick 0.
     *
     * @param model what its membranes are like
     * @param options what its digital part is like
     */
    public DigitalChip(ChipModel model, FabricOptions options) {
        this(
                Objects.requireNonNull(options, "options"),
                new RegisterFile(options.randomPowerUp()),
                Objects.requireNonNull(model, "model"));
    }

    private DigitalChip(FabricOptions options, RegisterFile registers, ChipModel model) {
        this(
                options,
                registers,
                new NeuronArray(model, registers),
                new Crossbar(options.timing()),
                new ChannelQueues(options.timing().channelFifo()),
                new PadiBuses(registers),
                new BackgroundSources(registers),
                new FabricNotes());
        backends = new NeuronBackends(registers, notes);
        backends.reset();
        base = new HealthBase();
    }

    /** The parts that all three ways to a chip have in common; back-ends and health base are set by the caller. */
    private DigitalChip(
            FabricOptions options,
            RegisterFile registers,
            NeuronArray neurons,
            Crossbar crossbar,
            ChannelQueues channels,
            PadiBuses buses,
            BackgroundSources sources,
            FabricNotes notes) {
        this.options = options;
        timing = options.timing();
        this.registers = registers;
        this.neurons = neurons;
        this.crossbar = crossbar;
        this.channels = channels;
        this.buses = buses;
        this.sources = sources;
        this.notes = notes;
        synapses = new SynapseTables(registers);
        pulses = new DriverPulses(registers, buses, synapses, neurons, notes);
        access = new RegisterAccess(this, registers, options.stuckAddress());
    }

    /** A deep copy over registers of its own, which hold the same words. */
    private DigitalChip(DigitalChip other, RegisterFile registers) {
        this(
                other.options,
                registers,
                other.neurons.copy(registers),
                new Crossbar(other.crossbar),
                new ChannelQueues(other.channels),
                new PadiBuses(other.buses, registers),
                new BackgroundSources(other.sources, registers),
                other.notes.copy());
        backends = other.backends.copy(registers, notes);
        base = new HealthBase(other.base);
        crossbarPulses = new DelayRing(other.crossbarPulses);
        registerPulses = new DelayRing(other.registerPulses);
        leaving = new DelayRing(other.leaving);
        hookedCrossings = new DelayRing(other.hookedCrossings);
        copyTimes(other, other.now);
    }

    /** A chip of its own for a window that begins at a tick: same settings, all at rest, nothing counted. */
    private DigitalChip(DigitalChip other, long tick) {
        this(
                other.options,
                other.registers,
                other.neurons.copyAtRest(2 * tick),
                other.crossbar.forWindow(),
                new ChannelQueues(other.timing.channelFifo()),
                new PadiBuses(other.registers),
                new BackgroundSources(other.registers),
                new FabricNotes());
        backends = other.backends.forWindow(notes);
        base = new HealthBase();
        copyTimes(other, 2 * tick - 1);
    }

    private void copyTimes(DigitalChip other, long halfTick) {
        now = halfTick;
        haltTick = other.haltTick;
        ordinal = other.ordinal;
        counterTick = other.counterTick;
        counterBase = other.counterBase;
        inReset = other.inReset;
    }

    /** A chip for a window that begins at a tick; shares the registers, which nobody may write meanwhile. */
    DigitalChip window(long tick) {
        return new DigitalChip(this, tick);
    }

    /**
     * Whether nothing is on its way through the digital parts, no background source runs and no node has a firing or a
     * step of a cell to come. A running source keeps the crossbar's round robin alive, so windows could never join.
     */
    boolean quiet() {
        return !sources.any()
                && channels.waiting() == 0
                && crossbar.activeOutputs() == 0
                && !backends.outputs().any()
                && crossbarPulses.size() + registerPulses.size() + leaving.size() + hookedCrossings.size() == 0
                && neurons.nextFiring() == Long.MAX_VALUE;
    }

    /** Whether a window computed from rest, with its first effect at a tick, is what follows the present state. */
    boolean joins(DigitalChip window, long firstTick) {
        return quiet() && crossbar.idleAt(firstTick) && neurons.restsBefore(window.neurons);
    }

    /** Takes over the end of a window that {@link #joins}; the window must not be used any more. */
    void adopt(DigitalChip window) {
        neurons.adopt(window.neurons);
        window.crossbar.continueFrom(crossbar);
        crossbar = window.crossbar;
        channels = window.channels;
        buses.adopt(window.buses);
        backends = window.backends.continuing(backends);
        notes.adopt(window.notes);
        crossbarPulses = window.crossbarPulses;
        registerPulses = window.registerPulses;
        leaving = window.leaving;
        now = window.now;
    }

    /** Length of input-free time after which windows may be independent, in ticks. */
    long restTicks() {
        return Math.max((neurons.restHalfTicks() + 1) / 2, timing.arbiterIdle());
    }

    @Override
    public ChipFabric copy() {
        return new DigitalChip(this, new RegisterFile(registers));
    }

    /** Lets a probe see every driver pulse from now on; null: none. */
    public void probe(PulseProbe observer) {
        pulses.probe(observer);
    }

    @Override
    public void advance(ChipEffects effects, long untilTick, FabricSink sink) {
        advance(effects, 0, untilTick, sink);
    }

    /** As {@link #advance(ChipEffects, long, FabricSink)}, beginning with one of the effects. */
    void advance(ChipEffects effects, int from, long untilTick, FabricSink sink) {
        long limit = 2 * untilTick;
        int next = from;
        while (true) {
            long h = nextHalfTick(next < effects.size() ? 2 * effects.tick(next) : Long.MAX_VALUE);
            if (h >= limit) {
                break;
            }
            now = h;
            next = (h & 1) == 0 ? evenHalfTick(h, effects, next, sink) : oddHalfTick(h, next);
        }
        now = Math.max(now, limit - 1);
    }

    private long nextHalfTick(long effect) {
        if (channels.waiting() != 0
                || crossbar.activeOutputs() != 0
                || backends.outputs().any()) {
            return now + 1;
        }
        long h = Math.min(effect, neurons.nextFiring());
        h = Math.min(h, due(crossbarPulses));
        h = Math.min(h, due(registerPulses));
        h = Math.min(h, due(leaving));
        h = Math.min(h, hookedCrossings.nextTick());
        h = Math.min(h, sources.next());
        return Math.max(h, now + 1);
    }

    private static long due(DelayRing ring) {
        return ring.size() == 0 ? Long.MAX_VALUE : 2 * ring.nextTick();
    }

    private int evenHalfTick(long h, ChipEffects effects, int from, FabricSink sink) {
        long tick = h >> 1;
        int spikes = from;
        if (from < effects.size() && effects.tick(from) == tick) {
            spikes = accesses(tick, effects, from, sink);
        }
        pulses(tick, h);
        crossings(h);
        int next = spikes;
        while (next < effects.size() && effects.tick(next) == tick) {
            arrive(effects.value(next++));
        }
        if (channels.waiting() != 0) {
            channels.move(crossbar);
        }
        if (backends.outputs().any()) {
            backends.outputs().present(crossbar);
        }
        if (sources.next() == h) {
            sources.emit(h, crossbar);
        }
        if (crossbar.activeOutputs() != 0) {
            takeOutputs(tick);
        }
        while (leaving.nextTick() == tick) {
            leave(tick, leaving.take(), sink);
        }
        return next;
    }

    private int oddHalfTick(long h, int next) {
        crossings(h);
        if (channels.waiting() != 0) {
            channels.move(crossbar);
        }
        if (backends.outputs().any()) {
            backends.outputs().present(crossbar);
        }
        if (sources.next() == h) {
            sources.emit(h, crossbar);
        }
        return next;
    }

    /** Phase 1: control effects and writes in their order, then reads. Returns the first effect after them. */
    private int accesses(long tick, ChipEffects effects, int from, FabricSink sink) {
        int i = from;
        boolean reads = false;
        for (; i < effects.size() && effects.tick(i) == tick; i++) {
            switch (effects.kind(i)) {
                case SPIKES:
                    read(tick, effects, from, i, reads, sink);
                    return i;
                case READ:
                    reads = true;
                    break;
                case WRITE:
                    if (!inReset) {
                        access.write(tick, effects.address(i), effects.word(i), effects.byteEnables(i));
                    }
                    break;
                default:
                    control(tick, effects.kind(i), effects.value(i));
            }
        }
        read(tick, effects, from, i, reads, sink);
        return i;
    }

    private void read(long tick, ChipEffects effects, int from, int to, boolean any, FabricSink sink) {
        for (int i = from; any && i < to; i++) {
            if (effects.kind(i) == ChipEffects.Kind.READ) {
                sink.value(tick, access.read(effects.address(i)));
            }
        }
    }

    private void control(long tick, ChipEffects.Kind kind, long value) {
        switch (kind) {
            case RESET_ASSERTED:
                inReset = true;
                counterBase = 0;
                reset(2 * tick);
                break;
            case RESET_RELEASED:
                inReset = false;
                counterBase = 0;
                counterTick = tick;
                break;
            case SYNCHRONISED:
                counterBase = value;
                counterTick = tick;
                break;
            case TIMER_RESET:
                neurons.timerReset(2 * tick);
                break;
            case ORDINAL_TAKEN:
                ordinal = value;
                neurons.programStart(ordinal, 2 * haltTick);
                break;
            case PROGRAM_STARTED:
                crossbar.restartArbitration();
                notes.clear();
                base.take(this);
                break;
            case PROGRAM_HALTED:
                haltTick = tick;
                break;
            default:
                throw new IllegalStateException("effect " + kind + " is no control effect");
        }
    }

    /** Everything takes its power-on value; membranes go on under the new settings. */
    private void reset(long h) {
        int[] codes = registers.capMem.clone();
        registers.powerOn();
        crossbar.reset();
        channels.clear();
        buses.reset();
        sources.stop();
        synapses.dropAll();
        backends.reset();
        crossbarPulses.clear();
        registerPulses.clear();
        leaving.clear();
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != registers.capMem[i]) {
                access.capMemChanged(i, codes[i], h);
            }
        }
        for (int circuit = 0; circuit < 512; circuit++) {
            neurons.circuitChanged(circuit, h);
        }
        neurons.commonBackendChanged(0, h);
        neurons.commonBackendChanged(1, h);
        neurons.referenceChanged(h);
    }

    /** Phase 2: drivers pulse. */
    private void pulses(long tick, long h) {
        boolean any = false;
        while (registerPulses.nextTick() == tick) {
            any |= pulses.fromRegister(registerPulses.take(), tick);
        }
        while (crossbarPulses.nextTick() == tick) {
            any |= pulses.fromCrossbar(crossbarPulses.take(), tick);
        }
        if (any) {
            neurons.pulsesDone(h);
        }
    }

    /** Phase 3: comparators. */
    private void crossings(long h) {
        if (neurons.nextFiring() <= h) {
            int count = neurons.takeFirings(h, fired);
            for (int i = 0; i < count; i++) {
                backends.fire(fired[i]);
            }
        }
        while (hookedCrossings.nextTick() == h) {
            backends.fire(hookedCrossings.take());
        }
    }

    /** Phase 4: a pack enters the channel queues. */
    private void arrive(long word) {
        if (inReset) {
            return;
        }
        int count = (int) (word >>> 56) - SPIKE_COUNT_BASE;
        for (int i = count - 1; i >= 0; i--) {
            channels.offer((int) (word >>> 16 * i) & 0xFFFF, crossbar);
        }
    }

    /** Phase 6: every output takes one event. */
    private void takeOutputs(long tick) {
        int active = crossbar.activeOutputs();
        while (active != 0) {
            int output = Integer.numberOfTrailingZeros(active);
            active &= active - 1;
            int label = crossbar.take(output, tick);
            if (label >= 0) {
                long out = tick + timing.crossbar();
                if (output >= Crossbar.FIRST_L2_OUTPUT) {
                    leaving.add(out, output - Crossbar.FIRST_L2_OUTPUT << OUTPUT_SHIFT | label);
                } else {
                    crossbarPulses.add(out + timing.padi(), DriverPulses.event(output, label));
                }
            }
        }
    }

    private void leave(long tick, int event, FabricSink sink) {
        long counter = inReset ? 0 : counterBase + 2 * (tick - counterTick);
        sink.event(tick, event, (int) counter & 0xFF);
    }

    /**
     * Test hook: a circuit's comparator sees a crossing within the half-tick that begins at {@code halfTick}; its
     * membrane is left alone. Half-ticks must ascend from call to call.
     */
    void cross(int circuit, long halfTick) {
        hookedCrossings.add(halfTick + 1, circuit);
    }

    /** Test hook: an event appears at a crossbar input before the next half-tick. */
    void inject(int input, int label) {
        crossbar.offer(input, label & LABEL_MASK);
    }

    @Override
    public int eventsInside() {
        return crossbar.waitingForL2() + channels.waiting() + leaving.size();
    }

    @Override
    public FabricHealth health() {
        return base.health(this);
    }

    ChipTiming timing() {
        return timing;
    }

    NeuronArray neurons() {
        return neurons;
    }

    Crossbar crossbar() {
        return crossbar;
    }

    PadiBuses buses() {
        return buses;
    }

    BackgroundSources sources() {
        return sources;
    }

    SynapseTables synapses() {
        return synapses;
    }

    NeuronBackends backends() {
        return backends;
    }

    FabricNotes notes() {
        return notes;
    }

    DelayRing registerPulses() {
        return registerPulses;
    }

    long ordinal() {
        return ordinal;
    }
}
