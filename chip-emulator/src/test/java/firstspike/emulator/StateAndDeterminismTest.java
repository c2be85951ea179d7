package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.Container;
import firstspike.driver.register.CrossbarNodeConfig;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateAndDeterminismTest {

    private static final String VARIED = "emu:varied?seed=1&mismatch=residual";
    private static final int WORD = Bench.PPU_MEMORY;

    @Test
    @DisplayName("Two neurons fire, and the stronger input fires first")
    void twoNeuronsFire() {
        try (Bench bench = configured("emu:nominal", 0)) {
            RunResult result = bench.chip.run(TwoNeurons.stimulus(5), RunOptions.defaults());
            assertThat(result.health().lossFree()).isTrue();
            SpikeColumns spikes = result.spikes();
            assertThat(spikes.size()).isGreaterThanOrEqualTo(8);
            assertThat(spikes.label(0)).isEqualTo(TwoNeurons.OUTPUT[0]);
            for (int i = 0; i < spikes.size(); i++) {
                assertThat(spikes.label(i)).isIn(TwoNeurons.OUTPUT[0], TwoNeurons.OUTPUT[1]);
            }
        }
    }

    @Test
    @DisplayName("T260 program ordinal")
    void programOrdinal() {
        PlaybackProgram program = TwoNeurons.stimulus(4);
        try (Bench bench = configured(VARIED, 0);
                Bench fresh = configured(VARIED, 2)) {
            SpikeColumns first = spikes(bench, program);
            SpikeColumns second = spikes(bench, program);
            SpikeColumns third = spikes(bench, program);
            assertThat(second).isNotEqualTo(first);
            assertThat(third).isNotEqualTo(second).isNotEqualTo(first);
            assertThat(spikes(fresh, program)).isEqualTo(third);
        }
    }

    @Test
    @DisplayName("T261 set-up programs take no ordinal")
    void setUpProgramsTakeNoOrdinal() {
        PlaybackProgram program = TwoNeurons.stimulus(4);
        PlaybackProgram setup = PlaybackProgram.builder()
                .write(WORD, 1)
                .barrier(Barrier.OMNIBUS)
                .done();
        try (Bench bench = configured(VARIED, 0);
                Bench fresh = configured(VARIED, 2)) {
            spikes(bench, program);
            bench.chip.run(setup, RunOptions.forSetup());
            RunResult second = bench.chip.run(program, RunOptions.defaults());
            assertThat(second.provenance().programOrdinal()).isEqualTo(1);
            bench.chip.run(setup, RunOptions.forSetup());
            assertThat(spikes(fresh, program)).isEqualTo(spikes(bench, program));
        }
    }

    @Test
    @DisplayName("T262 arbitration does not remember programs")
    void arbitrationDoesNotRemember() {
        PlaybackProgram before = Bench.p0().spikes(0x0001, 0x4001).settle(1000).done();
        PlaybackProgram contention = Bench.p0()
                .spikes(0x0161, 0x4162, 0x8163)
                .spikes(0x0164, 0x4165, 0x8166)
                .settle(1000)
                .done();
        try (Bench used = Bench.initialised();
                Bench fresh = Bench.initialised()) {
            spikes(used, before);
            assertThat(spikes(used, contention)).isEqualTo(spikes(fresh, contention));
        }
    }

    @Test
    @DisplayName("T263 configuration written again")
    void configurationWrittenAgain() {
        String target = "emu:varied?seed=1&mismatch=full";
        PlaybackProgram stimulus = TwoNeurons.stimulus(4);
        try (Bench once = configured(target, 0);
                Bench twice = configured(target, 0)) {
            PlaybackProgram cells = allCapMemCells(once);
            once.chip.run(cells, RunOptions.forSetup());
            twice.chip.run(cells, RunOptions.forSetup());
            twice.chip.run(cells, RunOptions.forSetup());
            SpikeColumns expected = spikes(once, stimulus);
            assertThat(expected.size()).isPositive();
            assertThat(spikes(twice, stimulus)).isEqualTo(expected);
        }
    }

    /** Writes each cell with the code that it has, and waits 20 ms. */
    private static PlaybackProgram allCapMemCells(Bench bench) {
        PlaybackProgramBuilder reads = PlaybackProgram.builder();
        int[] addresses = new int[CapMemCell.COUNT];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = Container.CAPMEM_CELL.layout().writeAddresses(i)[0];
        }
        Ticket<int[]> codes = reads.read(addresses, words -> words);
        PlaybackProgram program = reads.barrier(Barrier.OMNIBUS).done();
        return PlaybackProgram.builder()
                .write(addresses, bench.chip.run(program, RunOptions.forSetup()).get(codes))
                .barrier(Barrier.OMNIBUS)
                .pause(2_500_000)
                .done();
    }

    @Test
    @DisplayName("T265 draws keyed by time")
    void drawsKeyedByTime() {
        PlaybackProgramBuilder longer = PlaybackProgram.builder();
        for (int i = 0; i < 500; i++) {
            longer.write(WORD + i, 0);
        }
        longer.barrier(Barrier.OMNIBUS).append(Bench.p0());
        try (Bench plain = configured(VARIED, 0);
                Bench written = configured(VARIED, 0)) {
            SpikeColumns expected = spikes(plain, TwoNeurons.stimulus(4));
            assertThat(expected.size()).isPositive();
            assertThat(spikes(written, TwoNeurons.stimulus(longer, 4))).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("T224 recording does not change physics")
    void recordingDoesNotChangePhysics() {
        PlaybackProgramBuilder marked = Bench.p0();
        for (int i = 0; i < 20; i++) {
            marked.marker();
        }
        try (Bench plain = configured(VARIED, 0);
                Bench withMarkers = configured(VARIED, 0)) {
            SpikeColumns expected = spikes(plain, TwoNeurons.stimulus(4));
            SpikeColumns got = spikes(withMarkers, TwoNeurons.stimulus(marked, 4));
            assertThat(got.size()).isEqualTo(expected.size());
            for (int i = 0; i < got.size(); i++) {
                assertThat(got.chipTime(i)).isEqualTo(expected.chipTime(i) + 20);
                assertThat(got.label(i)).isEqualTo(expected.label(i));
            }
        }
    }

    @Test
    @DisplayName("T217 nothing is reset implicitly, T218 chip reset clears")
    void filterStaysUntilReset() {
        PlaybackProgram spike = Bench.p0().spike(5).settle(1000).done();
        try (Bench bench = Bench.initialised()) {
            CrossbarNodeConfig closed = CrossbarNodeConfig.closed(CrossbarNode.of(32));
            bench.run(PlaybackProgram.builder()
                    .write(closed.writeAddresses(), closed.words())
                    .barrier(Barrier.OMNIBUS));
            assertThat(spikes(bench, spike).size()).isZero();
            bench.initialise();
            assertThat(spikes(bench, spike).size()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("T219 snapshot and restore")
    void snapshotAndRestore() {
        PlaybackProgram program = TwoNeurons.stimulus(4);
        try (Bench bench = configured(VARIED, 0)) {
            bench.run(PlaybackProgram.builder().write(WORD, 1).write(0x8000_0000, 1));
            String id = bench.chip.snapshot();
            SpikeColumns first = spikes(bench, program);
            bench.run(PlaybackProgram.builder().write(WORD, 2).write(0x8000_0000, 2));
            bench.chip.restore(id);
            assertThat(spikes(bench, program)).isEqualTo(first);
            PlaybackProgramBuilder reader = PlaybackProgram.builder();
            Ticket<Integer> chip = reader.read(WORD);
            Ticket<Integer> fpga = reader.read(0x8000_0000);
            RunResult result = bench.run(reader);
            assertThat(result.get(chip)).isEqualTo(1);
            assertThat(result.get(fpga)).isEqualTo(1);
            assertThatThrownBy(() -> bench.chip.restore("other"))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("ILLEGAL_SNAPSHOT", error -> ((ChipException) error).code())
                    .hasMessageContaining("other");
        }
    }

    @Test
    @DisplayName("T222 a program that is flushed several times gives the same bytes on every chip")
    void sameWordsSameBytes() {
        Random random = new Random(222);
        PlaybackProgramBuilder builder = Bench.p0();
        for (int i = 0; i < 70_000; i++) {
            builder.spikes(random.nextInt(1 << 16), random.nextInt(1 << 16));
        }
        PlaybackProgram program = builder.settle(1000).done();
        try (Bench one = configured("emu:nominal", 0);
                Bench two = configured("emu:nominal", 0)) {
            RunResult first = one.chip.run(program, RunOptions.defaults());
            assertThat(first.spikes().size()).as("seed 222").isPositive();
            RunResult second = two.chip.run(PlaybackProgram.ofWords(program.words()), RunOptions.defaults());
            assertThat(second.spikes()).isEqualTo(first.spikes());
            assertThat(second.health()).isEqualTo(first.health());
        }
    }

    @Test
    @DisplayName("T221 determinism over threads")
    void determinismOverThreads() {
        PlaybackProgram program = TwoNeurons.stimulus(400);
        for (String target : new String[] {"emu:nominal", VARIED}) {
            SpikeColumns expected = null;
            for (int threads : new int[] {1, 2, 8}) {
                try (Bench bench = Bench.powerOn(target, LinkOptions.defaults().withThreads(threads))) {
                    bench.initialise();
                    bench.chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
                    SpikeColumns spikes = spikes(bench, program);
                    expected = expected == null ? spikes : expected;
                    assertThat(spikes)
                            .as(target + " with " + threads + " threads")
                            .isEqualTo(expected);
                    assertThat(spikes.size()).isGreaterThan(800);
                }
            }
        }
    }

    @Test
    @DisplayName("T256 links have chips of their own, and join one by a shared name")
    void ownAndSharedChips() {
        try (ChipSource source = EmulatorSource.of("emu:nominal?seed=4&chips=2")) {
            assertThat(source.chips())
                    .extracting(chip -> chip.chipId().value())
                    .containsExactly("emu-nominal-4", "emu-nominal-5");
            LinkOptions plain = LinkOptions.defaults();
            try (ChipLink own = source.open(source.chips().get(0).chipId(), plain);
                    ChipLink left = source.open(source.chips().get(0).chipId(), plain.withShared("bench"));
                    ChipLink right = source.open(source.chips().get(0).chipId(), plain.withShared("bench"))) {
                PlaybackProgram write =
                        PlaybackProgram.builder().write(0x8000_0000, 7).done();
                left.run(write, RunOptions.defaults());
                PlaybackProgramBuilder reader = PlaybackProgram.builder();
                Ticket<Integer> word = reader.read(0x8000_0000);
                PlaybackProgram read = reader.done();
                assertThat(right.run(read, RunOptions.defaults()).get(word)).isEqualTo(7);
                assertThat(own.run(read, RunOptions.defaults()).get(word)).isZero();
            }
        }
    }

    @Test
    @DisplayName("T245 an interrupt ends a run, and the link goes on")
    void interruptEndsARun() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgram program = Bench.p0().waitUntil(4_000_000_000L).done();
            Thread.currentThread().interrupt();
            CancelledException cancelled = catchThrowableOfType(
                    CancelledException.class, () -> bench.chip.run(program, RunOptions.defaults()));
            assertThat(cancelled).isNotNull();
            assertThat(Thread.interrupted()).isFalse();
            assertThat(spikes(bench, Bench.p0().spike(1).settle(1000).done()).size())
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("T248 execution limit and deadline end a run, and the link goes on")
    void limitsEndARun() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgram program =
                    Bench.p0().spikes(1, 2, 3).waitUntil(4_000_000_000L).done();
            DeadlineExceededException deadline = catchThrowableOfType(
                    DeadlineExceededException.class,
                    () -> bench.chip.run(program, RunOptions.defaults().withDeadline(Duration.ofNanos(1))));
            assertThat(deadline.detail().fields()).containsEntry("which", "CALL_DEADLINE");
            DeadlineExceededException limit = catchThrowableOfType(
                    DeadlineExceededException.class,
                    () -> bench.chip.run(program, RunOptions.defaults().withExecutionLimit(Duration.ofNanos(1))));
            assertThat(limit.detail().fields()).containsEntry("which", "EXECUTION_LIMIT");
            assertThat(limit)
                    .hasMessageMatching(
                            "wall time of a run of \\d+ instructions: \\d+ ms"
                                    + " \\(limit: execution limit of 0 ms\\) at instruction \\d+; give a longer execution limit, .*");
            assertThat(limit.chipStateKnown()).isFalse();
            PlaybackProgramBuilder healthy = Bench.p0().write(WORD, 3).spike(1);
            Ticket<Integer> word = healthy.read(WORD);
            RunResult result = bench.run(healthy.settle(1000));
            assertThat(result.get(word)).isEqualTo(3);
            assertThat(result.spikes().chipTimes()).containsExactly(4 + 41);
        }
    }

    @Test
    @DisplayName("5.4 events lost to extended timing are in the health of the run")
    void extendedTimingLoss() {
        try (Bench bench = Bench.initialised()) {
            CommonPadiBusConfig config = CommonPadiBusConfig.defaults(Hemisphere.of(0))
                    .withAllSpl1(true)
                    .withExtendedTiming(2, true);
            RunResult result = bench.run(Bench.p0()
                    .write(config.writeAddresses(), config.words())
                    .barrier(Barrier.OMNIBUS)
                    .spike(1)
                    .spike(1)
                    .settle(1000));
            assertThat(result.health().count(HealthKeys.DROPPED_PADI)).isEqualTo(1);
            assertThat(result.health().lossFree()).isFalse();
        }
    }

    static Bench configured(String target, long ordinal) {
        Bench bench = Bench.powerOn(target, ordinal);
        bench.initialise();
        bench.chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
        return bench;
    }

    private static SpikeColumns spikes(Bench bench, PlaybackProgram program) {
        return bench.chip.run(program, RunOptions.defaults()).spikes();
    }
}
