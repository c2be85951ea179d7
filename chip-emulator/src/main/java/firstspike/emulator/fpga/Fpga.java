package firstspike.emulator.fpga;

import firstspike.driver.link.PpuPolicy;
import firstspike.driver.message.TraceMessages;
import firstspike.emulator.digital.ChipEffects;
import firstspike.emulator.digital.ChipFabric;
import firstspike.emulator.digital.ChipTiming;
import firstspike.emulator.digital.FabricSink;
import firstspike.emulator.digital.OffChipMemory;

/**
 * The parts of an emulated FPGA and its chip, wired together: what keeps its state between programs. The executor runs
 * ahead of the chip; {@link #flush} lets chip and trace catch up. Ticks count from power-on. Mutable; one owner thread.
 */
final class Fpga
        implements FabricSink, OmnibusMaster.Target, JtagEngine.ChipAccess, FpgaRegisters.Effects, OffChipMemory {

    /**
     * Stretch of virtual time between two questions whether to go on: 4 ms, up to 32 ms while little happens in it. Longer
     * stretches give a chip with several threads more to share out.
     */
    private static final long STRETCH = 500_000;

    private static final long LONGEST_STRETCH = 8 * STRETCH;
    private static final long FEW_EVENTS = 20_000;
    /** Half-ticks with something in them; a longer stretch would let a cancelled run wait. */
    private static final long LITTLE_WORK = 200_000;

    private static final int CHIP_PHY_MASK = 0x0004_0000;
    private static final int ALL_BYTES = 15;

    private final FpgaSettings settings;
    private final AccessRules rules;
    private final ChipTiming timing;
    private final ChipFabric fabric;
    private final ChipEffects effects = new ChipEffects();
    private final FpgaRegisters registers;
    private final HighSpeedLinks links;
    private final JtagEngine jtag;
    private final ChipDownlink downlink;
    private final Trace trace;
    private final OmnibusMaster omnibus;
    private final SystemTime systemTime;
    private final TimedQueue registerAccesses;
    private final ConversionTimes conversions;

    private long reached;
    private long traceLimit = TimedQueue.NEVER;
    private boolean inProgram;
    private long timerZero;
    private long programStart;
    private int pollValue;
    private long chipEvents;
    private long samples;
    private long spikeLimit;
    private long stretch = STRETCH;

    /** An FPGA at power-on in front of a chip at power-on. */
    Fpga(FpgaSettings settings, ChipFabric fabric) {
        this.settings = settings;
        rules = new AccessRules(settings);
        this.fabric = fabric;
        timing = settings.timing();
        registers = new FpgaRegisters(timing, settings.model().seed());
        links = new HighSpeedLinks(timing, settings.brokenLinks());
        jtag = new JtagEngine(settings.idCode());
        downlink = new ChipDownlink();
        trace = new Trace(timing, new EventLoss(settings.model()));
        omnibus = new OmnibusMaster(timing, this, responses(Responses.Kind.OMNIBUS));
        systemTime = new SystemTime(settings, registers, trace);
        conversions = new ConversionTimes();
        registerAccesses = new TimedQueue();
        registers.power(fabric.watt(0));
        fabric.connect(this);
    }

    private Fpga(Fpga other) {
        settings = other.settings;
        rules = new AccessRules(settings);
        timing = other.timing;
        fabric = other.fabric.copy();
        registers = other.registers.copy();
        links = other.links.copy();
        jtag = other.jtag.copy();
        downlink = other.downlink.copy();
        trace = other.trace.copy();
        omnibus = other.omnibus.copy(this, responses(Responses.Kind.OMNIBUS));
        systemTime = other.systemTime.copy(registers, trace);
        conversions = other.conversions.copy();
        registerAccesses = other.registerAccesses.copy();
        reached = other.reached;
        timerZero = other.timerZero;
        fabric.connect(this);
    }

    /** A deep copy of the state between two programs. */
    Fpga copy() {
        return new Fpga(this);
    }

    FpgaSettings settings() {
        return settings;
    }

    FpgaRegisters registers() {
        return registers;
    }

    HighSpeedLinks links() {
        return links;
    }

    JtagEngine jtag() {
        return jtag;
    }

    OmnibusMaster omnibus() {
        return omnibus;
    }

    ChipDownlink downlink() {
        return downlink;
    }

    Trace trace() {
        return trace;
    }

    ChipFabric fabric() {
        return fabric;
    }

    /** Queue of answers of a kind that wait for the trace. */
    TimedQueue responses(Responses.Kind kind) {
        return trace.responses().of(kind);
    }

    /** A program's first instruction will issue at a tick; the gap before it belongs to it. */
    void start(long haltTick, long startTick, RunMode mode, TraceMessages sink, RunWatch watch) {
        long ordinal = mode.ordinal();
        spikeLimit = mode.spikeLimit();
        programStart = startTick;
        downlink.control(Math.max(reached, haltTick), ChipEffects.Kind.ORDINAL_TAKEN, ordinal);
        catchUp(startTick);
        flush(startTick, startTick, watch);
        fabric.executeProcessors(mode.ppu() == PpuPolicy.RUN);
        trace.responses().discard();
        downlink.control(startTick, ChipEffects.Kind.PROGRAM_STARTED, ordinal);
        trace.programStarted(startTick, ordinal, haltTick, sink);
        inProgram = true;
        traceLimit = TimedQueue.NEVER;
        chipEvents = 0;
        rules.programStarted();
        links.programStarted();
    }

    /**
     * The halt issues: chip and trace run up to it.
     *
     * @return as {@link #flush}
     */
    Stop halt(long haltTick, long startTick, RunWatch watch) {
        catchUp(haltTick);
        downlink.control(haltTick, ChipEffects.Kind.PROGRAM_HALTED, 0);
        traceLimit = haltTick;
        Stop stop = flush(haltTick + 1, startTick, watch);
        registers.power(fabric.watt(haltTick - startTick));
        inProgram = false;
        return stop;
    }

    /** Ends the trace of a program whose halt issued; returns the events that were on their way with recording on. */
    long endTrace(long haltTick) {
        long left = trace.halt(haltTick);
        return left + (trace.recording() ? fabric.eventsInside() : 0);
    }

    /**
     * Gives a program up where the chip stands: what was to come is forgotten.
     *
     * @return the tick that counts as its halt
     */
    long abandon() {
        settle();
        downlink.clear();
        omnibus.forget();
        jtag.abandon();
        trace.abandon();
        systemTime.abandon();
        timerZero = Math.min(timerZero, reached + 1);
        inProgram = false;
        downlink.control(reached, ChipEffects.Kind.PROGRAM_HALTED, 0);
        return reached;
    }

    /** Gives back the room that a large program took: many chips wait for their next program at a time. */
    void trim() {
        effects.trim();
        registerAccesses.trim();
        downlink.trim();
        trace.trim();
        omnibus.trim();
    }

    /** Performs everything of the FPGA that is due up to a tick, inclusive, before an instruction issues there. */
    void catchUp(long tick) {
        if (registerAccesses.headTick() <= tick) {
            performAccesses(tick);
        }
        if (omnibus.hasPending() && links.usableFrom() <= tick) {
            omnibus.release(links.usableFrom());
        }
        links.announce(tick, responses(Responses.Kind.LINK_NOTIFICATION));
    }

    /** Performs register accesses that were launched, although their tick is to come: nothing can happen in between. */
    void settle() {
        performAccesses(TimedQueue.NEVER - 1);
    }

    private void performAccesses(long tick) {
        for (; registerAccesses.headTick() <= tick; registerAccesses.removeHead()) {
            long when = registerAccesses.headTick();
            int address = registerAccesses.headTag();
            long access = registerAccesses.headValue();
            if (FpgaRegisters.isMemory(address) && (rules.ppuStarted() || fabric.processorsAct())) {
                // A processor may read or write this memory before then.
                flush(when, programStart, RunWatch.PATIENT);
            }
            if (access >= 0) {
                registers.write(when, address, (int) access, (int) (access >>> 32), this);
            } else {
                fillAnswer(~access, readRegister(when, address));
            }
        }
    }

    /** Value of an FPGA register at a tick. */
    int readRegister(long tick, int address) {
        return registers.read(tick, address, (int) timer(tick), tick < systemTime.end(), links);
    }

    private void fillAnswer(long number, int value) {
        if (responses(Responses.Kind.OMNIBUS).holds(number)) {
            responses(Responses.Kind.OMNIBUS).setValue(number, value & 0xffff_ffffL);
        }
    }

    /**
     * Lets chip and trace run up to a tick, exclusive.
     *
     * @param untilTick at most the tick in which the next instruction issues
     * @param startTick of the program, for the watch
     * @return why the program has to end, HALTED if it need not
     */
    Stop flush(long untilTick, long startTick, RunWatch watch) {
        while (reached < untilTick) {
            long to = Math.min(untilTick, reached + stretch);
            long before = chipEvents + samples;
            effects.clear();
            downlink.drain(to, effects, systemTime);
            reached = to;
            long work = fabric.work();
            fabric.advance(effects, to, this);
            boolean few =
                    effects.size() + chipEvents + samples - before < FEW_EVENTS && fabric.work() - work < LITTLE_WORK;
            stretch = few ? Math.min(2 * stretch, LONGEST_STRETCH) : STRETCH;
            if (inProgram) {
                trace.advance(Math.min(to, traceLimit));
                Stop stop = chipEvents + trace.samplesRecorded() > spikeLimit
                        ? Stop.SPIKE_LIMIT
                        : watch.check(to - startTick);
                if (stop != Stop.HALTED) {
                    return stop;
                }
            }
        }
        return Stop.HALTED;
    }

    /** Value of the playback timer at a tick, unsigned 32 bit. */
    long timer(long tick) {
        return tick - timerZero & 0xffff_ffffL;
    }

    /** A timer reset issues: the tick after it has the value 0. */
    void resetTimer(long tick) {
        timerZero = tick + 1;
        downlink.control(tick, ChipEffects.Kind.TIMER_RESET, 0);
    }

    SystemTime systemTime() {
        return systemTime;
    }

    /** The level of the reset line changes. */
    void chipReset(long tick, boolean asserted) {
        links.chipReset(tick, asserted);
        registers.linkAccesses().clear();
        conversions.reset();
        downlink.control(tick, asserted ? ChipEffects.Kind.RESET_ASSERTED : ChipEffects.Kind.RESET_RELEASED, 0);
    }

    /** Counts stimuli towards the limit of spikes. */
    void countStimuli(int count) {
        chipEvents += count;
    }

    /** Last value that a poll read from the chip. */
    int pollValue() {
        return pollValue;
    }

    /** Which register accesses reach their register. */
    AccessRules rules() {
        return rules;
    }

    @Override
    public void event(long tick, int label, int stamp) {
        chipEvents++;
        trace.event(tick, label, stamp);
    }

    @Override
    public void sample(long tick, int raw, int stamp) {
        samples++;
        trace.sample(tick, raw, stamp);
    }

    @Override
    public void value(long tick, int value) {
        long owner = downlink.nextReadOwner();
        if (owner == ChipDownlink.JTAG_READ) {
            jtag.readAnswered(value & 0xffff_ffffL, responses(Responses.Kind.JTAG));
        } else if (owner == ChipDownlink.POLL_READ) {
            pollValue = value;
        } else {
            fillAnswer(owner, value);
        }
    }

    @Override
    public void writeFpga(long tick, int address, int word, int byteEnables) {
        if (rules.writes(address, word, byteEnables)) {
            registerAccesses.add(tick, address, (long) byteEnables << 32 | word & 0xffff_ffffL);
        }
    }

    @Override
    public void readFpga(long tick, int address, long answer) {
        rules.reads(address);
        registerAccesses.add(tick, address, ~answer);
    }

    @Override
    public void writeChip(long tick, int address, int word, int byteEnables) {
        registers.linkAccesses().written();
        if (!rules.writes(address, word, byteEnables)) {
            return;
        }
        conversions.written(address, word, byteEnables);
        if (address == CHIP_PHY_MASK && (byteEnables & 1) != 0) {
            links.chipMask(tick, word);
        }
        downlink.write(tick, address, word, byteEnables);
    }

    @Override
    public int busTicks(int address) {
        return conversions.ticks(address);
    }

    @Override
    public long readChip(long tick, int address, long owner) {
        registers.linkAccesses().read();
        if (rules.reads(address)) {
            downlink.read(tick, address, owner);
        } else if (owner == ChipDownlink.POLL_READ) {
            pollValue = 0;
        }
        return tick;
    }

    @Override
    public void writeOverJtag(long tick, int address, int word) {
        if (!rules.writes(address, word, ALL_BYTES)) {
            return;
        }
        conversions.written(address, word, ALL_BYTES);
        if (address == CHIP_PHY_MASK) {
            links.chipMask(tick, word);
        }
        downlink.writeOverJtag(tick, address, word);
    }

    @Override
    public boolean readOverJtag(long tick, int address) {
        boolean owned = rules.reads(address);
        if (owned) {
            downlink.readOverJtag(tick, address);
        }
        return owned;
    }

    @Override
    public boolean isMapped(int address, boolean read) {
        return FpgaRegisters.isMemory(address) || read && registers.isRegister(address);
    }

    @Override
    public int readWord(long tick, int address) {
        return readRegister(tick, address);
    }

    @Override
    public void writeWord(int address, int word, int byteEnables) {
        registers.writeMemory(address, word, byteEnables);
    }

    @Override
    public void recordingChanged(long tick, boolean on) {
        trace.recording(tick, on);
    }

    @Override
    public void phyMaskChanged(long tick, int mask) {
        links.fpgaMask(tick, mask);
    }
}
