package firstspike.emulator.digital;

import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.analog.PowerModel;
import firstspike.emulator.clock.DelayRing;

/**
 * The parts of the chip that keep state, wired together: made at power-on, copied, split off for windows and joined
 * again. What happens in them from half-tick to half-tick is {@link DigitalChip}. Mutable; owned by one thread.
 */
final class ChipState {
    private static final int CIRCUITS = 512;

    final FabricOptions options;
    final PowerModel power;
    final ChipTiming timing;
    final RegisterFile registers;
    final NeuronArray neurons;
    final PadiBuses buses;
    final BackgroundSources sources;
    final SynapseTables synapses;
    final DriverPlasticity plasticity;
    final DriverPulses pulses;
    final Converters converters;
    final FabricNotes notes;
    final RegisterAccess access;

    // Parts that are exchanged when a window is joined.
    Crossbar crossbar;
    ChannelQueues channels;
    NeuronBackends backends;

    /** Events from the crossbar that start pulses, from the event register, and on their way out. */
    DelayRing crossbarPulses = new DelayRing();

    DelayRing registerPulses = new DelayRing();
    DelayRing leaving = new DelayRing();
    final DelayRing hookedCrossings;

    final ChipProcessors processors;

    /** Ordinal of the running program, -1 for set-up programs. */
    long ordinal = -1;

    /** A chip at power-on at tick 0. */
    ChipState(ChipModel model, FabricOptions options) {
        this(options, new RegisterFile(options.randomPowerUp()), model);
    }

    private ChipState(FabricOptions options, RegisterFile registers, ChipModel model) {
        this(
                options,
                new PowerModel(model),
                registers,
                new NeuronArray(model, registers),
                new PadiBuses(registers),
                new BackgroundSources(registers),
                new DriverPlasticity(registers, model),
                new FabricNotes(),
                new DelayRing(),
                new SynapseTables(registers));
        crossbar = new Crossbar(timing);
        channels = new ChannelQueues(timing.channelFifo());
        backends = new NeuronBackends(registers, notes);
        backends.reset();
    }

    /** The parts that all three ways to a chip have in common; the exchangeable ones are set by the caller. */
    private ChipState(
            FabricOptions options,
            PowerModel power,
            RegisterFile registers,
            NeuronArray neurons,
            PadiBuses buses,
            BackgroundSources sources,
            DriverPlasticity plasticity,
            FabricNotes notes,
            DelayRing hookedCrossings,
            SynapseTables synapses) {
        this.options = options;
        this.power = power;
        timing = options.timing();
        this.registers = registers;
        this.neurons = neurons;
        this.buses = buses;
        this.sources = sources;
        this.plasticity = plasticity;
        this.notes = notes;
        this.hookedCrossings = hookedCrossings;
        this.synapses = synapses;
        pulses = new DriverPulses(registers, buses, synapses, neurons, plasticity, notes);
        converters = new Converters(registers, neurons, notes);
        access = new RegisterAccess(this, options.stuckAddress());
        processors = new ChipProcessors(this);
    }

    /** A deep copy over registers of its own, which hold the same words. */
    ChipState copy() {
        RegisterFile words = new RegisterFile(registers);
        ChipState copy = new ChipState(
                options,
                power,
                words,
                neurons.copy(words),
                new PadiBuses(buses, words),
                new BackgroundSources(sources, words),
                new DriverPlasticity(plasticity, words),
                notes.copy(),
                new DelayRing(hookedCrossings),
                new SynapseTables(words));
        copy.crossbar = new Crossbar(crossbar);
        copy.channels = new ChannelQueues(channels);
        copy.backends = backends.copy(words, copy.notes);
        copy.crossbarPulses = new DelayRing(crossbarPulses);
        copy.registerPulses = new DelayRing(registerPulses);
        copy.leaving = new DelayRing(leaving);
        copy.converters.copyFrom(converters);
        copy.processors.copyFrom(processors);
        copy.ordinal = ordinal;
        return copy;
    }

    /**
     * The state of a window that begins at a tick: same settings, all at rest, nothing counted. It shares the registers
     * and what is looked up of them; nobody may write them meanwhile.
     */
    ChipState window(long tick) {
        return window(neurons.copyAtRest(2 * tick));
    }

    /** The state of a window that goes on from here, where nothing is on its way: otherwise as {@link #window(long)}. */
    ChipState continued() {
        return window(neurons.copyContinued());
    }

    private ChipState window(NeuronArray ofWindow) {
        ChipState window = new ChipState(
                options,
                power,
                registers,
                ofWindow,
                new PadiBuses(registers),
                new BackgroundSources(registers),
                new DriverPlasticity(plasticity, registers),
                new FabricNotes(),
                new DelayRing(),
                synapses);
        window.crossbar = crossbar.forWindow();
        window.channels = new ChannelQueues(timing.channelFifo());
        window.backends = backends.forWindow(window.notes);
        window.ordinal = ordinal;
        return window;
    }

    /**
     * Whether nothing is on its way through the digital parts, nothing outlasts a gap, and no node has a firing or a step
     * of a cell to come. A running background source keeps the crossbar's round robin alive, short-term plasticity
     * remembers the window before, correlation sensors do too, nodes with steps do not come to rest, processors see and change everything, and samples of the MADC span it, so with any of them windows could never join.
     */
    boolean quiet() {
        return !processors.any()
                && !sources.any()
                && !plasticity.any()
                && converters.nextHalfTick() == Long.MAX_VALUE
                && channels.waiting() == 0
                && crossbar.activeOutputs() == 0
                && !backends.outputs().any()
                && crossbarPulses.size() + registerPulses.size() + leaving.size() + hookedCrossings.size() == 0
                && !neurons.anyStepped()
                && !neurons.correlation().armed()
                && neurons.nextFiring() == Long.MAX_VALUE;
    }

    /** Whether a window that was run ahead, with its first effect at a tick, is what follows the present state. */
    boolean joins(ChipState window, long firstTick) {
        return quiet() && crossbar.idleAt(firstTick) && neurons.leadsTo(window.neurons);
    }

    /** Takes over the end of a window that {@link #joins}; the window must not be used any more. */
    void adopt(ChipState window) {
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
    }

    /** Length of input-free time after which windows may be independent, in ticks. */
    long restTicks() {
        return Math.max((neurons.restHalfTicks() + 1) / 2, timing.arbiterIdle());
    }

    /** The chip's reset at a half-tick: everything takes its power-on value; membranes go on under the new settings. */
    void reset(long h) {
        int[] codes = registers.capMem.clone();
        registers.powerOn();
        registers.settingsChanged();
        crossbar.reset();
        channels.clear();
        buses.reset();
        sources.stop();
        plasticity.reset(h);
        neurons.correlation().powerOn();
        synapses.dropAll();
        backends.reset();
        converters.reset();
        processors.powerOn();
        crossbarPulses.clear();
        registerPulses.clear();
        leaving.clear();
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != registers.capMem[i]) {
                access.capMemChanged(i, codes[i], h);
            }
        }
        for (int circuit = 0; circuit < CIRCUITS; circuit++) {
            neurons.circuitChanged(circuit, h);
        }
        neurons.commonBackendChanged(0, h);
        neurons.commonBackendChanged(1, h);
        neurons.referenceChanged(h);
    }
}
