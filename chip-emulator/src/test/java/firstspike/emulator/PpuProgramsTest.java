package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.ppu.PpuImage;
import firstspike.driver.ppu.PpuResult;
import firstspike.driver.ppu.PpuSession;
import firstspike.driver.ppu.PpuTimeoutException;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.driver.vectors.VectorFiles;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Programs of the plasticity processors on the emulated chip, behind the words of playback programs (ppu.md 1, 4, 5). */
class PpuProgramsTest {
    private static final int TOP = 0x0280_0000;
    private static final int BOTTOM = 0x0380_0000;
    private static final int CONTROL = 0x02A0_0000;
    private static final int STATUS = CONTROL + 1;
    private static final int BOTTOM_CONTROL = 0x03A0_0000;
    private static final int WEIGHTS = 0x02C0_0000;
    private static final int SLEEP = 0x7C00_007C;

    /** Programs of the vectors that need no converter that says what a test wants. */
    private static Stream<JsonNode> programs() {
        return StreamSupport.stream(VectorFiles.read("ppu.json").get("programs").spliterator(), false)
                .filter(c -> c.get("image").size() == 1)
                .filter(c -> c.path("pre").isMissingNode() || c.get("pre").isNull())
                .filter(c -> c.get("expect").get("done").asBoolean());
    }

