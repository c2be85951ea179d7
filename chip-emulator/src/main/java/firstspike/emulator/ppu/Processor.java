package firstspike.emulator.ppu;

import java.util.Arrays;

/**
 * One plasticity processor: its scalar core, its vector unit and its clock (ppu.md 2 to 5). Times are half-ticks of the chip,
 * of which one is a cycle. It runs ahead on its own memory and waits in front of everything that others can see until the chip
 * has come to that time. Mutable; owned by the thread of its chip.
 */
public final class Processor {
    /** The time of nothing. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int FIRST_ISSUE = 4;
    private static final int BRANCH_CYCLES = 5;
    private static final int CONDITION_CYCLES = 2;
    private static final int UPDATE_CYCLES = 2;
    private static final int PRODUCT_CYCLES = 4;
    private static final int QUOTIENT_CYCLES = 32;
    private static final int STATE_CYCLES = 4;
    private static final int SYNC_CYCLES = 2;
    private static final int INTERRUPT_CYCLES = 6;
    private static final int MISS_CYCLES = 100;
    private static final int NO_WAIT = 3 << 21;
    private static final int ALL_BYTES = 15;

    private final int index;
    private final DataMemory memory;
    private final ProcessorBus bus;
    private final Registers registers = new Registers();
    private final int[] general = registers.general;
    private final IntegerUnit integers = new IntegerUnit(registers);
    private final BranchUnit branches = new BranchUnit(registers);
    private final Timers timers = new Timers();
    private final VectorUnit vectors;
    private final InstructionCache cache = new InstructionCache();
    private final Reports reports = new Reports();
    private final Instruction[] decoded = new Instruction[DataMemory.SRAM_WORDS];
    private final long[] ready = new long[33];

    private long conditionReady;
    private long loadsDone;
    private State state = State.RESET;
    private int pc;
    private int nextPc;
    private long cycle;
    private long origin;
    private long frozenAt = NEVER;
    /** Cycle before which the next instruction does not act although it is issued. */
    private long awaited;

    private long retired;
    /** Cycle of the external fetch that was counted as a miss already. */
    private boolean fetched;

    private TraceSink trace;

    /** What a processor does. */
    public enum State {
        /** Held in reset. */
        RESET,
        /** Executes instructions. */
        RUN,
        /** Waits for a timer. */
        SLEEP
    }

    /**
     * A processor in reset.
     *
     * @param index 0 top, 1 bottom
     * @param words that hold its SRAM of 4096 words
     * @param base index of its first word there
     * @param bus everything else
     */
    public Processor(int index, int[] words, int base, ProcessorBus bus) {
        this.index = index;
        this.bus = bus;
        memory = new DataMemory(words, base, bus, reports);
        vectors = new VectorUnit(index, memory, bus, reports);
    }

    /** Takes over the state of another processor, whose SRAM the words already hold. */
    public void copyFrom(Processor other) {
        registers.copyFrom(other.registers);
        timers.copyFrom(other.timers);
        vectors.state.copyFrom(other.vectors.state);
        vectors.timing.copyFrom(other.vectors.timing);
        vectors.random.copyFrom(other.vectors.random);
        cache.copyFrom(other.cache);
        reports.copyFrom(other.reports);
        System.arraycopy(other.ready, 0, ready, 0, ready.length);
        conditionReady = other.conditionReady;
        loadsDone = other.loadsDone;
        state = other.state;
        pc = other.pc;
        cycle = other.cycle;
        origin = other.origin;
        frozenAt = other.frozenAt;
        retired = other.retired;
        awaited = other.awaited;
        fetched = other.fetched;
    }

    /** Its number: 0 top, 1 bottom. */
    public int index() {
        return index;
    }

    /** Lets somebody see every instruction from now on; null: nobody. */
    public void trace(TraceSink sink) {
        trace = sink;
    }

    /** Power-on of the chip: as {@link #stop}, and registers and random generators are as at power-on. */
    public void powerOn() {
        stop();
        Arrays.fill(general, 0);
        for (byte[] lanes : vectors.state.register) {
            Arrays.fill(lanes, (byte) 0);
        }
        vectors.random.powerOn();
        reports.clear();
        retired = 0;
        cycle = 0;
    }

