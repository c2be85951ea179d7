package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TimeBase;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.Access;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegisterAccessTest {

    private static final int WORD = Bench.PPU_MEMORY + 7;
    private static final int OTHER_WORD = Bench.PPU_MEMORY + 5;
    private static final int NODE_0 = 0x0013_0019;
    private static final int EXTERNAL_MEMORY = 0x8000_0000;

    @Test
    @DisplayName("T039 FPGA read")
    void fpgaRead() {
        assertThat(readTimes(Bench.p0(), Bench.TIMEOUT)).containsExactly(6);
    }

    @Test
    @DisplayName("T040 chip read")
    void chipRead() {
        assertThat(readTimes(Bench.p0(), WORD)).containsExactly(82);
    }

    @Test
    @DisplayName("T041 three chip reads")
    void threeChipReads() {
        assertThat(readTimes(Bench.p0(), WORD, WORD, WORD)).containsExactly(82, 84, 86);
    }

    @Test
    @DisplayName("T042 answers keep order over spaces")
    void answersKeepOrderOverSpaces() {
        try (Bench bench = Bench.initialised()) {
            bench.run(PlaybackProgram.builder().write(WORD, 0x1234).barrier(Barrier.OMNIBUS));
            PlaybackProgramBuilder program = Bench.p0();
            Ticket<Integer> slow = program.read(WORD);
            Ticket<Integer> fast = program.read(Bench.TIMEOUT);
            RunResult result = bench.run(program.barrier(Barrier.OMNIBUS));
            assertThat(result.times(ResponseKind.OMNIBUS)).containsExactly(82, 83);
            assertThat(result.get(slow)).isEqualTo(0x1234);
            assertThat(result.get(fast)).isEqualTo(0x0013_12D0);
        }
    }

    @Test
    @DisplayName("T043 in-flight limit")
    void inFlightLimit() {
        int[] addresses = new int[40];
        Arrays.fill(addresses, WORD);
        long[] times = readTimes(Bench.p0(), addresses);
        assertThat(times[0]).isEqualTo(82);
        assertThat(times[31]).isEqualTo(144);
        assertThat(times[32]).isEqualTo(162);
        assertThat(times[39]).isEqualTo(176);
    }

    @Test
    @DisplayName("T045 long block of writes")
    void longBlockOfWrites() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            for (int i = 0; i < 1000; i++) {
                program.write(Bench.PPU_MEMORY + i, i);
            }
            assertThat(marker(bench, program.barrier(Barrier.OMNIBUS))).isEqualTo(2578);
        }
    }

    @Test
    @DisplayName("T046 barrier after chip write")
    void barrierAfterChipWrite() {
        try (Bench bench = Bench.initialised()) {
            assertThat(marker(bench, Bench.p0().write(WORD, 1).barrier(Barrier.OMNIBUS)))
                    .isEqualTo(84);
        }
    }

    @Test
    @DisplayName("T048 marker is not held by a write")
    void markerIsNotHeldByAWrite() {
        try (Bench bench = Bench.initialised()) {
            assertThat(marker(bench, Bench.p0().write(WORD, 1))).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("T049 write then read same address")
    void writeThenReadSameAddress() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().write(WORD, 0xCAFE_0001);
            Ticket<Integer> value = program.read(WORD);
            assertThat(bench.run(program).get(value)).isEqualTo(0xCAFE_0001);
        }
    }

    @Test
    @DisplayName("T050 byte enables")
    void byteEnables() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().write(WORD, 0x1234_5678).write(WORD, 0xAABB_CCDD, 0b1010);
            Ticket<Integer> value = program.read(WORD);
            assertThat(bench.run(program).get(value)).isEqualTo(0xAA34_CC78);
        }
    }

    @Test
    @DisplayName("R018 byte enables on external memory")
    void byteEnablesOnExternalMemory() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program =
                    Bench.p0().write(EXTERNAL_MEMORY, 0x0102_0304).write(EXTERNAL_MEMORY, 0x1234_5678, 0b0100);
            Ticket<Integer> value = program.read(EXTERNAL_MEMORY);
            assertThat(bench.run(program).get(value)).isEqualTo(0x0134_0304);
        }
    }

    @Test
    @DisplayName("T054 T055 poll satisfied, with inverted flag too")
    void pollSatisfied() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().write(OTHER_WORD, 0x10).barrier(Barrier.OMNIBUS);
            int before = program.instructionCount();
            program.pollUntil(OTHER_WORD, 0xff, 0x10, true);
            assertThat(program.instructionCount() - before).isEqualTo(8);
            program.pollUntil(OTHER_WORD, 0xff, 0x11, false);
            program.marker();
            assertThat(bench.run(program).responses(ResponseKind.LOOPBACK)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("R126 polling passes at once when the word matches")
    void pollPassesAtOnce() {
        try (Bench bench = Bench.initialised()) {
            bench.run(PlaybackProgram.builder().write(OTHER_WORD, 5).barrier(Barrier.OMNIBUS));
            PlaybackProgramBuilder program = Bench.p0().pollUntil(OTHER_WORD, 0xff, 5, true);
            // three FPGA writes until S = 7, their barrier until S = 11, sample 40 ticks after the poll issues
            assertThat(marker(bench, program)).isEqualTo(53);
        }
    }

    @Test
    @DisplayName("T062 R121 JTAG id, the IDCODE")
    void jtagId() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().jtagScaler(6);
            Ticket<Long> id = program.readJtagIdCode();
            program.barrier(Barrier.JTAG);
            Ticket<Marker> marker = program.marker();
            RunResult result = bench.run(program);
            assertThat(result.get(id)).isEqualTo(0x3485_80AFL);
            assertThat(result.fpgaTime(id)).isEqualTo(405);
            assertThat(result.fpgaTime(marker)).isEqualTo(406);
        }
    }

    @Test
    @DisplayName("T063 JTAG word write then read")
    void jtagWord() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().jtagScaler(6);
            int before = program.instructionCount();
            program.writeOverJtag(WORD, 0xDEAD_BEEF);
            Ticket<Integer> first = program.readOverJtag(WORD);
            assertThat(program.instructionCount() - before).isEqualTo(12);
            Ticket<Integer> second = program.readOverJtag(WORD + 1);
            program.barrier(Barrier.JTAG);
            Ticket<Marker> marker = program.marker();
            RunResult result = bench.run(program);
            assertThat(result.get(first)).isEqualTo(0xDEAD_BEEF);
            assertThat(result.get(second)).isZero();
            // 976 ticks an access from S = 3, then the response and the marker
            assertThat(result.fpgaTime(marker)).isEqualTo(3 + 3 * 976 + 3);
        }
    }

    @Test
    @DisplayName("T066 combined barrier")
    void combinedBarrier() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().jtagScaler(6);
            Ticket<Integer> word = program.read(WORD);
            Ticket<Long> id = program.readJtagIdCode();
            program.barrier(Barrier.OMNIBUS, Barrier.JTAG);
            Ticket<Marker> marker = program.marker();
            RunResult result = bench.run(program);
            assertThat(result.fpgaTime(marker))
                    .isGreaterThan(result.fpgaTime(word))
                    .isGreaterThan(result.fpgaTime(id));
        }
    }

    @Test
    @DisplayName("T067 multi-FPGA barrier alone")
    void multiFpgaBarrierAlone() {
        try (Bench bench = Bench.initialised()) {
            assertThat(marker(bench, Bench.p0().barrier(Barrier.MULTI_FPGA))).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("T069 unmapped address, R017 counted when allowed")
    void unmappedAddress() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().write(0x7FFF_0000, 1);
            ProgramRejectedException refused =
                    catchThrowableOfType(ProgramRejectedException.class, () -> bench.run(program));
            assertThat(refused.code()).isEqualTo("UNMAPPED_ADDRESS");
            assertThat(refused.detail().instructionIndex()).isEqualTo(OptionalLong.of(4));
            assertThat(refused).hasMessageContaining("0x7fff0000");
        }
        try (Bench bench = Bench.initialised("emu:nominal?strict_addresses=false")) {
            PlaybackProgramBuilder program = Bench.p0().write(0x0011_0003, 1);
            Ticket<Integer> value = program.read(0x0011_0003);
            RunResult result = bench.run(program);
            assertThat(result.get(value)).isZero();
            assertThat(result.health().count(HealthKeys.UNMAPPED)).isEqualTo(2);
            assertThat(result.health().notes())
                    .filteredOn(note -> note.name().equals("unmapped-access"))
                    .singleElement()
                    .satisfies(note -> assertThat(note.text()).contains("0x00110003"));
        }
    }

    @Test
    @DisplayName("T070 unreadable register")
    void unreadableRegister() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            program.read(NODE_0);
            assertThat(catchThrowableOfType(UnsupportedOnTargetException.class, () -> bench.run(program)))
                    .hasMessageContaining("CrossbarNode");
            bench.run(Bench.p0().write(NODE_0, 7));
        }
        try (Bench bench = Bench.initialised("emu:nominal?strict_readback=false")) {
            PlaybackProgramBuilder program = Bench.p0().write(NODE_0, 7);
            Ticket<Integer> value = program.read(NODE_0);
            RunResult result = bench.run(program);
            assertThat(result.get(value)).isEqualTo(7);
            assertThat(result.health().notes()).extracting(Note::name).contains("no-readback");
        }
    }

    @Test
    @DisplayName(
            "R013 what hardware cannot read back is refused before anything runs, or, if asked, returns what was written")
    void unreadableContainers() {
        List<Container> unreadable = Stream.of(Container.values())
                .filter(container -> container.layout().access() == Access.UNREADABLE_ON_HARDWARE)
                .toList();
        assertThat(unreadable).hasSize(11);
        try (Bench strict = Bench.initialised();
                Bench lenient = Bench.initialised("emu:nominal?strict_readback=false")) {
            for (Container container : unreadable) {
                ContainerLayout layout = container.layout();
                int coordinate = layout.instances() - 1;
                int address = layout.address(coordinate, layout.wordCount() - 1);
                int word = 0x2A2A_2A2A & AddressMap.standard().storageMask(address);
                PlaybackProgramBuilder refused = Bench.p0().write(WORD, 0x55);
                refused.read(address);
                assertThat(catchThrowableOfType(UnsupportedOnTargetException.class, () -> strict.run(refused)))
                        .as("%s", container)
                        .hasMessageContaining(container.title());
                assertThat(read(strict, WORD)).as("nothing ran").isZero();

                PlaybackProgramBuilder allowed = Bench.p0().write(address, word);
                Ticket<Integer> value = allowed.read(address);
                assertThat(lenient.run(allowed).get(value)).as("%s", container).isEqualTo(word);
            }
        }
    }

    @Test
    @DisplayName("T071 halt does not wait")
    void haltDoesNotWait() {
        try (Bench bench = Bench.initialised()) {
            long[] words = {ToFpga.systimeInit(true), ToFpga.barrier(4), ToFpga.timerSetup(), ToFpga.omnibusRead(WORD)};
            IncompleteResponseException failed = catchThrowableOfType(
                    IncompleteResponseException.class,
                    () -> bench.chip.run(PlaybackProgram.ofWords(words), RunOptions.defaults()));
            assertThat(failed.detail().fields()).containsEntry("expected", "1").containsEntry("received", "0");
            assertThat(RunResult.before(failed).orElseThrow().health().count(HealthKeys.LATE_RESPONSES))
                    .isEqualTo(1);
            assertThat(RunResult.before(failed).orElseThrow().health().lossFree())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("T073 T075 automatic barrier, none where one is already there")
    void automaticBarrier() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder without = Bench.p0();
            Ticket<Integer> value = without.read(WORD);
            PlaybackProgram program = without.done();
            assertThat(program.notes()).extracting(Note::name).contains("added-barrier");
            RunResult result = bench.chip.run(program, RunOptions.defaults());
            assertThat(result.get(value)).isZero();
            assertThat(result.health().notes()).extracting(Note::name).contains("added-barrier");
        }
    }

    @Test
    @DisplayName("R125 device DNA follows the seed")
    void deviceDna() {
        assertThat(dna("emu:nominal?seed=1")).isEqualTo(0x0F15_75E1_C0DFL).isEqualTo(dna("emu:varied?seed=1"));
        assertThat(dna("emu:nominal?seed=2")).isEqualTo(0x0F15_75E1_C0E0L);
    }

    @Test
    @DisplayName("R133 the reference generator after initialisation")
    void referenceGeneratorAfterInitialisation() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            Ticket<Integer> word = program.read(0x000C_0012);
            assertThat(bench.run(program).get(word)).isEqualTo(0x1000);
        }
    }

    @Test
    @DisplayName("R136 without synchronisation there are no annotations")
    void initialisedWithoutSynchronisation() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            bench.chip.run(
                    Bench.initialisation(InitialisationOptions.standard().withoutSystimeSync()), RunOptions.forSetup());
            PlaybackProgramBuilder program = PlaybackProgram.builder();
            program.marker();
            program.timerReset().waitUntil(1000).marker();
            RunResult result = bench.run(program);
            assertThat(result.times(ResponseKind.LOOPBACK)).containsExactly(1, 2);
            assertThat(result.timeBase()).isEqualTo(TimeBase.UNSYNCED);
        }
    }

    @Test
    @DisplayName("T167 R138 PPU start refused, or ignored")
    void ppuStart() {
        try (Bench bench = Bench.initialised("emu:nominal?ppu=refuse")) {
            PlaybackProgramBuilder program =
                    Bench.p0().write(WORD, 1).write(Bench.PPU_CONTROL, 1).write(WORD, 2);
            UnsupportedOnTargetException refused =
                    catchThrowableOfType(UnsupportedOnTargetException.class, () -> bench.run(program));
            assertThat(refused.code()).isEqualTo("PPU_EXECUTION_UNSUPPORTED");
            assertThat(refused.detail().instructionIndex()).isEqualTo(OptionalLong.of(6));
            assertThat(refused).hasMessageContaining("top");
            assertThat(read(bench, WORD)).isEqualTo(1);
        }
        try (Bench bench = Bench.initialised("emu:nominal?ppu=ignore")) {
            assertThat(read(bench, Bench.PPU_CONTROL)).isZero();
            assertThat(read(bench, Bench.PPU_CONTROL + 1)).isNotZero();
            RunResult result = bench.run(Bench.p0().write(Bench.PPU_CONTROL, 1).write(WORD, 2));
            assertThat(result.health().count(HealthKeys.PPU_IGNORED)).isEqualTo(1);
            assertThat(result.health().notes()).extracting(Note::name).contains("ppu-not-emulated");
            assertThat(read(bench, WORD)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("T165 PPU memory")
    void ppuMemory() {
        try (Bench bench = Bench.initialised()) {
            for (int base : new int[] {0x0280_0000, 0x0380_0000}) {
                PlaybackProgramBuilder program = Bench.p0();
                int[] addresses = new int[4096];
                for (int i = 0; i < 4096; i++) {
                    addresses[i] = base + i;
                    program.write(base + i, i * 0x9E37_79B1 ^ base);
                }
                Ticket<int[]> all = program.read(addresses, words -> words);
                int[] read = bench.run(program).get(all);
                for (int i = 0; i < 4096; i++) {
                    assertThat(read[i]).isEqualTo(i * 0x9E37_79B1 ^ base);
                }
            }
        }
    }

    @Test
    @DisplayName("T169 external memory size")
    void externalMemorySize() {
        try (Bench bench = Bench.initialised()) {
            assertThat(read(bench, 0x8000_7FFF)).isZero();
            PlaybackProgramBuilder beyond = Bench.p0();
            beyond.read(0x8000_8000);
            assertThatThrownBy(() -> bench.run(beyond))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("UNMAPPED_ADDRESS", error -> ((ChipException) error).code())
                    .hasMessageContaining("0x80008000");
            assertThatThrownBy(() -> bench.run(Bench.p0().write(0x8000_8000, 1)))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("UNMAPPED_ADDRESS", error -> ((ChipException) error).code())
                    .hasMessageContaining("0x80008000");
        }
    }

    @Test
    @DisplayName("Board sensors answer 25 degrees over I2C")
    void boardSensors() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().write(0x8800_7800 + 0x48 + 0x80, 0);
            Ticket<Integer> temperature = program.read(
                    new int[] {0x8800_7800 + 0x48, 0x8800_7800 + 0x48 + 0x80}, bytes -> bytes[0] << 8 | bytes[1]);
            assertThat(bench.run(program).get(temperature) / 16 * 0.0625).isEqualTo(25);
        }
    }

    @Test
    @DisplayName("A-18 power by the board's sensors lies within 100 to 250 mW, and is higher with activity")
    void power() {
        try (Bench bench = Bench.initialised()) {
            bench.chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
            double idle = milliwatt(bench, Bench.p0().pause(30_000));
            PlaybackProgramBuilder busy = Bench.p0();
            for (int i = 0; i < 9000; i++) {
                busy.spike(TwoNeurons.INPUT);
            }
            double active = milliwatt(bench, busy);
            PlaybackProgramBuilder awake = Bench.p0().write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.WAKE);
            double recording = milliwatt(bench, awake.barrier(Barrier.OMNIBUS).pause(30_000));
            assertThat(idle).isBetween(159.0, 161.0);
            assertThat(active).isGreaterThan(idle + 1).isLessThan(250);
            assertThat(recording).isBetween(idle + 4, idle + 6);
        }
    }

    /** Power of a program as the sensors show it to the next one. */
    private static double milliwatt(Bench bench, PlaybackProgramBuilder program) {
        RunResult run = bench.run(program);
        double seconds = run.health().count(HealthKeys.VIRTUAL_TICKS) * 8e-9;
        double byHealth = run.health().count(HealthKeys.ENERGY_MODEL) * 1e-9 / seconds * 1e3;
        PlaybackProgramBuilder reading = Bench.p0();
        List<Ticket<Integer>> values = new ArrayList<>();
        for (int sensor = 0x40; sensor < 0x46; sensor++) {
            for (int register = 1; register <= 2; register++) {
                int address = 0x8800_7800 + sensor;
                reading.write(address + 0x80, register);
                values.add(reading.read(new int[] {address, address + 0x80}, bytes -> bytes[0] << 8 | bytes[1]));
            }
        }
        RunResult result = bench.run(reading);
        double watt = 0;
        for (int i = 0; i < values.size(); i += 2) {
            watt += result.get(values.get(i)) * 10e-6 * (result.get(values.get(i + 1)) >> 3) * 4e-3 / 0.027;
        }
        // the sensors round to steps of 10 uV at their resistors
        assertThat(byHealth).isCloseTo(1000 * watt, within(1.0));
        return 1000 * watt;
    }

    @Test
    @DisplayName("T212 size limit")
    void sizeLimit() {
        try (Bench bench = Bench.initialised()) {
            long[] words = new long[PlaybackProgram.MAX_INSTRUCTIONS];
            Arrays.fill(words, ToFpga.barrier(0));
            RunResult result = bench.chip.run(PlaybackProgram.ofWords(words), RunOptions.defaults());
            assertThat(result.health().count(HealthKeys.VIRTUAL_TICKS)).isEqualTo(words.length);
            long[] more = Arrays.copyOf(words, words.length + 1);
            more[words.length] = ToFpga.barrier(0);
            assertThat(catchThrowableOfType(
                            ProgramRejectedException.class,
                            () -> bench.chip.run(PlaybackProgram.ofWords(more), RunOptions.defaults())))
                    .hasMessageContaining("4194305")
                    .hasMessageContaining("4194304");
        }
    }

    @Test
    @DisplayName("T216 state stays from program to program")
    void stateStays() {
        try (Bench bench = Bench.initialised()) {
            int[] addresses = new int[512];
            int[] values = new int[512];
            for (int i = 0; i < 512; i++) {
                addresses[i] = 0x02C0_0000 + i;
                values[i] = i * 0x0101_0101 & 0x3f3f_3f3f;
            }
            bench.run(Bench.p0().write(addresses, values).barrier(Barrier.OMNIBUS));
            PlaybackProgramBuilder second = Bench.p0();
            Ticket<int[]> read = second.read(addresses, words -> words);
            assertThat(bench.run(second).get(read)).isEqualTo(values);
        }
    }

    @Test
    @DisplayName("T189 rerun")
    void rerun() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgram one = PlaybackProgram.builder().write(WORD, 1).done();
            PlaybackProgram two = PlaybackProgram.builder().write(WORD, 2).done();
            PlaybackProgramBuilder reader = PlaybackProgram.builder();
            Ticket<Integer> ticket = reader.read(WORD);
            PlaybackProgram read = reader.done();
            List<RunResult> results =
                    new ArrayList<>(bench.chip.run(List.of(one, read, two, read), RunOptions.defaults()));
            assertThat(results.get(1).get(ticket)).isEqualTo(1);
            assertThat(results.get(3).get(ticket)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A write value without its address is refused")
    void orphanData() {
        try (Bench bench = Bench.initialised()) {
            for (long[] words : new long[][] {
                {ToFpga.omnibusData(1)},
                {ToFpga.omnibusWrite(WORD), ToFpga.barrier(0), ToFpga.omnibusData(1)},
                {ToFpga.omnibusRead(WORD), ToFpga.omnibusData(1)}
            }) {
                PlaybackProgram program = PlaybackProgram.ofWords(words);
                assertThatThrownBy(() -> bench.chip.run(program, RunOptions.defaults()))
                        .isInstanceOf(ProgramRejectedException.class)
                        .returns("MALFORMED_REQUEST", error -> ((ChipException) error).code())
                        .hasCauseInstanceOf(WireException.class);
            }
        }
    }

    private static int read(Bench bench, int address) {
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        Ticket<Integer> ticket = program.read(address);
        return bench.run(program).get(ticket);
    }

    private static long dna(String target) {
        try (Bench bench = Bench.initialised(target)) {
            return (long) read(bench, 0x8800_0003) << 32 | read(bench, 0x8800_0004) & 0xffff_ffffL;
        }
    }

    private static long marker(Bench bench, PlaybackProgramBuilder program) {
        Ticket<Marker> marker = program.marker();
        return bench.run(program).fpgaTime(marker);
    }

    private static long[] readTimes(PlaybackProgramBuilder program, int... addresses) {
        try (Bench bench = Bench.initialised()) {
            for (int address : addresses) {
                program.read(address);
            }
            return bench.run(program.barrier(Barrier.OMNIBUS)).times(ResponseKind.OMNIBUS);
        }
    }
}
