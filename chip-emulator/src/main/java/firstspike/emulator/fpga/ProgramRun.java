package firstspike.emulator.fpga;

import firstspike.driver.link.PpuPolicy;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.InstructionSource;
import firstspike.emulator.digital.ChipTiming;

/**
 * The execution of one program: issues one instruction a tick, in order, each not before the one before it retired
 * (playback.md 4). Mutable; one owner thread.
 */
final class ProgramRun {

    /** Instructions between two flushes: bounds the memory of what is on its way. */
    private static final int FLUSH_MASK = (1 << 16) - 1;

    private static final long NEVER = TimedQueue.NEVER;
    private static final int MOST_READS_REPORTED = 52;

    private final Fpga fpga;
    private final ChipTiming timing;
    private final RunWatch watch;
    private final long startTick;
    private final RunMode mode;
    private final StreamPace pace;

    private long tick;
    private long index = -1;
    private int latchedAddress;
    private int latchedBytes;
    private long latchedIndex = -2;
    private long orphans;
    private Stop stop = Stop.HALTED;
    private String circumstance = "";
    private long readsInFlight;
    private long stimuli;
    private long stimuliLost;
    private long late;
    private long maxLate;
    private long eventsInFlight;

    ProgramRun(Fpga fpga, long startTick, RunMode mode, RunWatch watch) {
        this.fpga = fpga;
        this.watch = watch;
        this.startTick = startTick;
        this.mode = mode;
        pace = new StreamPace(startTick);
        timing = fpga.settings().timing();
        tick = startTick;
    }

    /**
     * Executes all instructions and the halt behind them.
     *
     * @return the tick of the halt
     */
    long execute(InstructionSource source) {
        while (stop == Stop.HALTED && source.next()) {
            index = source.index();
            if (mode.streamed()) {
                tick = pace.take(tick);
            }
            fpga.catchUp(tick);
            issue(source.word());
            if ((index & FLUSH_MASK) == FLUSH_MASK && stop == Stop.HALTED) {
                fpga.catchUp(tick);
                stop = fpga.flush(tick, startTick, watch);
            }
        }
        if (stop == Stop.HALTED) {
            index++;
            stop = watch.check(tick - startTick);
        }
        return switch (stop) {
            case HALTED, INSTRUCTION_TIMEOUT, PPU_START -> halt();
            case NO_INSTRUCTION -> breakOff();
            case SPIKE_LIMIT, CANCELLED, CALL_DEADLINE, EXECUTION_LIMIT -> fpga.abandon();
        };
    }

    /** What was issued before the word that is no instruction happens, then nothing more. */
    private long breakOff() {
        fpga.catchUp(tick);
        fpga.flush(tick, startTick, RunWatch.PATIENT);
        return fpga.abandon();
    }

    private long halt() {
        Stop late = fpga.halt(tick, startTick, watch);
        if (late != Stop.HALTED) {
            stop = late;
            return fpga.abandon();
        }
        eventsInFlight = fpga.endTrace(tick);
        return tick;
    }

    /** What is to be said about the run; the leftovers of its trace are counted and removed. */
    RunReport report(long haltTick) {
        UnmappedAccesses unmapped = fpga.rules().unmapped();
        Trace trace = fpga.trace();
        long writesPending = fpga.omnibus().pendingWrites();
        if (stop != Stop.HALTED) {
            fpga.omnibus().discardPending();
        }
        return new RunReport(
                stop,
                index,
                circumstance,
                haltTick - startTick,
                stimuli,
                stimuliLost,
                late,
                maxLate,
                eventsInFlight,
                trace.notRecorded(),
                trace.queueDrops(),
                trace.lost(),
                trace.responses().discard(),
                writesPending,
                readsInFlight,
                unmapped.writes(),
                unmapped.reads(),
                unmapped.addresses(),
                fpga.links().cameBack(),
                fpga.rules().ppuStarted() && mode.ppu() == PpuPolicy.IGNORE,
                trace.timed(),
                mode.streamed(),
                pace.underrunTicks(),
                orphans);
    }