    /** Leaves reset at a time: begins at address 0, with general and vector registers as they are. */
    public void start(long halfTick) {
        reset();
        origin = halfTick;
        cycle = FIRST_ISSUE;
        retired = 0;
        reports.clear();
        state = State.RUN;
    }

    /** Goes into reset; memory, general and vector registers and the random generators keep what they hold. */
    public void stop() {
        long reached = cycle;
        reset();
        cycle = reached;
    }

    private void reset() {
        registers.reset();
        timers.reset();
        vectors.reset();
        cache.clear();
        Arrays.fill(ready, 0);
        conditionReady = 0;
        loadsDone = 0;
        pc = 0;
        fetched = false;
        awaited = 0;
        frozenAt = NEVER;
        state = State.RESET;
    }

    /** Its clock stands still from a time on; nothing when it does already. */
    public void freeze(long halfTick) {
        if (frozenAt == NEVER && state != State.RESET) {
            frozenAt = halfTick;
        }
    }

    /** Its clock goes on from a time on. */
    public void unfreeze(long halfTick) {
        if (frozenAt != NEVER) {
            origin += halfTick - frozenAt;
            frozenAt = NEVER;
        }
    }

    /** What it does. */
    public State state() {
        return state;
    }

    /** Address of the next instruction. */
    public int programCounter() {
        return pc;
    }

    /** Cycles since its start, up to the next instruction or to its sleep. */
    public long cycles() {
        return cycle;
    }

    /** Instructions since its start. */
    public long instructions() {
        return retired;
    }

    /** Words since its start that no unit knows. */
    public long illegal() {
        return reports.illegalCount();
    }

    /** The first of them, for people. */
    public String illegalText() {
        return reports.illegalText();
    }

    /** Accesses since its start beyond the SRAM that wrapped. */
    public long wrapped() {
        return reports.wrappedCount();
    }

    /** Accesses since its start that reached nothing. */
    public long unmapped() {
        return reports.unmappedCount();
    }

    /** The first of them, for people. */
    public String unmappedText() {
        return reports.unmappedText();
    }

    /** Half-tick of its next instruction, or of the timer that wakes it; {@link #NEVER} when nothing will happen. */
    public long next() {
        if (state == State.RESET || frozenAt != NEVER) {
            return NEVER;
        }
        if (state == State.RUN) {
            return origin + Math.max(cycle, awaited);
        }
        long wake = asks() ? cycle : timers.nextRequest();
        return wake == NEVER ? NEVER : origin + Math.max(wake, cycle);
    }

    private boolean asks() {
        return timers.intervalAsks() || timers.decrementerAsks();
    }

    /**
     * Executes instructions that issue before a time. Those that others can see wait until the chip is there.
     *
     * @param until half-tick, exclusive
     * @param now half-tick that the chip has reached, with everything done before the processors' turn in it
     * @return whether it got on at all
     */
    public boolean run(long until, long now) {
        long end = until - origin;
        long present = now - origin;
        long before = retired;
        long start = cycle;
        State stateBefore = state;
        if (state == State.SLEEP && next() < until) {
            wake();
        }
        while (state == State.RUN && cycle < end) {
            if (cycle >= timers.next()) {
                timers.advance(cycle);
            }
            if ((registers.state & Registers.EXTERNAL_ENABLE) != 0 && asks()) {
                cycle++;
                interrupt(timers.intervalAsks() ? Interrupt.FIXED_INTERVAL : Interrupt.DECREMENTER, pc);
                continue;
            }
            if (!step(end, present)) {
                break;
            }
        }
        return retired != before || cycle != start || state != stateBefore;
    }

    private void wake() {
        long at = Math.max(cycle, asks() ? cycle : timers.nextRequest());
        timers.advance(at);
        cycle = at;
        state = State.RUN;
        if ((registers.state & Registers.EXTERNAL_ENABLE) != 0) {
            interrupt(timers.intervalAsks() ? Interrupt.FIXED_INTERVAL : Interrupt.DECREMENTER, pc);
        }
    }

