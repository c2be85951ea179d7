package firstspike.emulator;

import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.message.ToFpga;
import firstspike.emulator.fpga.RunWatch;
import firstspike.emulator.fpga.Stop;
import java.time.Duration;

/** Ends a run when its thread is interrupted, its deadline passes, or it takes longer than its limit (playback.md 14.5). */
final class WallTimeWatch implements RunWatch {

    private static final Duration LIMIT_BASE = Duration.ofSeconds(10);
    private static final long NANOSECONDS_IN_TICK = 8;

    private final long begin = System.nanoTime();
    private final long deadlineNs;
    private final long limitNs;

    WallTimeWatch(RunOptions options, PlaybackProgram program) {
        deadlineNs = options.deadline().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        limitNs = options.executionLimit().orElseGet(() -> defaultLimit(program)).toNanos();
    }

    private static Duration defaultLimit(PlaybackProgram program) {
        long ticks = 0;
        long section = 0;
        for (InstructionSource source = program.open(); source.next(); ) {
            ToFpga.Kind kind = ToFpga.kind(source.word());
            if (kind == ToFpga.Kind.TIMER_SETUP) {
                ticks += section;
                section = 0;
            } else if (kind == ToFpga.Kind.WAIT_UNTIL) {
                section = Math.max(section, ToFpga.value(source.word()));
            }
        }
        return LIMIT_BASE.plusNanos(3 * NANOSECONDS_IN_TICK * (ticks + section));
    }

    @Override
    public Stop check(long virtualTicks) {
        if (Thread.interrupted()) {
            return Stop.CANCELLED;
        }
        long elapsed = System.nanoTime() - begin;
        if (elapsed > deadlineNs) {
            return Stop.CALL_DEADLINE;
        }
        return elapsed > limitNs ? Stop.EXECUTION_LIMIT : Stop.HALTED;
    }
}
