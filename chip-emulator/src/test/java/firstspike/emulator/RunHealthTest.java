package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.Side;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.CrossbarNodeConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.RegisterView;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Programs that raise the counters of a run (formats.md 3.3), each as a whole through words, executor, chip and trace. */
class RunHealthTest {

    private static final int CHANNEL_0 = 8;
    private static final int FPGA_LINKS = 0x8800_4000;
    private static final int FPGA_WORD = 0x8000_0000;
    private static final int COLUMN_RESET = 0x02C9_4000;
    private static final long SETTLE = 300;

    @Test
    @DisplayName("T091 events.dropped.crossbar: ten packs of three on one channel")
    void crossbar() {
        PlaybackProgramBuilder program = Bench.p0();
        for (int output = 0; output < 8; output++) {
            write(program, CrossbarNodeConfig.closed(CrossbarNode.of(CrossbarNode.indexOf(output, CHANNEL_0))));
        }
        for (int i = 0; i < 10; i++) {
            program.spikes(1, 2, 3);
        }

        RunHealth health = healthOf("emu:nominal", program.pause(SETTLE));

        assertThat(health.counters())
                .containsEntry(HealthKeys.EVENTS_SENT, 30L)
                .containsEntry(HealthKeys.EVENTS_RECEIVED, 19L)
                .containsEntry(HealthKeys.DROPPED_CROSSBAR, 11L);
        assertThat(health.lossFree()).isFalse();
    }

    @Test
    @DisplayName("events.dropped.padi: events one tick apart on a bus with extended timing")
    void padi() {
        PlaybackProgramBuilder program = Bench.p0();
        write(
                program,
                CommonPadiBusConfig.defaults(Hemisphere.TOP).withSpl1(0, true).withExtendedTiming(0, true));
        program.pause(100);
        for (int i = 0; i < 5; i++) {
            program.spike(1);
        }

        RunHealth health = healthOf("emu:nominal", program.pause(SETTLE));

        assertThat(health.count(HealthKeys.DROPPED_PADI)).isEqualTo(2);
        assertThat(health.lossFree()).isFalse();
    }

    @Test
    @DisplayName("2.4 events.dropped.trace and events.suspect_time: answers of reads keep events out of the trace")
    void trace() {
        PlaybackProgramBuilder program = Bench.p0();
        for (int i = 0; i < 60; i++) {
            program.spike(1);
        }
        for (int i = 0; i < 130; i++) {
            program.read(FPGA_WORD);
        }

        RunResult result = run("emu:nominal", program.pause(SETTLE));

        RunHealth health = result.health();
        long late = LongStream.range(0, result.spikes().size())
                .map(i -> result.spikes().fpgaTime((int) i) - result.spikes().chipTime((int) i))
                .filter(ticks -> ticks > 120)
                .count();
        assertThat(health.count(HealthKeys.SUSPECT_TIME)).isPositive().isEqualTo(late);
        assertThat(health.count(HealthKeys.DROPPED_TRACE)).isPositive();
        assertThat(health.count(HealthKeys.DROPPED_TRACE) + result.spikes().size())
                .isEqualTo(60);
        assertThat(health.lossFree()).isFalse();
    }