    private void interrupt(Interrupt interrupt, int returnTo) {
        registers.save[0] = returnTo;
        registers.save[1] = registers.state;
        registers.state &= Registers.KEPT_BY_INTERRUPT;
        pc = interrupt.address();
        cycle += INTERRUPT_CYCLES;
        fetched = false;
    }

    /** Executes the next instruction; false: it has to wait. */
    private boolean step(long end, long present) {
        Instruction i;
        if (pc >= 0) {
            int at = pc >>> 2 & DataMemory.SRAM_WORDS - 1;
            int word = memory.sram(pc);
            i = decoded[at];
            if (i == null || i.word != word) {
                i = new Instruction(word);
                decoded[at] = i;
            }
        } else {
            if (!fetched && !cache.hits(pc)) {
                cycle += MISS_CYCLES;
            }
            fetched = true;
            if (cycle >= end || cycle > present) {
                return false;
            }
            i = new Instruction(memory.fetch(cycle, pc));
        }
        long issue = Math.max(cycle, ready[i.firstSource]);
        issue = Math.max(issue, Math.max(ready[i.secondSource], ready[i.thirdSource]));
        if (i.readsCondition) {
            issue = Math.max(issue, conditionReady);
        }
        cycle = issue;
        if (issue >= end) {
            return false;
        }
        nextPc = pc + 4;
        if (!execute(i, present)) {
            return false;
        }
        if (trace != null) {
            trace.executed(this, issue, pc, i.word);
        }
        pc = nextPc;
        fetched = false;
        awaited = 0;
        retired++;
        return true;
    }

    /** Acts and sets the cycle of the next instruction; false: it has to wait. */
    private boolean execute(Instruction i, long present) {
        long issue = cycle;
        switch (i.opcode.format()) {
            case ADD_IMMEDIATE, LOGIC_IMMEDIATE, ARITHMETIC_IMMEDIATE -> {
                integers.immediate(i);
                int target = i.opcode.format() == Format.LOGIC_IMMEDIATE ? i.ra : i.rt;
                ready[target] = issue + (i.opcode == Opcode.MULLI ? PRODUCT_CYCLES : 1);
                if (i.opcode == Opcode.ANDI || i.opcode == Opcode.ANDIS || i.opcode == Opcode.ADDIC_RECORD) {
                    conditionReady = issue + CONDITION_CYCLES;
                }
                cycle = issue + 1;
            }
            case COMPARE_IMMEDIATE -> {
                integers.immediate(i);
                conditionReady = issue + CONDITION_CYCLES;
                cycle = issue + 1;
            }
            case COMPARE -> {
                integers.compare(i);
                conditionReady = issue + CONDITION_CYCLES;
                cycle = issue + 1;
            }
            case ARITHMETIC, ARITHMETIC_UNARY -> arithmetic(i, issue);
            case LOGIC, LOGIC_UNARY, SHIFT_IMMEDIATE, ROTATE, ROTATE_INSERT, ROTATE_REGISTER -> {
                integers.logic(i);
                ready[i.ra] = issue + 1;
                recorded(i, issue);
                cycle = issue + 1;
            }
            case LOAD, LOAD_INDEXED -> {
                return load(i, issue, present);
            }
            case STORE, STORE_INDEXED -> {
                return store(i, issue, present);
            }
            case BRANCH, BRANCH_CONDITIONAL, BRANCH_REGISTER -> branch(branches.target(i, pc), issue);
            case RETURN -> {
                nextPc = branches.leave(i);
                cycle = issue + BRANCH_CYCLES;
            }
            case CONDITION_LOGIC, CONDITION_MOVE -> {
                branches.combine(i);
                conditionReady = issue + CONDITION_CYCLES;
                cycle = issue + 1;
            }
            case MOVE_FROM_CONDITION -> {
                branches.read(i);
                ready[i.rt] = issue + 1;
                cycle = issue + 1;
            }
            case MOVE_TO_CONDITION -> {
                branches.write(i);
                conditionReady = issue + CONDITION_CYCLES;
                cycle = issue + 1;
            }
            case MOVE_FROM_SPECIAL -> {
                int number = i.special();
                general[i.rt] = Timers.owns(number) ? timers.read(number, issue) : registers.special(number);
                ready[i.rt] = issue + 1;
                cycle = issue + 1;
            }
            case MOVE_TO_SPECIAL -> {
                if (Timers.owns(i.special())) {
                    timers.write(i.special(), general[i.rt], issue);
                } else {
                    registers.special(i.special(), general[i.rt]);
                }
                cycle = issue + 1;
            }
            case MOVE_FROM_STATE -> {
                general[i.rt] = registers.state;
                ready[i.rt] = issue + 1;
                cycle = issue + 1;
            }
            case MOVE_TO_STATE -> {
                registers.state = general[i.rt] & Registers.STATE_BITS;
                cycle = issue + STATE_CYCLES;
            }
            case TRAP, TRAP_IMMEDIATE -> {
                if (branches.traps(i)) {
                    fault(Interrupt.PROGRAM, Registers.TRAP_SYNDROME);
                } else {
                    cycle = issue + 1;
                }
            }
            case CONTROL -> control(i, issue);
            case VECTOR -> {
                return vector(i, issue, present);
            }
            case UNKNOWN -> {
                reports.illegal(pc, i.word);
                cycle = issue + 1;
            }
        }
        return true;
    }

