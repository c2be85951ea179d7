package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Short sequences on registers of board, link and clocks, and what they give (registers.md 13, 14.3, 16.1). */
class VendorSequencesTest {

    private static final int RECORDING = 0x8800_0005;
    private static final int I2C = 0x8800_7800;
    private static final int STOP = 0x80;
    private static final int RESTART = 0x100;
    private static final int EEPROM = I2C + 0x50;
    private static final int PRESCALER = 0x8800_7A00;
    private static final int ARQ_STATUS = 0x8800_C010;
    private static final int SELF_TEST = 0x0008_0005;
    private static final int SELF_TEST_STATUS = 0x0008_0007;
    private static final int FINISHED = 1 << 20;
    private static final int SUCCESS = 1 << 21;

    @Test
    @DisplayName("event recording is on at power-on and keeps what is written")
    void recording() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            assertThat(words(bench, RECORDING)).containsExactly(1);
            bench.run(PlaybackProgram.builder().write(RECORDING, 0));
            assertThat(words(bench, RECORDING)).containsExactly(0);
        }
    }

    @ParameterizedTest(name = "first read with a repeated start: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("the identity EEPROM gives six bytes, the low half of the seed's low 24 bits")
    void identity(boolean restart) {
        try (Bench bench = Bench.powerOn("emu:nominal?seed=1193046")) {
            PlaybackProgramBuilder program = PlaybackProgram.builder().write(EEPROM, 0xFA);
            List<Ticket<Integer>> bytes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                bytes.add(program.read(EEPROM + (restart && i == 0 ? RESTART : 0) + (i == 5 ? STOP : 0)));
            }
            assertThat(values(bench, program, bytes)).containsExactly(0x00, 0x04, 0xA3, 0x12, 0x34, 0x56);
        }
    }

    @ParameterizedTest(name = "power sensor {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    @DisplayName("configuration and calibration of a power sensor keep what is written; the current follows")
    void powerSensor(int sensor) {
        int device = I2C + 0x40 + sensor;
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            assertThat(register(bench, device, 0) & 7).as("mode").isEqualTo(7);
            for (int register : new int[] {0, 5}) {
                bench.run(PlaybackProgram.builder()
                        .write(device, register)
                        .write(device, 0x12)
                        .write(device + STOP, 0x34 + register));
            }
            assertThat(register(bench, device, 0)).isEqualTo(0x1234);
            assertThat(register(bench, device, 5)).isEqualTo(0x1239);
            int shunt = register(bench, device, 1);
            assertThat(register(bench, device, 4)).isEqualTo((int) ((long) shunt * 0x1239 / 4096));
            assertThat(register(bench, device == I2C + 0x40 ? device + 1 : device - 1, 5))
                    .as("calibration of another sensor")
                    .isZero();
        }
    }

    @Test
    @DisplayName("the prescaler of I2C keeps 16 bits")
    void prescaler() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            bench.run(PlaybackProgram.builder().write(PRESCALER, 0x000A_BCDE));
            assertThat(words(bench, PRESCALER)).containsExactly(0xBCDE);
        }
    }

    @Test
    @DisplayName("two chip reads after a reset count two in all four words of HicannARQStatus, a write in two of them")
    void arqStatus() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder reset = PlaybackProgram.builder();
            reset.chipReset(true).chipReset(false);
            bench.run(reset);
            assertThat(arqWords(bench)).containsExactly(0, 0, 0, 0);
        }
        try (Bench bench = Bench.initialised()) {
            List<Integer> before = arqWords(bench);
            PlaybackProgramBuilder reads = PlaybackProgram.builder();
            reads.read(Bench.PPU_MEMORY);
            reads.read(Bench.PPU_MEMORY);
            bench.run(reads.barrier(Barrier.OMNIBUS));
            List<Integer> after = arqWords(bench);
            bench.run(PlaybackProgram.builder().write(Bench.PPU_MEMORY, 1));
            List<Integer> written = arqWords(bench);
            for (int i = 0; i < 4; i++) {
                assertThat(after.get(i) - before.get(i)).as("word %d after two reads", i).isEqualTo(2);
                assertThat(written.get(i) - after.get(i)).as("word %d after a write", i).isEqualTo(i < 2 ? 1 : 0);
            }
        }
    }

    @ParameterizedTest(name = "output {0}, 2^({1} + 2) cycles: {2} edges")
    @CsvSource({"0, 0, 40", "1, 3, 320", "2, 4, 320", "3, 5, 1280", "3, 15, 262144"})
    @DisplayName("the self-test counts the clock of an output and says whether that was expected")
    void selfTest(int output, int prescaler, int edges) {
        try (Bench bench = Bench.initialised()) {
            int start = 1 | prescaler << 1 | output << 5 | 2 << 8;
            long cycles = (4L << prescaler) * 5;
            PlaybackProgramBuilder program = PlaybackProgram.builder().write(SELF_TEST, start | edges + 2 << 12);
            if (cycles > 2000) {
                Ticket<Integer> early = program.read(SELF_TEST_STATUS);
                program.barrier(Barrier.OMNIBUS);
                program.pause(cycles);
                Ticket<Integer> late = program.read(SELF_TEST_STATUS);
                List<Integer> values = values(bench, program, List.of(early, late));
                assertThat(values).containsExactly(0, edges & 0xF_FFFF | FINISHED | SUCCESS);
            } else {
                program.barrier(Barrier.OMNIBUS).pause(cycles);
                Ticket<Integer> late = program.read(SELF_TEST_STATUS);
                assertThat(values(bench, program, List.of(late))).containsExactly(edges | FINISHED | SUCCESS);
            }
            PlaybackProgramBuilder wrong = PlaybackProgram.builder().write(SELF_TEST, start | edges + 3 << 12);
            wrong.barrier(Barrier.OMNIBUS).pause(cycles);
            Ticket<Integer> failed = wrong.read(SELF_TEST_STATUS);
            assertThat(values(bench, wrong, List.of(failed))).containsExactly(edges & 0xF_FFFF | FINISHED);
        }
    }

    private static int register(Bench bench, int device, int register) {
        PlaybackProgramBuilder program = PlaybackProgram.builder().write(device, register);
        Ticket<Integer> high = program.read(device);
        Ticket<Integer> low = program.read(device + STOP);
        List<Integer> bytes = values(bench, program, List.of(high, low));
        return bytes.get(0) << 8 | bytes.get(1);
    }

    private static List<Integer> arqWords(Bench bench) {
        return words(bench, ARQ_STATUS, ARQ_STATUS + 1, ARQ_STATUS + 2, ARQ_STATUS + 3);
    }

    private static List<Integer> words(Bench bench, int... addresses) {
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        List<Ticket<Integer>> tickets = new ArrayList<>();
        for (int address : addresses) {
            tickets.add(program.read(address));
        }
        return values(bench, program, tickets);
    }

    private static List<Integer> values(Bench bench, PlaybackProgramBuilder program, List<Ticket<Integer>> tickets) {
        var result = bench.run(program.barrier(Barrier.OMNIBUS));
        return tickets.stream().map(result::get).toList();
    }
}