    private void issue(long word) {
        long retired = retire(word);
        if (stop == Stop.HALTED) {
            tick = retired + 1;
            if (mode.ppu() == PpuPolicy.REFUSE && fpga.rules().ppuStarted()) {
                stop = Stop.PPU_START;
            }
        }
    }

    /** Performs an instruction at the present tick and says when it retires. */
    private long retire(long word) {
        return switch (ToFpga.kind(word)) {
            case JTAG_INIT -> {
                long start = startJtag();
                fpga.jtag().reset(start);
                yield start;
            }
            case JTAG_SCALER -> {
                long start = startJtag();
                fpga.jtag().scaler((int) ToFpga.value(word));
                yield start;
            }
            case JTAG_INS -> {
                long start = startJtag();
                fpga.jtag().select(start, (int) ToFpga.value(word));
                yield start;
            }
            case JTAG_DATA -> shift(word);
            case TIMER_SETUP -> {
                fpga.resetTimer(tick);
                yield tick;
            }
            case WAIT_UNTIL -> waitUntil(ToFpga.value(word));
            case SYSTIME_INIT -> {
                if (ToFpga.value(word) != 0) {
                    fpga.systemTime().synchronise(tick, fpga.downlink());
                } else {
                    fpga.responses(Responses.Kind.SYSTIME).add(tick, 0, 0);
                }
                yield tick;
            }
            case BARRIER -> barrier((int) ToFpga.value(word));
            case POLLING_OMNIBUS_BLOCK -> poll(ToFpga.value(word) != 0);
            case RESET -> {
                fpga.chipReset(tick, ToFpga.value(word) != 0);
                yield tick;
            }
            case LOOPBACK -> {
                fpga.responses(Responses.Kind.LOOPBACK).add(tick + timing.loopback(), 0, 1);
                yield tick;
            }
            case OMNIBUS_ADDRESS -> {
                if (ToFpga.isRead(word)) {
                    yield read(ToFpga.address(word));
                }
                latchedAddress = ToFpga.address(word);
                latchedBytes = ToFpga.byteEnables(word);
                latchedIndex = index;
                yield tick;
            }
            case OMNIBUS_DATA -> write((int) ToFpga.value(word));
            case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 -> {
                spikes(word);
                yield tick;
            }
        };
    }

    private long startJtag() {
        return within(Math.max(tick, fpga.jtag().freeAt()), "the JTAG engine is busy");
    }

    private long shift(long word) {
        long start = startJtag();
        if (stop == Stop.HALTED) {
            fpga.jtag()
                    .shift(
                            start,
                            ToFpga.numBits(word),
                            ToFpga.jtagPayload(word),
                            ToFpga.keepsResponse(word),
                            fpga.responses(Responses.Kind.JTAG),
                            fpga);
        }
        return start;
    }

    private long waitUntil(long value) {
        long timer = fpga.timer(tick);
        if (timer > value) {
            late++;
            maxLate = Math.max(maxLate, timer - value);
            return tick;
        }
        return tick + value - timer;
    }

    private void spikes(long word) {
        int count = ToFpga.spikeCount(word);
        stimuli += count;
        fpga.countStimuli(count);
        if (fpga.links().usableFrom() <= tick) {
            fpga.downlink().spikes(tick + timing.down(), word);
        } else {
            stimuliLost += count;
        }
    }

    private long write(int value) {
        if (latchedIndex != index - 1) {
            // a value without an address directly before it (wire.md 4, D2)
            orphans++;
            return tick;
        }
        int path = path(latchedAddress);
        long launch = launch(path);
        if (stop == Stop.HALTED) {
            fpga.omnibus()
                    .write(
                            launch,
                            path,
                            latchedAddress,
                            value,
                            latchedBytes,
                            fpga.links().usableFrom());
        }
        return launch;
    }

    private long read(int address) {
        int path = path(address);
        long launch = launch(path);
        if (stop == Stop.HALTED) {
            fpga.omnibus().read(launch, path, address, fpga.links().usableFrom());
        }
        return launch;
    }