    private void arithmetic(Instruction i, long issue) {
        integers.arithmetic(i);
        boolean multiplies = i.opcode == Opcode.MULLW || i.opcode == Opcode.MULHW || i.opcode == Opcode.MULHWU;
        boolean divides = i.opcode == Opcode.DIVW || i.opcode == Opcode.DIVWU;
        // A quotient takes the way of a product behind the cycles for which it holds the core.
        long last = divides ? issue + QUOTIENT_CYCLES - 1 : issue;
        ready[i.rt] = last + (divides || multiplies ? PRODUCT_CYCLES : 1);
        recorded(i, ready[i.rt] - 1);
        cycle = last + 1;
    }

    private void recorded(Instruction i, long at) {
        if (i.record && i.opcode.hasRecord()) {
            conditionReady = at + CONDITION_CYCLES;
        }
    }

    private void branch(int target, long issue) {
        boolean taken = target != BranchUnit.NOT_TAKEN;
        cycle = issue + (taken ? BRANCH_CYCLES : 1);
        nextPc = taken ? target : nextPc;
    }

    private void fault(Interrupt interrupt, int syndrome) {
        registers.syndrome = syndrome;
        cycle++;
        interrupt(interrupt, pc);
        nextPc = pc;
    }

    /** Address of a load or store; halfwords with sign take their displacement without one. */
    private int address(Instruction i) {
        int base = general[i.firstSource];
        if (i.opcode.format() == Format.LOAD_INDEXED || i.opcode.format() == Format.STORE_INDEXED) {
            return base + general[i.rb];
        }
        boolean unsigned = i.opcode == Opcode.LHA || i.opcode == Opcode.LHAU;
        return base + (unsigned ? i.immediate & 0xFFFF : i.immediate);
    }

    private boolean isMisaligned(Instruction i, int address) {
        return switch (i.opcode.bytes()) {
            case 1 -> false;
            case 2 -> (address & 3) == 3;
            default -> (address & 3) != 0;
        };
    }

    private boolean load(Instruction i, long issue, long present) {
        int address = address(i);
        if (isMisaligned(i, address)) {
            fault(Interrupt.ALIGNMENT, 0);
            return true;
        }
        if (i.opcode == Opcode.ECIWX) {
            loaded(i.rt, 0, issue + DataMemory.latency(0));
            cycle = issue + 1;
            return true;
        }
        if (i.opcode == Opcode.LMW) {
            return loadMany(i, address, issue, present);
        }
        if (DataMemory.isShared(address) && issue > present) {
            return false;
        }
        int word = memory.read(issue, accessed(i, address), pc);
        int at = address & 3;
        int value =
                switch (i.opcode.bytes()) {
                    case 1 -> word >>> 24 - 8 * at & 0xFF;
                    case 2 -> word << 8 * at >>> 16;
                    default -> word;
                };
        boolean signed = i.opcode == Opcode.LHA
                || i.opcode == Opcode.LHAU
                || i.opcode == Opcode.LHAX
                || i.opcode == Opcode.LHAUX;
        boolean updates = i.opcode.updates();
        cycle = issue + (updates ? UPDATE_CYCLES : 1);
        // With update the address goes first, a cycle before the access.
        long access = updates ? issue + 1 : issue;
        loaded(i.rt, signed ? (short) value : value, access + DataMemory.latency(address));
        if (updates) {
            general[i.ra] = address;
            ready[i.ra] = i.ra == i.rt ? Math.max(ready[i.ra], issue + UPDATE_CYCLES) : issue + UPDATE_CYCLES;
        }
        return true;
    }