    @TestFactory
    @DisplayName("P-16 a program gives the same result in the same number of cycles when it is started again")
    Stream<DynamicTest> startsAgain() {
        return programs()
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> {
                    try (Bench bench = Bench.initialised()) {
                        JsonNode expect = c.get("expect").get("ppu").get("0");
                        PpuSession session = PpuSession.on(bench.chip, Hemisphere.of(0));
                        // random generators go on from where the first run left them
                        int runs = c.get("name").asText().equals("random") ? 1 : 2;
                        for (int run = 0; run < runs; run++) {
                            clear(bench);
                            session.load(PpuImage.raw(HexFormat.of()
                                    .parseHex(c.get("image").get("0").asText())));
                            session.start();
                            session.awaitSleep(1000);
                            PpuResult result = session.stop();

                            assertThat(result.returnCode())
                                    .isEqualTo(expect.get("return_code").asInt());
                            assertThat(result.count(0, "cycles"))
                                    .isEqualTo(expect.get("cycles").asLong());
                            assertThat(result.count(0, "instructions"))
                                    .isEqualTo(expect.get("retired").asLong());
                            assertThat(hex(result.mailbox()))
                                    .startsWith(expect.get("mailbox").asText());
                        }
                    }
                }));
    }

    private static void clear(Bench bench) {
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        for (int i = 0; i < 4096; i++) {
            program.write(TOP + i, 0);
        }
        bench.chip.run(program.done(), RunOptions.forSetup());
    }

    private static String hex(int[] words) {
        StringBuilder text = new StringBuilder();
        for (int word : words) {
            text.append(String.format("%08x", word));
        }
        return text.toString();
    }

    /** Loads words from address 0 on. */
    private static PlaybackProgramBuilder load(PlaybackProgramBuilder program, int memory, int... words) {
        for (int i = 0; i < words.length; i++) {
            program.write(memory + i, words[i]);
        }
        return program;
    }

    private static RunResult run(Bench bench, PlaybackProgramBuilder program) {
        return bench.chip.run(program.barrier(Barrier.OMNIBUS).done(), RunOptions.forSetup());
    }

    private static int read(Bench bench, int address) {
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        Ticket<Integer> word = program.read(address);
        return run(bench, program).get(word);
    }

    @Test
    @DisplayName("P-15 time base counts two cycles a tick through sleep and through programs of the host")
    void timeBase() {
        // loop: mftb low; stw to word 64; b loop
        int[] words = {0x7C7C_42A6, 0x9060_0100, 0x4BFF_FFF8};
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program =
                    load(PlaybackProgram.builder(), TOP, words).write(CONTROL, 1);
            program.barrier(Barrier.OMNIBUS).timerReset().waitUntil(1000);
            Ticket<Integer> first = program.read(TOP + 64);
            program.waitUntil(5000);
            Ticket<Integer> second = program.read(TOP + 64);
            RunResult result = run(bench, program);

            // a round of the loop takes 7 cycles, which is how old a stored time can be
            assertThat(result.get(second) - result.get(first)).isBetween(8000 - 7, 8000 + 7);
        }
    }

    @Test
    @DisplayName("P-24 weights: host writes, lanes read; lanes write, host reads; the word on the bus is permuted")
    void weights() {
        // r5 := 12 (row 6, even); fxvinx v1, 0, r5; fxvstax v1, 0, r6 := 0x400; fxvaddbm v2, v1, v3 (one each); fxvoutx
        int[] words = {
            0x38A0_000C,
            0x38C0_0400,
            0x3880_0001,
            0x1020_2BB0,
            0x1020_37F0,
            0x1064_0434,
            0x1041_1F34,
            0x1040_2BF0,
            SLEEP
        };
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = load(PlaybackProgram.builder(), TOP, words);
            for (int quad = 0; quad < 32; quad++) {
                int first = 4 * quad % 63;
                program.write(
                        WEIGHTS + 64 * 6 + quad,
                        SynapseWeightQuad.word(first, (first + 1) % 63, (first + 2) % 63, (first + 3) % 63));
            }
            program.write(CONTROL, 1).barrier(Barrier.OMNIBUS).timerReset().waitUntil(1000);
            List<Ticket<Integer>> lanes = new ArrayList<>();
            List<Ticket<Integer>> bus = new ArrayList<>();
            for (int quad = 0; quad < 32; quad++) {
                lanes.add(program.read(TOP + 0x100 + quad));
                bus.add(program.read(WEIGHTS + 64 * 6 + quad));
            }
            Ticket<Integer> status = program.read(STATUS);
            RunResult result = run(bench, program);

            assertThat(result.get(status)).isEqualTo(1);
            for (int lane = 0; lane < 128; lane++) {
                int weight = (4 * (lane / 4) % 63 + lane % 4) % 63;
                assertThat(result.get(lanes.get(lane / 4)) >>> 24 - 8 * (lane % 4) & 0xFF)
                        .isEqualTo(weight);
                assertThat(SynapseWeightQuad.weight(result.get(bus.get(lane / 4)), lane % 4))
                        .isEqualTo(weight + 1);
            }
        }
    }

    @Test
    @DisplayName("P-31 a barrier of stores into each other's SRAM: 1000 rounds, equal counts, equal cycles every time")
    void barrier() {
        List<List<Long>> seen = new ArrayList<>();
        for (int repetition = 0; repetition < 20; repetition++) {
            try (Bench bench = Bench.initialised("emu:nominal?seed=1")) {
                seen.add(meet(bench));
            }
        }
        assertThat(seen.get(0).get(0)).isEqualTo(1000);
        assertThat(seen.get(0).get(1)).isEqualTo(1000);
        assertThat(seen).allMatch(seen.get(0)::equals);
    }

    /** Both count to 1000, each waiting for the other one's count in every round. */
    private static int[] meeting(int other) {
        return new int[] {
            0x3D00_0000 | other, // lis r8, other SRAM
            0x3880_0000, // li r4, 0
            0x3884_0001, // round: addi r4, r4, 1
            0x9088_3000, // stw r4, 0x3000(r8)
            0x80A0_3000, // poll: lwz r5, 0x3000(0)
            0x7C05_2000, // cmpw r5, r4
            0x4180_FFF8, // blt poll
            0x2C04_03E8, // cmpwi r4, 1000
            0x4180_FFE8, // blt round
            0x9080_0200, // stw r4, 0x200(0)
            SLEEP
        };
    }

    private static List<Long> meet(Bench bench) {
        PlaybackProgramBuilder program = load(PlaybackProgram.builder(), TOP, meeting(0x8E00));
        load(program, BOTTOM, meeting(0x8A00)).write(CONTROL, 1).write(BOTTOM_CONTROL, 1);
        program.barrier(Barrier.OMNIBUS).timerReset().waitUntil(60_000);
        Ticket<Integer> top = program.read(TOP + 0x80);
        Ticket<Integer> bottom = program.read(BOTTOM + 0x80);
        RunResult result = run(bench, program);
        return List.of(
                (long) result.get(top),
                (long) result.get(bottom),
                result.health().count("ppu.0.cycles"),
                result.health().count("ppu.1.cycles"));
    }

    @Test
    @DisplayName("P-34 a snapshot in the middle of a program goes on to the same end in the same cycles")
    void snapshot() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = load(PlaybackProgram.builder(), TOP, meeting(0x8E00));
            load(program, BOTTOM, meeting(0x8A00)).write(CONTROL, 1).write(BOTTOM_CONTROL, 1);
            program.barrier(Barrier.OMNIBUS).timerReset().waitUntil(5000);
            run(bench, program);
            String snapshot = bench.chip.snapshot();
            RunResult first = rest(bench);
            bench.chip.restore(snapshot);
            RunResult second = rest(bench);

            assertThat(first.health().count("ppu.0.cycles")).isPositive();
            assertThat(second.health().counters()).isEqualTo(first.health().counters());
        }
    }

    private static RunResult rest(Bench bench) {
        RunResult result = run(bench, PlaybackProgram.builder().timerReset().waitUntil(60_000));
        assertThat(read(bench, TOP + 0x80)).isEqualTo(1000);
        return result;
    }

    @Test
    @DisplayName("P-22 blocks of lanes lie in reversed words in external memory, as the host reads them")
    void externalMemory() {
        // li r4, 0; fxvlax v1, 0, r4; lis r5, 0x8000; fxvoutx v1, 0, r5; wait
        int[] words = {0x3880_0000, 0x1020_27B0, 0x3CA0_8000, 0x1020_2BF0, SLEEP};
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program =
                    load(PlaybackProgram.builder(), TOP, words).write(CONTROL, 1);
            program.barrier(Barrier.OMNIBUS).timerReset().waitUntil(1000);
            List<Ticket<Integer>> found = new ArrayList<>();
            for (int i = 0; i < words.length; i++) {
                found.add(program.read(0x8000_0000 + 31 - i));
            }
            RunResult result = run(bench, program);
            for (int i = 0; i < words.length; i++) {
                assertThat(result.get(found.get(i))).isEqualTo(words[i]);
            }
        }
    }

    @Test
    @DisplayName("P-07 words that no unit knows are counted and the first of them is noted")
    void illegal() {
        int[] words = {0x6000_0000, 0x0000_0001, 0xFC00_0000, SLEEP};
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program =
                    load(PlaybackProgram.builder(), TOP, words).write(CONTROL, 1);
            RunResult result =
                    run(bench, program.barrier(Barrier.OMNIBUS).timerReset().waitUntil(100));

            assertThat(result.health().count("ppu.0.illegal")).isEqualTo(2);
            assertThat(result.health().notes())
                    .filteredOn(note -> note.name().equals("ppu-illegal"))
                    .extracting(Note::text)
                    .singleElement()
                    .asString()
                    .contains("0x00000001", "0x00000004", "top");
        }
    }

    @Test
    @DisplayName("P-38 refuse and ignore are as before, and the chip says what it does")
    void policies() {
        PlaybackProgram start = PlaybackProgram.builder().write(CONTROL, 1).done();
        try (Bench bench = Bench.initialised("emu:nominal?ppu=refuse")) {
            assertThatThrownBy(() -> bench.chip.run(start, RunOptions.forSetup()))
                    .isInstanceOf(UnsupportedOnTargetException.class)
                    .returns("PPU_EXECUTION_UNSUPPORTED", error -> ((ChipException) error).code());
            assertThat(bench.chip.describe().properties()).containsEntry("ppu", "memory");
        }
        try (Bench bench = Bench.initialised("emu:nominal?ppu=ignore")) {
            RunResult result = bench.chip.run(start, RunOptions.forSetup());
            assertThat(result.health().count(HealthKeys.PPU_IGNORED)).isOne();
            assertThat(read(bench, STATUS)).isEqualTo(1);
        }
        try (Bench bench = Bench.initialised()) {
            RunResult result = bench.chip.run(start, RunOptions.forSetup());
            assertThat(result.health().count(HealthKeys.PPU_IGNORED)).isZero();
            assertThat(read(bench, STATUS)).isZero();
            assertThat(bench.chip.describe().properties()).containsEntry("ppu", "full");
        }
    }

    @Test
    @DisplayName("P-36 a processor that does not sleep in time: program counter and mailbox are named, it is stopped")
    void timeout() {
        int[] words = {0x3C80_6869, 0x9080_3000, 0x4800_0000};
        byte[] image = new byte[12];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (words[i / 4] >>> 24 - 8 * (i % 4));
        }
        try (Bench bench = Bench.initialised()) {
            PpuSession session = PpuSession.on(bench.chip, Hemisphere.of(0));
            session.load(PpuImage.raw(image));
            session.start();
            assertThatThrownBy(() -> session.awaitSleep(100))
                    .isInstanceOf(PpuTimeoutException.class)
                    .hasMessageContaining("program counter 0x00000008")
                    .hasMessageContaining("mailbox 'hi'");
            assertThat(read(bench, STATUS)).isEqualTo(1);
        }
    }
}
