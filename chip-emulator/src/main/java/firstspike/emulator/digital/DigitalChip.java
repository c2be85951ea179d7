package firstspike.emulator.digital;

import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.CorrelationSensors;
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
    private static final double SECONDS_PER_TICK = 8e-9;

    private final ChipState state;
    private final HealthBase base;
    private final int[] fired = new int[512];
    private PlannedWay way;

    private long now = -1;
    private long work;
    private long haltTick;
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
                new ChipState(Objects.requireNonNull(model, "model"), Objects.requireNonNull(options, "options")),
                new HealthBase());
    }

    private DigitalChip(ChipState state, HealthBase base) {
        this.state = state;
        this.base = base;
        way = new PlannedWay(state);
    }

    /** Lets the chip go the general way alone, or again the planned way where that can be gone; changes no event. */
    void plan(boolean whether) {
        closeWay();
        way = whether ? new PlannedWay(state) : null;
    }

    private void closeWay() {
        if (way != null && way.isOpen()) {
            way.close();
        }
    }

    private DigitalChip withWay(DigitalChip other) {
        way = other.way == null ? null : new PlannedWay(state, other.way);
        return this;
    }

    private DigitalChip withTimes(DigitalChip other, long halfTick) {
        now = halfTick;
        work = other.work;
        haltTick = other.haltTick;
        counterTick = other.counterTick;
        counterBase = other.counterBase;
        inReset = other.inReset;
        return this;
    }

    /** A chip for a window that begins at a tick; shares the registers, which nobody may write meanwhile. */
    DigitalChip window(long tick) {
        closeWay();
        DigitalChip window = new DigitalChip(state.window(tick), new HealthBase())
                .withTimes(this, 2 * tick - 1)
                .withWay(this);
        window.work = 0;
        return window;
    }

    /** A chip for a window that goes on from here, which has nothing on its way; this one is not to be run on. */
    DigitalChip continued(long tick) {
        closeWay();
        DigitalChip window = new DigitalChip(state.continued(), new HealthBase())
                .withTimes(this, 2 * tick - 1)
                .withWay(this);
        window.work = 0;
        return window;
    }

    /** Whether a window may begin: nothing is on its way and no background source runs. */
    boolean quiet() {
        closeWay();
        return state.quiet();
    }

    /** Whether a window that was run ahead, with its first effect at a tick, is what follows the present state. */
    boolean joins(DigitalChip window, long firstTick) {
        closeWay();
        window.closeWay();
        return state.joins(window.state, firstTick);
    }

    /** Takes over the end of a window that {@link #joins}; the window must not be used any more. */
    void adopt(DigitalChip window) {
        closeWay();
        window.closeWay();
        state.adopt(window.state);
        now = window.now;
        work += window.work;
        // the crossbar is another one now
        withWay(this);
    }

    /** Length of input-free time after which windows may be independent, in ticks. */
    long restTicks() {
        closeWay();
        return state.restTicks();
    }

    @Override
    public ChipFabric copy() {
        closeWay();
        DigitalChip copy = new DigitalChip(state.copy(), new HealthBase(base)).withTimes(this, now);
        copy.plan(way != null);
        return copy;
    }

    /** Lets a probe see every driver pulse from now on; null: none. */
    public void probe(PulseProbe observer) {
        closeWay();
        state.pulses.probe(observer);
    }

    @Override
    public void advance(ChipEffects effects, long untilTick, FabricSink sink) {
        advance(effects, 0, untilTick, sink);
    }

    /** As {@link #advance(ChipEffects, long, FabricSink)}, beginning with one of the effects. */
    void advance(ChipEffects effects, int from, long untilTick, FabricSink sink) {
        int next = from;
        while (next < effects.size()) {
            if (way != null && way.isOpen()) {
                next = plannedWay(effects, next, untilTick, sink);
            } else {
                next = generalWay(effects, next, untilTick, sink);
            }
        }
        if (2 * untilTick > now + 1 || next == from) {
            if (way != null && way.isOpen()) {
                plannedWay(effects, next, untilTick, sink);
            } else {
                general(effects, next, next, untilTick, sink);
            }
        }
    }

    /** From one effect on: packs of spikes, then what happens to clocks alone; at any other effect the way ends. */
    private int plannedWay(ChipEffects effects, int from, long untilTick, FabricSink sink) {
        int to = endOfPacks(effects, from);
        long stop = to < effects.size() ? effects.tick(to) : untilTick;
        work += way.run(now, effects, from, to, 2 * stop, tick -> handOn(tick, sink));
        now = Math.max(now, 2 * stop - 1);
        int next = to;
        while (next < effects.size() && effects.tick(next) == stop && effects.kind(next) != ChipEffects.Kind.SPIKES) {
            switch (effects.kind(next)) {
                case SYNCHRONISED, TIMER_RESET, ORDINAL_TAKEN, PROGRAM_STARTED, PROGRAM_HALTED ->
                    control(stop, effects.kind(next), effects.value(next++));
                default -> {
                    closeWay();
                    return next;
                }
            }
        }
        return next;
    }

    private int generalWay(ChipEffects effects, int from, long untilTick, FabricSink sink) {
        int to = from;
        int behind = from;
        while (to < effects.size()) {
            behind = endOfPacks(effects, to);
            boolean ownTick = to == 0 || effects.tick(to - 1) < effects.tick(to);
            if (way != null && ownTick && PlannedWay.pays(behind - to)) {
                break;
            }
            to = Math.max(behind, to + 1);
        }
        if (to == effects.size()) {
            general(effects, from, to, untilTick, sink);
            return to;
        }
        general(effects, from, to, effects.tick(to), sink);
        if (inReset || !way.open(effects.tick(to))) {
            general(effects, to, behind, behind < effects.size() ? effects.tick(behind) : untilTick, sink);
            return behind;
        }
        return to;
    }

    private static int endOfPacks(ChipEffects effects, int from) {
        int to = from;
        while (to < effects.size() && effects.kind(to) == ChipEffects.Kind.SPIKES) {
            to++;
        }
        return to;
    }

    /** L2 events leave at their ticks; nothing else reaches the sink while the planned way is open. */
    private void handOn(long beforeTick, FabricSink sink) {
        while (state.leaving.nextTick() < beforeTick) {
            long tick = state.leaving.nextTick();
            leave(tick, state.leaving.take(), sink);
        }
    }

    private void general(ChipEffects effects, int from, int to, long untilTick, FabricSink sink) {
        long limit = 2 * untilTick;
        int next = from;
        while (true) {
            long h = nextHalfTick(next < to ? 2 * effects.tick(next) : Long.MAX_VALUE);
            if (h >= limit) {
                break;
            }
            now = h;
            work++;
            sample(2 * h - 1, sink);
            next = (h & 1) == 0
                    ? evenHalfTick(h, effects, next, to, limit, sink)
                    : oddHalfTick(h, effects, next, limit, sink);
        }
        sample(2 * limit - 1, sink);
        now = Math.max(now, limit - 1);
    }

    private long nextHalfTick(long effect) {
        if (state.channels.waiting() != 0
                || state.crossbar.activeOutputs() != 0
                || state.backends.outputs().any()) {
            return now + 1;
        }
        long h = Math.min(effect, state.neurons.nextFiring());
        h = Math.min(h, due(state.crossbarPulses));
        h = Math.min(h, due(state.registerPulses));
        h = Math.min(h, due(state.leaving));
        h = Math.min(h, state.hookedCrossings.nextTick());
        h = Math.min(h, state.sources.next());
        h = Math.min(h, state.converters.nextHalfTick());
        h = Math.min(h, state.processors.next());
        return Math.max(h, now + 1);
    }

    private static long due(DelayRing ring) {
        return ring.size() == 0 ? Long.MAX_VALUE : 2 * ring.nextTick();
    }

    private int evenHalfTick(long h, ChipEffects effects, int from, int to, long limit, FabricSink sink) {
        long tick = h >> 1;
        int spikes = from;
        if (from < to && effects.tick(from) == tick) {
            spikes = accesses(tick, effects, from, to, sink);
        }
        if (state.processors.next() <= h) {
            int after = spikes;
            while (after < effects.size() && effects.tick(after) == tick) {
                after++;
            }
            processors(h, effects, after, limit);
        }
        sample(2 * h, sink);
        pulses(tick, h);
        crossings(h);
        int next = spikes;
        while (next < to && effects.tick(next) == tick) {
            arrive(effects.value(next++));
        }
        feedCrossbar(h);
        if (state.crossbar.activeOutputs() != 0) {
            takeOutputs(tick);
        }
        while (state.leaving.nextTick() == tick) {
            leave(tick, state.leaving.take(), sink);
        }
        return next;
    }

    /** The processors do what is due, and run ahead until the host may touch what is theirs. */
    private void processors(long h, ChipEffects effects, int next, long limit) {
        long host = next < effects.size() ? 2 * effects.tick(next) : limit;
        state.processors.run(h, Math.min(host, limit));
    }

    private int oddHalfTick(long h, ChipEffects effects, int next, long limit, FabricSink sink) {
        if (state.processors.next() <= h) {
            processors(h, effects, next, limit);
        }
        sample(2 * h, sink);
        crossings(h);
        feedCrossbar(h);
        return next;
    }

    private void feedCrossbar(long h) {
        if (state.channels.waiting() != 0) {
            state.channels.move(state.crossbar);
        }
        if (state.backends.outputs().any()) {
            state.backends.outputs().present(state.crossbar);
        }
        if (state.sources.next() == h) {
            state.sources.emit(h, state.crossbar);
        }
    }

    /** Phase 1: control effects and writes in their order, then reads. Returns the first effect after them. */
    private int accesses(long tick, ChipEffects effects, int from, int to, FabricSink sink) {
        int i = from;
        boolean reads = false;
        for (; i < to && effects.tick(i) == tick; i++) {
            switch (effects.kind(i)) {
                case SPIKES:
                    read(tick, effects, from, i, reads, sink);
                    return i;
                case READ:
                    reads = true;
                    break;
                case WRITE:
                    if (!inReset) {
                        state.access.write(tick, effects.address(i), effects.word(i), effects.byteEnables(i));
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
                sink.value(tick, state.access.read(tick, effects.address(i)));
            }
        }
    }

    /** Lets the MADC take its samples up to a clock, inclusive; one within a half-tick is taken when that is over. */
    private void sample(long clock, FabricSink sink) {
        Madc madc = state.converters.madc();
        while (madc.next() <= clock) {
            long at = madc.next();
            int raw = madc.serve(at);
            if (raw >= 0) {
                long tick = at / Madc.CLOCKS;
                sink.sample(tick, raw, stamp(tick));
            }
        }
    }

    private void control(long tick, ChipEffects.Kind kind, long value) {
        switch (kind) {
            case RESET_ASSERTED:
                inReset = true;
                counterBase = 0;
                state.reset(2 * tick);
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
                state.neurons.timerReset(2 * tick);
                break;
            case ORDINAL_TAKEN:
                state.ordinal = value;
                state.neurons.programStart(state.ordinal, 2 * haltTick);
                break;
            case PROGRAM_STARTED:
                state.crossbar.restartArbitration();
                state.notes.clear();
                base.take(state);
                break;
            case PROGRAM_HALTED:
                haltTick = tick;
                break;
            default:
                throw new IllegalStateException("effect " + kind + " is no control effect");
        }
    }

    /** Phase 2: drivers pulse. */
    private void pulses(long tick, long h) {
        boolean any = false;
        while (state.registerPulses.nextTick() == tick) {
            any |= state.pulses.fromRegister(state.registerPulses.take(), tick);
        }
        while (state.crossbarPulses.nextTick() == tick) {
            any |= state.pulses.fromCrossbar(state.crossbarPulses.take(), tick);
        }
        if (any) {
            state.neurons.pulsesDone(h);
        }
    }

    /** Phase 3: comparators. */
    private void crossings(long h) {
        if (state.neurons.nextFiring() <= h) {
            int count = state.neurons.takeFirings(h, fired);
            for (int i = 0; i < count; i++) {
                fire(fired[i], h);
            }
        }
        while (state.hookedCrossings.nextTick() == h) {
            fire(state.hookedCrossings.take(), h);
        }
    }

    private void fire(int circuit, long h) {
        postPulse(circuit, h);
        for (int slave : state.backends.fire(circuit)) {
            state.neurons.follow(slave, circuit, h);
            postPulse(slave, h);
        }
    }

    private void postPulse(int circuit, long h) {
        CorrelationSensors sensors = state.neurons.correlation();
        if (sensors.armed() && state.backends.sendsPostPulse(circuit)) {
            sensors.post(circuit, h);
        }
    }

    /** Phase 4: a pack enters the channel queues. */
    private void arrive(long word) {
        if (inReset) {
            return;
        }
        int count = (int) (word >>> 56) - SPIKE_COUNT_BASE;
        for (int i = count - 1; i >= 0; i--) {
            state.channels.offer((int) (word >>> 16 * i) & 0xFFFF, state.crossbar);
        }
    }

    /** Phase 6: every output takes one event. */
    private void takeOutputs(long tick) {
        int active = state.crossbar.activeOutputs();
        while (active != 0) {
            int output = Integer.numberOfTrailingZeros(active);
            active &= active - 1;
            int label = state.crossbar.take(output, tick);
            if (label >= 0) {
                long out = tick + state.timing.crossbar();
                if (output >= Crossbar.FIRST_L2_OUTPUT) {
                    state.leaving.add(out, output - Crossbar.FIRST_L2_OUTPUT << OUTPUT_SHIFT | label);
                } else {
                    state.crossbarPulses.add(out + state.timing.padi(), DriverPulses.event(output, label));
                }
            }
        }
    }

    private void leave(long tick, int event, FabricSink sink) {
        sink.event(tick, event, stamp(tick));
    }

    /** Lowest 8 bits of the chip's half-tick counter at a tick. */
    private int stamp(long tick) {
        return inReset ? 0 : (int) (counterBase + 2 * (tick - counterTick)) & 0xFF;
    }

    /**
     * Test hook: a circuit's comparator sees a crossing within the half-tick that begins at {@code halfTick}; its
     * membrane is left alone. Half-ticks must ascend from call to call.
     */
    void cross(int circuit, long halfTick) {
        closeWay();
        state.hookedCrossings.add(halfTick + 1, circuit);
    }

    /** Test hook: an event appears at a crossbar input before the next half-tick. */
    void inject(int input, int label) {
        closeWay();
        state.crossbar.offer(input, label & LABEL_MASK);
    }

    @Override
    public void connect(OffChipMemory memory) {
        state.processors.connect(memory);
    }

    @Override
    public void executeProcessors(boolean execute) {
        state.processors.execute(execute);
    }

    @Override
    public boolean processorsAct() {
        return state.processors.any();
    }

    @Override
    public int eventsInside() {
        return state.crossbar.waitingForL2() + state.channels.waiting() + state.leaving.size();
    }

    @Override
    public long work() {
        return work;
    }

    @Override
    public double watt(long ticks) {
        return state.power.watt(
                state.neurons.spikes(),
                state.neurons.synapticEvents(),
                ticks * SECONDS_PER_TICK,
                state.converters.madc().powered());
    }

    @Override
    public FabricHealth health() {
        return base.health(state);
    }

    NeuronArray neurons() {
        closeWay();
        return state.neurons;
    }

    SynapseTables synapses() {
        closeWay();
        return state.synapses;
    }
}
