package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExecutorTimeTest {

    @Test
    @DisplayName("T001 marker after the preamble")
    void markerAfterThePreamble() {
        assertThat(markerTime(Bench.p0())).isEqualTo(2);
    }

    @Test
    @DisplayName("T002 one instruction per tick")
    void oneInstructionPerTick() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            for (int i = 0; i < 10; i++) {
                program.marker();
            }
            assertThat(bench.run(program).times(ResponseKind.LOOPBACK))
                    .isEqualTo(LongStream.rangeClosed(2, 11).toArray());
        }
    }

    @Test
    @DisplayName("T003 on-time wait")
    void onTimeWait() {
        assertThat(markerTime(Bench.p0().waitUntil(9))).isEqualTo(12);
    }

    @Test
    @DisplayName("T004 wait for zero")
    void waitForZero() {
        assertThat(markerTime(Bench.p0().waitUntil(0))).isEqualTo(3);
    }

    @Test
    @DisplayName("T006 timer reset in the middle")
    void timerResetInTheMiddle() {
        assertThat(markerTime(Bench.p0().waitUntil(99).timerReset().waitUntil(9)))
                .isEqualTo(113);
    }

    @Test
    @DisplayName("T007 reading the timer register")
    void readingTheTimerRegister() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().waitUntil(99);
            Ticket<Integer> timer = program.read(Bench.TIMER);
            RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
            assertThat(result.get(timer)).isEqualTo(102);
            assertThat(result.fpgaTime(timer)).isEqualTo(106);
        }
    }

    @Test
    @DisplayName("T007 a timer reset between issue and sample of a timer read")
    void timerResetBetweenIssueAndSample() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().waitUntil(99);
            Ticket<Integer> timer = program.read(Bench.TIMER);
            RunResult result = bench.run(program.timerReset().barrier(Barrier.OMNIBUS));
            assertThat(result.get(timer)).isZero();
        }
    }

    @Test
    @DisplayName("T008 long wait does not time out")
    void longWaitDoesNotTimeOut() {
        assertThat(markerTime(Bench.p0().waitUntil(2_500_000))).isEqualTo(2_500_003);
    }

    @Test
    @DisplayName("T014 pause(1)")
    void pauseOfOne() {
        assertThat(markerTime(Bench.p0().pause(1))).isEqualTo(4);
    }

    @Test
    @DisplayName("T015 timer runs across programs")
    void timerRunsAcrossPrograms() {
        try (Bench bench = Bench.initialised()) {
            bench.run(Bench.p0());
            PlaybackProgramBuilder second = PlaybackProgram.builder();
            Ticket<Integer> timer = second.read(Bench.TIMER);
            assertThat(bench.run(second.barrier(Barrier.OMNIBUS)).get(timer)).isEqualTo(125_002);
        }
    }

    @Test
    @DisplayName("T016 empty barrier")
    void emptyBarrier() {
        assertThat(markerTime(Bench.p0().barrier())).isEqualTo(3);
    }

    @Test
    @DisplayName("T017 spike packs cost one tick each")
    void spikePacksCostOneTickEach() {
        assertThat(markerTime(Bench.p0().spikes(1, 2, 3, 4, 5, 6, 7))).isEqualTo(5);
    }

    @Test
    @DisplayName("T018 unsynced numbering")
    void unsyncedNumbering() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            PlaybackProgramBuilder program = PlaybackProgram.builder();
            program.marker();
            program.marker();
            program.marker();
            RunResult result = bench.run(program);
            assertThat(result.times(ResponseKind.LOOPBACK)).containsExactly(1, 2, 3);
            assertThat(result.timeBase()).isEqualTo(TimeBase.UNSYNCED);
        }
    }

    @Test
    @DisplayName("T187 the time of a ticket is that of its last word")
    void ticketTime() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            int[] addresses = {Bench.PPU_MEMORY, Bench.PPU_MEMORY + 1, Bench.PPU_MEMORY + 2};
            Ticket<int[]> ticket = program.read(addresses, words -> words);
            RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
            assertThat(result.get(ticket)).hasSize(3);
            assertThat(result.fpgaTime(ticket)).isEqualTo(86);
        }
    }

    @Test
    @DisplayName("T019 sync base")
    void syncBase() {
        assertThat(markerTime(PlaybackProgram.builder()
                        .write(0, 1000)
                        .barrier(Barrier.OMNIBUS)
                        .systimeSync(true)
                        .barrier(Barrier.SYSTIME)))
                .isEqualTo(1001);
    }

    @Test
    @DisplayName("T021 sync(false) changes nothing")
    void askingForTheTimeChangesNothing() {
        assertThat(markerTime(Bench.p0().systimeSync(false))).isEqualTo(3);
    }

    @Test
    @DisplayName("T022 systime persists")
    void systimePersists() {
        try (Bench bench = Bench.initialised()) {
            bench.run(Bench.p0());
            PlaybackProgramBuilder second = PlaybackProgram.builder();
            Ticket<Marker> marker = second.marker();
            RunResult result = bench.run(second);
            assertThat(result.fpgaTime(marker)).isEqualTo(125_002);
            assertThat(result.timeBase()).isEqualTo(TimeBase.SYNCED);
        }
    }

    @Test
    @DisplayName("T035 stamps increase from message to message and are equal inside a pack")
    void stampsIncrease() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            for (int i = 0; i < 600; i++) {
                program.spikes(1, 0x4001, 0x8001);
                program.marker();
            }
            RunResult result = bench.run(program.settle(1000));
            assertThat(result.spikes().size()).isEqualTo(1800);
            assertThat(LongStream.concat(
                                    LongStream.of(result.times(ResponseKind.LOOPBACK)),
                                    LongStream.range(0, 600)
                                            .map(i -> result.spikes().fpgaTime((int) (3 * i))))
                            .distinct()
                            .count())
                    .isEqualTo(1200);
            for (int i = 0; i < 1800; i += 3) {
                assertThat(result.spikes().fpgaTime(i + 2))
                        .isEqualTo(result.spikes().fpgaTime(i));
                assertThat(result.spikes().fpgaDelta(i)).isGreaterThanOrEqualTo(i == 0 ? 0 : 1);
            }
        }
    }

    @Test
    @DisplayName("T038 sync bookkeeping registers")
    void syncBookkeeping() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            Ticket<Integer> retries = program.read(0x8800_2000);
            Ticket<Long> roundTrip =
                    program.read(new int[] {0x8800_2001, 0x8800_2002}, words -> (long) words[0] << 32 | words[1]);
            Ticket<Integer> active = program.read(0x8800_2005);
            RunResult result = bench.run(program);
            assertThat(result.get(retries)).isEqualTo(3);
            assertThat(result.get(roundTrip)).isEqualTo(80);
            assertThat(result.get(active)).isZero();
        }
    }

    @Test
    @DisplayName("4.3 waits for a time that has passed are counted")
    void lateWaitsAreCounted() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program =
                    Bench.p0().waitUntil(99).waitUntil(50).waitUntil(100).waitUntil(102);
            RunResult result = bench.run(program);
            assertThat(result.health().count(HealthKeys.LATE)).isEqualTo(2);
            assertThat(result.health().count(HealthKeys.LATE_MAX_TICKS)).isEqualTo(50);
        }
    }

    @Test
    @DisplayName("T172 an empty program runs and is healthy")
    void emptyProgram() {
        try (Bench bench = Bench.initialised()) {
            RunResult result = bench.chip.run(PlaybackProgram.builder().done(), RunOptions.defaults());
            assertThat(result.spikes().size()).isZero();
            assertThat(result.health().lossFree()).isTrue();
            assertThat(result.health().count(HealthKeys.VIRTUAL_TICKS)).isZero();
        }
    }

    private static long markerTime(PlaybackProgramBuilder program) {
        try (Bench bench = Bench.initialised()) {
            Ticket<Marker> marker = program.marker();
            RunResult result = bench.run(program);
            return result.fpgaTime(marker);
        }
    }
}