    @Test
    @DisplayName("events.dropped.link: a target that loses events, and events sent while no link is up")
    void link() {
        assertThat(healthOf(
                                "emu:nominal?event_loss=1",
                                Bench.p0().spikes(1, 2, 3).pause(SETTLE))
                        .counters())
                .containsEntry(HealthKeys.DROPPED_LINK, 3L)
                .containsEntry(HealthKeys.EVENTS_RECEIVED, 0L);
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            RunHealth health = bench.run(Bench.p0().spikes(1, 2).pause(SETTLE)).health();

            assertThat(health.count(HealthKeys.DROPPED_LINK)).isEqualTo(2);
            assertThat(health.lossFree()).isFalse();
        }
    }

    @Test
    @DisplayName("4.10 events.in_flight_at_halt: an event between chip and FPGA when the program halts")
    void inFlight() {
        assertThat(healthOf("emu:nominal", Bench.p0().spike(1).pause(60)).counters())
                .containsEntry(HealthKeys.IN_FLIGHT_AT_HALT, 1L)
                .containsEntry(HealthKeys.EVENTS_RECEIVED, 0L);
    }

    @Test
    @DisplayName("events.not_recorded: an event while recording is off is counted and is no loss")
    void notRecorded() {
        RunHealth health = healthOf(
                "emu:nominal",
                Bench.p0().write(Bench.RECORDING, 0).pause(10).spike(1).pause(SETTLE));

        assertThat(health.count(HealthKeys.NOT_RECORDED)).isEqualTo(1);
        assertThat(health.count(HealthKeys.EVENTS_RECEIVED)).isZero();
        assertThat(health.lossFree()).isTrue();
    }

    @Test
    @DisplayName("6.4 link.unexpected_notifications: links come up again though the chip was not reset")
    void linksComeBack() {
        try (Bench bench = Bench.powerOn("emu:nominal")) {
            assertThat(bench.initialise().health().count(HealthKeys.LINK_NOTIFICATIONS))
                    .isZero();

            RunResult result = bench.run(Bench.p0()
                    .write(FPGA_LINKS, 0xfe)
                    .pause(100)
                    .write(FPGA_LINKS, 0xff)
                    .pause(7000));

            assertThat(result.notifications()).hasSize(1);
            assertThat(result.health().count(HealthKeys.LINK_NOTIFICATIONS)).isEqualTo(1);
            assertThat(bench.run(Bench.p0()).health().count(HealthKeys.LINK_NOTIFICATIONS))
                    .isZero();
            assertThat(bench.initialise().health().count(HealthKeys.LINK_NOTIFICATIONS))
                    .isZero();
        }
    }

    @Test
    @DisplayName("T142 neurons of one event output that fire in one half-tick leave one tick apart")
    void sameHalfTick() {
        RunResult result =
                run("emu:nominal", thirtyTwoNeurons().write(COLUMN_RESET, 0).pause(SETTLE));

        long first = result.spikes().chipTime(0);
        assertThat(result.spikes().chipTimes()).containsExactly(first, first + 1, first + 2, first + 3);
        assertThat(labels(result)).containsExactly(0, 2, 4, 6);
        assertThat(result.health().count(HealthKeys.MERGED)).isZero();
    }

    @Test
    @DisplayName("6.1 events.merged: neurons that fire again while others of their output go first")
    void merged() {
        PlaybackProgramBuilder program = thirtyTwoNeurons();
        for (int quad : new int[] {0, 32, 1, 33, 2, 34, 3, 35}) {
            program.write(COLUMN_RESET + quad, 0);
        }
        // 32 events wait for 32 ticks; the last four are still there when the same neurons are reset again
        program.write(COLUMN_RESET + 35, 0).pause(SETTLE);

        RunResult result = run("emu:nominal", program);

        assertThat(result.spikes().size()).isEqualTo(32);
        assertThat(result.health().count(HealthKeys.MERGED)).isEqualTo(4);
        assertThat(result.health().lossFree()).isFalse();
    }

    private static int[] labels(RunResult result) {
        int[] labels = new int[result.spikes().size()];
        Arrays.setAll(labels, i -> result.spikes().label(i));
        return labels;
    }

    /** The 32 top neurons of event output 0, which fire when they are reset; their addresses are their columns. */
    private static PlaybackProgramBuilder thirtyTwoNeurons() {
        PlaybackProgramBuilder program = Bench.p0();
        for (int side = 0; side < 2; side++) {
            write(program, CommonNeuronBackendConfig.defaults(Side.of(side)));
        }
        for (int column = 0; column < 32; column++) {
            AtomicNeuron neuron = AtomicNeuron.of(column);
            write(program, NeuronConfig.defaults(neuron).withFire(true));
            write(
                    program,
                    NeuronBackendConfig.defaults(neuron)
                            .withAddressOut(column)
                            .withRefractoryTime(50)
                            .withSpikeOut(true));
        }
        return program.pause(1000);
    }

    private static void write(PlaybackProgramBuilder program, RegisterView view) {
        program.write(view.writeAddresses(), view.words());
    }

    private static RunHealth healthOf(String target, PlaybackProgramBuilder program) {
        return run(target, program).health();
    }

    private static RunResult run(String target, PlaybackProgramBuilder program) {
        try (Bench bench = Bench.initialised(target)) {
            return bench.run(program);
        }
    }
}
