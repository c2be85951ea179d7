package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.CrossbarNodeConfig;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static final int WORD = Bench.PPU_MEMORY + 7;

    @Test
    @DisplayName("T052 recording switch, edge off")
    void recordingSwitchedOff() {
        try (Bench bench = Bench.initialised()) {
            RunResult result = bench.run(
                    Bench.p0().spike(0).waitUntil(77).write(Bench.RECORDING, 0).waitUntil(300));
            assertThat(result.spikes().size()).isZero();
            assertThat(result.health().count(HealthKeys.NOT_RECORDED)).isEqualTo(1);
            bench.run(Bench.p0().write(Bench.RECORDING, 1));
            RunResult later = bench.run(
                    Bench.p0().spike(0).waitUntil(78).write(Bench.RECORDING, 0).waitUntil(300));
            assertThat(later.spikes().size()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("T076 loopback")
    void loopback() {
        SpikeColumns spikes = spikes(Bench.p0().waitUntil(9).spike(0).settle(1000));
        assertThat(spikes.size()).isEqualTo(1);
        assertThat(spikes.label(0)).isZero();
        assertThat(spikes.chipTime(0)).isEqualTo(53);
        assertThat(spikes.fpgaTime(0)).isEqualTo(93);
    }

    @Test
    @DisplayName("T077 T078 T138 two and three channels in a pack, pack statistics")
    void packs() {
        try (Bench bench = Bench.initialised()) {
            RunResult result = bench.run(Bench.p0()
                    .waitUntil(9)
                    .spikes(0x0000, 0x4001, 0x8002)
                    .waitUntil(99)
                    .spikes(0x0005, 0x4005)
                    .waitUntil(199)
                    .spike(3)
                    .settle(1000));
            assertThat(result.spikes().chipTimes()).containsExactly(53, 53, 53, 143, 143, 243);
            for (int size = 1; size <= 3; size++) {
                assertThat(result.health().count(HealthKeys.PACKS_OF + size)).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("T079 same channel in a pack")
    void sameChannel() {
        SpikeColumns spikes = spikes(Bench.p0().waitUntil(9).spikes(1, 2, 3).settle(1000));
        assertThat(spikes.chipTimes()).containsExactly(53, 54, 55);
        assertThat(LongStream.range(0, 3).map(i -> spikes.fpgaTime((int) i))).containsExactly(93L, 94L, 95L);
    }

    @Test
    @DisplayName("T087 125 M events/s on one channel")
    void oneChannel() {
        PlaybackProgramBuilder program = Bench.p0().waitUntil(9);
        for (int i = 0; i < 1000; i++) {
            program.spike(1);
        }
        SpikeColumns spikes = spikes(program.settle(1000));
        assertThat(spikes.chipTimes())
                .isEqualTo(LongStream.rangeClosed(53, 1052).toArray());
    }

    @Test
    @DisplayName("T088 375 M events/s on three channels")
    void threeChannels() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().waitUntil(9);
            for (int i = 0; i < 100; i++) {
                program.spikes(0x0001, 0x4001, 0x8001);
            }
            RunResult result = bench.run(program.settle(1000));
            SpikeColumns spikes = result.spikes();
            assertThat(spikes.size()).isEqualTo(300);
            assertThat(spikes.chipTime(299)).isEqualTo(152);
            assertThat(spikes.fpgaTime(299)).isEqualTo(192);
            for (int i = 0; i < 300; i++) {
                assertThat(spikes.fpgaTime(i) - spikes.chipTime(i)).isEqualTo(40);
            }
            assertThat(result.health().count(HealthKeys.PACKS_OF + 3)).isEqualTo(100);
        }
    }

    @Test
    @DisplayName("T091 overload: what the crossbar drops is in the health of the run")
    void overload() {
        int[] packs = {2, 3, 5, 10};
        int[] recorded = {6, 8, 11, 19};
        int[] drops = {0, 1, 4, 11};
        for (int i = 0; i < packs.length; i++) {
            try (Bench bench = Bench.initialised()) {
                CrossbarNodeConfig counting = new CrossbarNodeConfig(CrossbarNode.of(32), 0, 0, true);
                PlaybackProgramBuilder program = Bench.p0()
                        .write(counting.writeAddresses(), counting.words())
                        .barrier(Barrier.OMNIBUS);
                for (int pack = 0; pack < packs[i]; pack++) {
                    program.spikes(1, 2, 3);
                }
                RunResult result = bench.run(program.settle(1000));
                assertThat(result.spikes().size()).isEqualTo(recorded[i]);
                assertThat(result.health().count(HealthKeys.CROSSBAR_INPUT_DROPS + 8))
                        .isEqualTo(drops[i]);
                // all nine nodes of the channel lose their copies, counted or not
                assertThat(result.health().count(HealthKeys.DROPPED_CROSSBAR)).isEqualTo(9L * drops[i]);
                assertThat(result.health().lossFree()).isEqualTo(drops[i] == 0);
            }
        }
    }

    @Test
    @DisplayName("T134 recording off")
    void recordingOff() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().write(Bench.RECORDING, 0);
            for (int i = 0; i < 10; i++) {
                program.spike(0);
            }
            RunResult result = bench.run(program.settle(1000));
            assertThat(result.spikes().size()).isZero();
            assertThat(result.health().count(HealthKeys.NOT_RECORDED)).isEqualTo(10);
            assertThat(result.health().lossFree()).isTrue();
        }
    }

    @Test
    @DisplayName("T135 tail lost, and kept one tick later")
    void tailLost() {
        try (Bench bench = Bench.initialised()) {
            RunResult lost = bench.run(Bench.p0().waitUntil(9).spike(0).waitUntil(90));
            assertThat(lost.spikes().size()).isZero();
            assertThat(lost.health().count(HealthKeys.IN_FLIGHT_AT_HALT)).isEqualTo(1);
            assertThat(lost.health().lossFree()).isFalse();
            RunResult kept = bench.run(Bench.p0().waitUntil(9).spike(0).waitUntil(91));
            assertThat(kept.spikes().size()).isEqualTo(1);
            assertThat(kept.health().lossFree()).isTrue();
            assertThat(catchThrowableOfType(
                            RunFailedException.class,
                            () -> bench.chip.run(
                                    Bench.p0()
                                            .waitUntil(9)
                                            .spike(0)
                                            .waitUntil(90)
                                            .done(),
                                    RunOptions.defaults().failingOnLoss())))
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("T137 responses go first")
    void responsesGoFirst() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().waitUntil(9).spike(0);
            Ticket<Integer> word = program.read(WORD);
            RunResult result = bench.run(program.barrier(Barrier.OMNIBUS).settle(1000));
            assertThat(result.fpgaTime(word)).isEqualTo(93);
            assertThat(result.spikes().fpgaTime(0)).isEqualTo(94);
            assertThat(result.spikes().chipTime(0)).isEqualTo(53);
        }
    }

    @Test
    @DisplayName("T150 order of results")
    void orderOfResults() {
        Random random = new Random(150);
        PlaybackProgramBuilder program = Bench.p0();
        long time = 0;
        for (int i = 0; i < 400; i++) {
            time += 1 + random.nextInt(6);
            program.waitUntil(time).spikes(random.nextInt(1 << 16), random.nextInt(1 << 16));
        }
        SpikeColumns spikes = spikes(program.settle(1000));
        assertThat(spikes.size()).as("seed 150").isEqualTo(800);
        for (int i = 1; i < spikes.size(); i++) {
            assertThat(spikes.fpgaTime(i)).isGreaterThanOrEqualTo(spikes.fpgaTime(i - 1));
        }
        int[] order = spikes.byChipTime();
        for (int i = 1; i < order.length; i++) {
            long before = spikes.chipTime(order[i - 1]);
            long here = spikes.chipTime(order[i]);
            assertThat(before < here || before == here && order[i - 1] < order[i])
                    .isTrue();
        }
    }

    @Test
    @DisplayName("Stimuli sent while no link is up are counted as lost")
    void stimuliWithoutLink() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            RunResult result = bench.run(Bench.p0().spikes(1, 2, 3, 4).settle(1000));
            assertThat(result.health().count(HealthKeys.EVENTS_SENT)).isEqualTo(4);
            assertThat(result.health().count(HealthKeys.DROPPED_LINK)).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("An event that cannot enter the trace within 127 ticks is dropped and counted")
    void traceDrops() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0().spikes(0, 0x4000, 0x8000);
            for (int i = 0; i < 300; i++) {
                program.marker();
            }
            RunResult result = bench.run(program.settle(1000));
            assertThat(result.spikes().size()).isZero();
            assertThat(result.health().count(HealthKeys.DROPPED_TRACE)).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("A full trace queue drops events and counts them")
    void fullTraceQueue() {
        try (Bench bench = Bench.initialised()) {
            PlaybackProgramBuilder program = Bench.p0();
            for (int i = 0; i < 30; i++) {
                program.spikes(0x0001, 0x4001, 0x8001);
            }
            program.waitUntil(79);
            for (int i = 0; i < 60; i++) {
                program.marker();
            }
            RunResult result = bench.run(program.settle(1000));
            assertThat(result.spikes().size()).isEqualTo(64);
            assertThat(result.health().count(HealthKeys.DROPPED_TRACE)).isEqualTo(26);
        }
    }

    @Test
    @DisplayName("event_loss loses the share it names, keyed by time")
    void eventLoss() {
        PlaybackProgramBuilder first = Bench.p0();
        for (int i = 0; i < 20_000; i++) {
            first.spike(1);
        }
        PlaybackProgram program = first.settle(1000).done();
        try (Bench bench = Bench.initialised("emu:nominal?event_loss=0.25&seed=3");
                Bench again = Bench.initialised("emu:nominal?event_loss=0.25&seed=3");
                Bench other = Bench.initialised("emu:nominal?event_loss=0.25&seed=4")) {
            RunResult result = bench.chip.run(program, RunOptions.defaults());
            long lost = result.health().count(HealthKeys.DROPPED_LINK);
            assertThat(lost).isBetween(4_700L, 5_300L);
            assertThat(result.spikes().size()).isEqualTo(20_000 - (int) lost);
            assertThat(again.chip.run(program, RunOptions.defaults()).spikes()).isEqualTo(result.spikes());
            assertThat(other.chip.run(program, RunOptions.defaults()).spikes()).isNotEqualTo(result.spikes());
            assertThat(bench.chip.run(program, RunOptions.defaults()).spikes())
                    .as("another ordinal")
                    .isNotEqualTo(result.spikes());
        }
    }

    @Test
    @DisplayName("Time that goes back or far on within a program stays exact")
    void timeGoesBackOrFarOn() {
        PlaybackProgramBuilder program = Bench.p0().waitUntil(9).spike(1).waitUntil(4_294_967_290L);
        program.timerReset().waitUntil(999).spike(2).waitUntil(1999);
        program.append(Bench.p0().waitUntil(9).spike(3));
        SpikeColumns spikes = spikes(program.settle(1000));
        // far on: tau 4 294 967 291 is the reset, 1 000 ticks behind it the spike
        assertThat(spikes.chipTimes()).containsExactly(53, 4_294_967_291L + 2 + 1 + 1000 + 41, 53);
    }

    @Test
    @DisplayName("Labels keep their 14 bits, the L2 output fills the upper two")
    void labels() {
        SpikeColumns spikes = spikes(Bench.p0().spike(0xC123).settle(1000));
        assertThat(spikes.label(0)).isEqualTo(0xC123);
        assertThat(Arrays.stream(spikes.byChipTime()).toArray()).containsExactly(0);
    }

    private static SpikeColumns spikes(PlaybackProgramBuilder program) {
        try (Bench bench = Bench.initialised()) {
            RunResult result = bench.run(program);
            assertThat(result.health().lossFree()).isTrue();
            return result.spikes();
        }
    }
}