    private long launch(int path) {
        long launch = fpga.omnibus().launch(tick, path, fpga.links().usableFrom());
        if (launch == NEVER) {
            fpga.settle();
            launch = fpga.omnibus().launch(tick, path, fpga.links().usableFrom());
        }
        return launch == tick ? tick : within(launch, linkState());
    }

    private static int path(int address) {
        return address >= 0 ? OmnibusMaster.CHIP : FpgaRegisters.pathOf(address);
    }

    private long barrier(int mask) {
        long retired = tick;
        if ((mask & Barrier.OMNIBUS.bit()) != 0) {
            retired = Math.max(retired, omnibusIdle());
        }
        if ((mask & Barrier.JTAG.bit()) != 0) {
            retired = Math.max(retired, fpga.jtag().idleAt());
        }
        if ((mask & Barrier.SYSTIME.bit()) != 0) {
            retired = Math.max(retired, fpga.systemTime().end());
        }
        // a group of one FPGA is complete at once, and a correction is never armed
        return retired == tick ? tick : within(retired, barrierState(mask));
    }

    private long omnibusIdle() {
        OmnibusMaster omnibus = fpga.omnibus();
        if (omnibus.hasPending()) {
            fpga.settle();
            long usableFrom = fpga.links().usableFrom();
            if (usableFrom > deadline()) {
                return NEVER;
            }
            omnibus.release(usableFrom);
        }
        return omnibus.idleAt();
    }

    private long poll(boolean equal) {
        fpga.settle();
        FpgaRegisters registers = fpga.registers();
        int address = registers.stored(FpgaRegisters.POLL_ADDRESS);
        int mask = registers.stored(FpgaRegisters.POLL_MASK);
        int target = registers.stored(FpgaRegisters.POLL_TARGET);
        int path = path(address);
        String what = String.format(
                "polls 0x%08x with mask 0x%08x for %s 0x%08x", address, mask, equal ? "" : "anything but", target);
        long from = tick;
        if (path == OmnibusMaster.CHIP) {
            from = Math.max(tick, fpga.links().usableFrom());
            if (from > deadline()) {
                return within(NEVER, what + "; " + linkState());
            }
            fpga.omnibus().release(from);
        }
        int period = path == OmnibusMaster.CHIP ? timing.chipDone() : timing.fpgaDone();
        for (long launch = fpga.omnibus().launch(from, path, from); ; launch += period) {
            launch = fpga.omnibus().launch(launch, path, from);
            long sample = fpga.omnibus().poll(launch, path, address);
            if (sample > deadline()) {
                return within(NEVER, what);
            }
            fpga.catchUp(sample + 1);
            stop = fpga.flush(sample + 1, startTick, watch);
            int value = path == OmnibusMaster.CHIP ? fpga.pollValue() : fpga.readRegister(sample, address);
            if (stop != Stop.HALTED || ((value & mask) == target) == equal) {
                return sample;
            }
        }
    }

    private long deadline() {
        return tick + fpga.registers().instructionTimeout();
    }

    /** Ends the program when an instruction that issued at the present tick retires too late. */
    private long within(long retired, String state) {
        long deadline = deadline();
        if (retired <= deadline) {
            return retired;
        }
        stop = Stop.INSTRUCTION_TIMEOUT;
        circumstance = state;
        tick = deadline;
        fpga.catchUp(tick);
        readsInFlight = fpga.responses(Responses.Kind.OMNIBUS).pendingAfter(tick);
        fpga.responses(Responses.Kind.TIMEOUT).add(tick, (int) Math.min(readsInFlight, MOST_READS_REPORTED), index);
        tick = deadline + 1;
        return tick;
    }

    private String linkState() {
        HighSpeedLinks links = fpga.links();
        if (links.inReset()) {
            return "the chip is in reset";
        }
        return links.usableFrom() == NEVER ? "no high-speed link is up" : "too many accesses are in flight";
    }

    private String barrierState(int mask) {
        if (fpga.omnibus().hasPending() && (mask & Barrier.OMNIBUS.bit()) != 0) {
            return linkState();
        }
        return (mask & Barrier.SYSTIME.bit()) != 0 && fpga.systemTime().end() == NEVER
                ? "the system time synchronisation does not end"
                : "the channels are busy";
    }
}
