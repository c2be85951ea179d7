package firstspike.emulator.fpga;

import firstspike.emulator.digital.ChipEffects;

/**
 * Synchronisation of the system times of FPGA and chip (playback.md 2.1): when one is in progress, from which value both
 * counters go on, and when the synchronisation is lost. Follows what passes on its way to the chip. Mutable; one owner
 * thread.
 */
final class SystemTime implements ChipDownlink.Watcher {

    private static final int BASE_LOW = 0;
    private static final int BASE_HIGH = 1;
    private static final int BASE_HIGH_BITS = 0x7ff;

    private final FpgaSettings settings;
    private final FpgaRegisters registers;
    private final Trace trace;
    private long end;
    private int baseLow;
    private int baseHigh;
    private boolean chipHeld;

    SystemTime(FpgaSettings settings, FpgaRegisters registers, Trace trace) {
        this.settings = settings;
        this.registers = registers;
        this.trace = trace;
    }

    /** The same state over other registers and another trace. */
    SystemTime copy(FpgaRegisters newRegisters, Trace newTrace) {
        SystemTime copy = new SystemTime(settings, newRegisters, newTrace);
        copy.end = end;
        copy.baseLow = baseLow;
        copy.baseHigh = baseHigh;
        copy.chipHeld = chipHeld;
        return copy;
    }

    /** A synchronisation begins, after the one that is in progress; its answer comes when it ends. */
    void synchronise(long tick, ChipDownlink downlink) {
        if (!settings.synchronises()) {
            end = TimedQueue.NEVER;
            return;
        }
        end = Math.max(tick, end) + settings.timing().sync();
        downlink.synchronise(end);
        trace.responses().of(Responses.Kind.SYSTIME_OF_SYNC).add(end, 0, 0);
    }

    /** The tick from which no synchronisation is in progress. */
    long end() {
        return end;
    }

    /** Forgets what is in progress. */
    void abandon() {
        end = 0;
    }

    @Override
    public long synchronised(long tick) {
        long base = (long) (baseHigh & BASE_HIGH_BITS) << 32 | baseLow & 0xffff_ffffL;
        registers.lastChipTime(base);
        trace.synchronised(tick, base);
        return base;
    }

    @Override
    public void control(long tick, ChipEffects.Kind kind) {
        if (kind == ChipEffects.Kind.RESET_ASSERTED) {
            baseLow = 0;
            baseHigh = 0;
            chipHeld = true;
            trace.unsynchronised(tick);
        } else if (kind == ChipEffects.Kind.RESET_RELEASED) {
            chipHeld = false;
        } else if (kind == ChipEffects.Kind.TIMER_RESET) {
            trace.timerReset(tick);
        }
    }

    @Override
    public void written(int address, int word, int byteEnables) {
        if (chipHeld) {
            return;
        }
        if (address == BASE_LOW) {
            baseLow = FpgaRegisters.merged(baseLow, word, byteEnables);
        } else if (address == BASE_HIGH) {
            baseHigh = FpgaRegisters.merged(baseHigh, word, byteEnables);
        }
    }
}