    /** The address that is counted: the surplus of a negative displacement that lost its sign is not meant. */
    private static int accessed(Instruction i, int address) {
        boolean surplus = (i.opcode == Opcode.LHA || i.opcode == Opcode.LHAU) && i.immediate < 0;
        return surplus && !DataMemory.isShared(address) ? address & 0x3FFF : address;
    }

    private void loaded(int register, int value, long at) {
        general[register] = value;
        ready[register] = at;
        loadsDone = Math.max(loadsDone, at);
    }

    private boolean loadMany(Instruction i, int address, long issue, long present) {
        int count = 32 - i.rt;
        if (DataMemory.isShared(address | address + 4 * count - 4) && issue > present) {
            return false;
        }
        for (int k = 0; k < count; k++) {
            int at = address + 4 * k;
            loaded(i.rt + k, memory.read(issue, at, pc), issue + k + DataMemory.latency(at));
        }
        cycle = issue + count + 1;
        return true;
    }

    private boolean store(Instruction i, long issue, long present) {
        int address = address(i);
        if (isMisaligned(i, address)) {
            fault(Interrupt.ALIGNMENT, 0);
            return true;
        }
        int count = i.opcode == Opcode.STMW ? 32 - i.rt : 1;
        if (i.opcode == Opcode.ECOWX) {
            cycle = issue + 1;
            return true;
        }
        if (DataMemory.isShared(address | address + 4 * count - 4) && issue > present) {
            return false;
        }
        cycle = issue + count;
        if (i.opcode == Opcode.STMW) {
            for (int k = 0; k < count; k++) {
                memory.write(issue, address + 4 * k, general[i.rt + k], ALL_BYTES, pc);
            }
            return true;
        }
        int bytes = i.opcode.bytes();
        int shift = 8 * (4 - bytes - (address & 3));
        int enables = (1 << bytes) - 1 << 4 - bytes - (address & 3);
        int value = general[i.rt];
        if (i.opcode.updates()) {
            general[i.ra] = address;
            ready[i.ra] = issue + UPDATE_CYCLES;
        }
        memory.write(issue, address, value << shift, enables, pc);
        return true;
    }

    private void control(Instruction i, long issue) {
        long done = Math.max(loadsDone, vectors.timing.done());
        if (i.opcode == Opcode.SYNC) {
            cycle = Math.max(issue + SYNC_CYCLES, done + 1);
        } else if ((i.word & NO_WAIT) != 0) {
            cycle = issue + 1;
        } else {
            cycle = Math.max(issue, done) + 1;
            state = State.SLEEP;
        }
    }

    private boolean vector(Instruction i, long issue, long present) {
        int address = general[i.firstSource] + general[i.secondSource];
        boolean access = i.vector.kind().isAccess();
        long start = vectors.timing.start(i, issue);
        if (access && VectorUnit.isShared(i, address)) {
            // A converter samples when the unit comes to it, all else acts when it is issued.
            long due = VectorUnit.converts(i, address) ? start : issue;
            if (due > present) {
                awaited = due;
                return false;
            }
        }
        vectors.execute(i, address, general[i.firstSource], issue, start, pc);
        cycle = issue + 1;
        return true;
    }

    /** Its scalar registers. */
    Registers registers() {
        return registers;
    }

    /** Its vector unit. */
    VectorUnit vectors() {
        return vectors;
    }

    /** Executes one instruction at an address, whatever the time. */
    void stepAt(int address) {
        state = State.RUN;
        pc = address;
        step(NEVER, NEVER);
    }
}
