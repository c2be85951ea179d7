package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.Notification;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksAndTimeoutsTest {

    private static final int WORD = Bench.PPU_MEMORY + 5;
    private static final int FPGA_LINKS = 0x8800_4000;
    private static final int CHIP_LINKS = 0x0004_0000;
    private static final int TIMEOUT = 1_250_000;

    @Test
    @DisplayName("T056 T057 R126 poll never satisfied: blocks until the time-out, which shows its context")
    void pollNeverSatisfied() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().pollUntil(WORD, 0xffff_ffff, 1, true);
            program.marker();
            InstructionTimeoutException timeout = timeout(() -> bench.run(program));
            assertThat(timeout.detail().instructionIndex()).isEqualTo(OptionalLong.of(10));
            RunResult partial = RunResult.before(timeout).orElseThrow();
            assertThat(partial.responses(ResponseKind.LOOPBACK)).isZero();
            assertThat(partial.health().count(HealthKeys.VIRTUAL_TICKS)).isBetween(1_250_000L, 1_250_300L);
            assertThat(timeout.chipStateKnown()).isFalse();
            for (int i = 0; i <= 10; i++) {
                assertThat(timeout.getMessage()).contains("\n" + i + " ");
            }
            assertThat(timeout)
                    .hasMessageContaining("0x02800005")
                    .hasMessageContaining("mask 0xffffffff")
                    .hasMessageContaining("0x00000001");
        }
    }

    @Test
    @DisplayName("T059 program after a timeout")
    void programAfterATimeout() {
        try (Bench bench = Bench.initialised()) {
            timeout(() -> bench.run(Bench.p0().pollUntil(WORD, 1, 1, true)));
            PlaybackProgramBuilder healthy = Bench.p0();
            Ticket<Marker> marker = healthy.marker();
            RunResult result = bench.run(healthy);
            assertThat(result.fpgaTime(marker)).isEqualTo(2);
            assertThat(result.health().notes()).extracting(Note::name).contains("link-rebuilt");
            assertThat(bench.run(Bench.p0()).health().notes()).isEmpty();
        }
    }

    @Test
    @DisplayName("T060 access while in reset")
    void accessWhileInReset() {
        try (Bench bench = Bench.initialised()) {
            InstructionTimeoutException timeout = timeout(() -> bench.run(
                    PlaybackProgram.builder().chipReset(true).write(WORD, 1).barrier(Barrier.OMNIBUS)));
            assertThat(timeout.detail().instructionIndex()).isEqualTo(OptionalLong.of(3));
            assertThat(timeout).hasMessageContaining("the chip is in reset");
            assertThat(RunResult.before(timeout).orElseThrow().health().count(HealthKeys.WRITES_PENDING))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("R134 without initialisation a chip read ends in the time-out")
    void withoutInitialisation() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            PlaybackProgramBuilder program = Bench.p0();
            program.read(WORD);
            InstructionTimeoutException timeout =
                    timeout(() -> bench.run(program.barrier(Barrier.OMNIBUS).write(WORD, 1)));
            RunResult partial = RunResult.before(timeout).orElseThrow();
            // the barrier issues 103 ticks after the first instruction; halt follows one tick after the notification
            assertThat(partial.health().count(HealthKeys.VIRTUAL_TICKS)).isEqualTo(103 + TIMEOUT + 1);
            assertThat(partial.health().count(HealthKeys.LATE_RESPONSES)).isEqualTo(1);
            assertThat(timeout.detail().fields()).containsEntry("reads_in_flight", "1");
        }
    }

    @Test
    @DisplayName("R135 ResetChip clears the chip and keeps the FPGA")
    void resetChip() {
        try (Bench bench = Bench.initialised()) {
            bench.run(Bench.p0().write(WORD, 77).write(0x8000_0000, 88).barrier(Barrier.OMNIBUS));
            PlaybackProgramBuilder reset =
                    PlaybackProgram.builder().chipReset(true).pause(10).chipReset(false);
            Ticket<Integer> fpga = reset.read(0x8000_0000);
            Ticket<Integer> recording = reset.read(Bench.RECORDING);
            RunResult result = bench.run(reset);
            assertThat(result.get(fpga)).isEqualTo(88);
            assertThat(result.get(recording)).isEqualTo(1);
            assertThat(result.timeBase()).isEqualTo(TimeBase.UNSYNCED);
            PlaybackProgramBuilder access = PlaybackProgram.builder();
            access.read(WORD);
            timeout(() -> bench.run(access));
            bench.initialise();
            PlaybackProgramBuilder after = Bench.p0();
            Ticket<Integer> word = after.read(WORD);
            assertThat(bench.run(after).get(word)).isZero();
        }
    }

    @Test
    @DisplayName("T264 write before the links are up")
    void writeBeforeTheLinksAreUp() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            PlaybackProgramBuilder program = PlaybackProgram.builder()
                    .write(FPGA_LINKS, 0xff)
                    .writeOverJtag(CHIP_LINKS, 0xff)
                    .write(WORD, 42)
                    .barrier(Barrier.OMNIBUS);
            Ticket<Integer> word = program.read(WORD);
            RunResult result = bench.run(program);
            assertThat(result.get(word)).isEqualTo(42);
            // mask over JTAG 2 + 976 ticks, then the link, the write, and the read
            assertThat(result.health().count(HealthKeys.VIRTUAL_TICKS)).isEqualTo(2 + 976 + 6250 + 80 + 1 + 80 + 1);
            assertThat(result.notifications()).hasSize(8).allMatch(Notification::linkUp);
        }
    }

    @Test
    @DisplayName("6.4 an initialisation brings eight links up, later programs none")
    void linkNotifications() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            assertThat(bench.initialise().notifications())
                    .extracting(Notification::link)
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(bench.run(Bench.p0()).notifications()).isEmpty();
        }
    }

    @Test
    @DisplayName("A broken link stays down, traffic takes the others")
    void brokenLink() {
        try (Bench bench = Bench.powerOn("emu:nominal?defect=link:3")) {
            assertThat(bench.initialise().notifications())
                    .extracting(Notification::link)
                    .containsExactly(0, 1, 2, 4, 5, 6, 7);
            PlaybackProgramBuilder program = Bench.p0().write(WORD, 9);
            Ticket<Integer> word = program.read(WORD);
            Ticket<Integer> online = program.read(0x8800_400C + 3);
            Ticket<Integer> other = program.read(0x8800_400C + 4);
            RunResult result = bench.run(program);
            assertThat(result.get(word)).isEqualTo(9);
            assertThat(result.get(online)).isZero();
            assertThat(result.get(other)).isPositive();
            assertThat(bench.chip.describe().chipId().value()).isEqualTo("emu-nominal-0-defect");
        }
    }

    @Test
    @DisplayName("A stuck word keeps its power-on value")
    void stuckWord() {
        try (Bench bench = Bench.initialised("emu:nominal?defect=stuck:0x02800005")) {
            PlaybackProgramBuilder program = Bench.p0().write(WORD, 9).write(WORD + 1, 9);
            Ticket<Integer> stuck = program.read(WORD);
            Ticket<Integer> free = program.read(WORD + 1);
            RunResult result = bench.run(program);
            assertThat(result.get(stuck)).isZero();
            assertThat(result.get(free)).isEqualTo(9);
        }
    }

    @Test
    @DisplayName("A stuck register of the FPGA keeps its power-on value and its effect")
    void stuckFpgaRegister() {
        try (Bench bench = Bench.powerOn("emu:nominal?defect=stuck:88000009")) {
            PlaybackProgramBuilder program = PlaybackProgram.builder().write(Bench.TIMEOUT, 50);
            Ticket<Integer> stuck = program.read(Bench.TIMEOUT);
            assertThat(bench.run(program).get(stuck)).isEqualTo(TIMEOUT);
            PlaybackProgramBuilder access = Bench.p0();
            access.read(WORD);
            assertThat(RunResult.before(timeout(() -> bench.run(access)))
                            .orElseThrow()
                            .health()
                            .count(HealthKeys.VIRTUAL_TICKS))
                    .isGreaterThan(TIMEOUT);
        }
    }

    @Test
    @DisplayName("A stuck mask of the chip's links: none comes up, and the barrier says so")
    void stuckLinkMask() {
        try (Bench bench = Bench.powerOn("emu:nominal?defect=stuck:0x00040000")) {
            assertThat(timeout(bench::initialise)).hasMessageContaining("no high-speed link is up");
        }
    }

    @ParameterizedTest(name = "The chip id of a chip with the defect {0} says so")
    @ValueSource(strings = {"jtag-id", "link:0", "link:7", "stuck:02800005", "systime"})
    void chipIdOfADefect(String defect) {
        try (Bench bench = Bench.powerOn("emu:nominal?seed=3&defect=" + defect);
                Bench residual = Bench.powerOn("emu:varied?seed=3&mismatch=residual&defect=" + defect)) {
            assertThat(bench.chip.describe().chipId().value()).isEqualTo("emu-nominal-3-defect");
            assertThat(residual.chip.describe().chipId().value()).isEqualTo("emu-varied-3-residual-defect");
        }
    }

    @Test
    @DisplayName("A synchronisation that never ends times out at its barrier")
    void brokenSynchronisation() {
        try (Bench bench = Bench.powerOn("emu:nominal?defect=systime")) {
            assertThat(timeout(() -> bench.run(Bench.p0()))).hasMessageContaining("synchronisation does not end");
        }
    }

    @Test
    @DisplayName("A wrong JTAG id")
    void wrongJtagId() {
        try (Bench bench = Bench.powerOn("emu:nominal?defect=jtag-id")) {
            PlaybackProgramBuilder program = PlaybackProgram.builder();
            Ticket<Long> id = program.readJtagIdCode();
            assertThat(bench.run(program).get(id)).isEqualTo(0x1485_80AFL);
        }
    }

    @Test
    @DisplayName("A shorter instruction time-out holds for barriers that come after it")
    void shorterTimeout() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().write(Bench.TIMEOUT, 50).barrier(Barrier.OMNIBUS);
            program.read(WORD);
            timeout(() -> bench.run(program));
            bench.run(PlaybackProgram.builder().write(Bench.TIMEOUT, TIMEOUT));
            PlaybackProgramBuilder again = Bench.p0();
            Ticket<Integer> word = again.read(WORD);
            assertThat(bench.run(again).get(word)).isZero();
        }
    }

    private static InstructionTimeoutException timeout(Supplier<RunResult> run) {
        InstructionTimeoutException timeout = catchThrowableOfType(InstructionTimeoutException.class, run::get);
        assertThat(timeout).isNotNull();
        return timeout;
    }
}
