package firstspike.emulator;

import firstspike.driver.link.RunOptions;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.emulator.fpga.RunWatch;
import firstspike.emulator.fpga.Stop;
import java.time.Duration;
import java.util.List;

/** Ends a run when its thread is interrupted, its deadline passes, or it takes longer than its limit (playback.md 14.5). */
final class WallTimeWatch implements RunWatch {

    private static final Duration LIMIT_BASE = Duration.ofSeconds(10);
    private static final long NANOSECONDS_IN_TICK = 8;
    /** A busy network on a slow machine takes at most about ten times its virtual time. */
    private static final long PREDICTED_SLOWDOWN = 10;

    private final long called = System.nanoTime();
    private final long deadlineNs;
    private final long limitNs;
    private long begin = called;

    WallTimeWatch(RunOptions options, List<? extends ProgramSource> programs) {
        deadlineNs = options.deadline().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        limitNs =
                options.executionLimit().orElseGet(() -> defaultLimit(programs)).toNanos();
    }

    /** The turn came: the execution limit counts from here, the deadline from the call. */
    void started() {
        begin = System.nanoTime();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public Duration limit() {
        return Duration.ofNanos(limitNs);
    }

    private static Duration defaultLimit(List<? extends ProgramSource> programs) {
        long ticks = programs.stream().mapToLong(WallTimeWatch::ticks).sum();
        return LIMIT_BASE.plusNanos(3 * PREDICTED_SLOWDOWN * NANOSECONDS_IN_TICK * ticks);
    }

    /** Instructions and the longest wait of each stretch between two timer resets. */
    private static long ticks(ProgramSource program) {
        long ticks = program.instructionCount();
        long section = 0;
        for (InstructionSource words = program.open(); words.next(); ) {
            long word = words.word();
            ToFpga.Kind kind = ToFpga.kind(word);
            if (kind == ToFpga.Kind.TIMER_SETUP) {
                ticks += section;
                section = 0;
            } else if (kind == ToFpga.Kind.WAIT_UNTIL) {
                section = Math.max(section, ToFpga.value(word));
            }
        }
        // a program that streams gets one instruction in 8.3 ticks (playback.md 9)
        long refilled = Math.max(0, program.instructionCount() - PlaybackProgram.MAX_INSTRUCTIONS) * 83 / 10;
        return Math.max(ticks + section, refilled);
    }

    @Override
    public Stop check(long virtualTicks) {
        if (Thread.interrupted()) {
            return Stop.CANCELLED;
        }
        long now = System.nanoTime();
        if (now - called > deadlineNs) {
            return Stop.CALL_DEADLINE;
        }
        return now - begin > limitNs ? Stop.EXECUTION_LIMIT : Stop.HALTED;
    }
}
