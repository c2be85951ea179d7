package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** System time at the end of its 43 bits (playback.md 2.1, wire.md 9). */
class TimeWrapTest {

    private static final long TICKS = 1L << 43;

    private static PlaybackProgramBuilder synchronisedTo(long base) {
        return PlaybackProgram.builder()
                .write(0, (int) base)
                .write(1, (int) (base >>> 32))
                .barrier(Barrier.OMNIBUS)
                .systimeSync(true)
                .barrier(Barrier.SYSTIME)
                .timerReset();
    }

    @Test
    @DisplayName("T031 a run across the wrap of the system time keeps its times, modulo 2^43")
    void acrossTheWrap() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = synchronisedTo(TICKS - 200);
            program.marker();
            program.waitUntil(9).spike(7).waitUntil(299).spike(8).waitUntil(399);
            program.marker();
            RunResult result = bench.run(program.settle(1000));
            // the base holds when the synchronisation ends: the timer reset is 2 ticks behind it, the marker 1 more
            assertThat(result.times(ResponseKind.LOOPBACK)).containsExactly(TICKS - 200 + 2, 400 - 200 + 2);
            assertThat(result.spikes().chipTimes()).containsExactly(TICKS - 200 + 53, 343 - 200);
            assertThat(result.spikes().fpgaTime(1) - result.spikes().chipTime(1))
                    .isEqualTo(40);
        }
    }

    @Test
    @DisplayName("W035 an answer at the last tick leaves no room for another: TIME_OVERFLOW with what came before")
    void lastTick() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = synchronisedTo(TICKS - 3);
            program.marker();
            program.marker();
            program.marker();
            LinkLostException lost = catchThrowableOfType(LinkLostException.class, () -> bench.run(program));
            assertThat(lost.getCause()).isInstanceOfSatisfying(WireException.class, cause -> assertThat(cause.code())
                    .isEqualTo(WireException.Code.TIME_OVERFLOW));
            assertThat(lost.chipStateKnown()).isTrue();
            assertThat(RunResult.before(lost).orElseThrow().times(ResponseKind.LOOPBACK))
                    .containsExactly(TICKS - 1);
            RunResult next = bench.run(Bench.p0().settle(10));
            assertThat(next.health().lossFree()).isTrue();
        }
    }
}
