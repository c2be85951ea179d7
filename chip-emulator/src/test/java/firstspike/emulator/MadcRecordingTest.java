package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.CrossbarNodeConfig;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MadcRecordingTest {
    private static Bench bench;
    private static String settled;

    @BeforeAll
    static void setUp() {
        bench = ReadoutSetup.bench();
        settled = bench.chip.snapshot();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @BeforeEach
    void restore() {
        bench.chip.restore(settled);
    }

    /** Reading of v_leak 466: 0.37628 V in steps of 2 mV. */
    private static final int RESTING = 188;

    /** Records for some ticks in continuous mode and lets the samples arrive. */
    private static PlaybackProgramBuilder continuous(PlaybackProgramBuilder woken, long ticks) {
        return woken.write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS)
                .pause(ticks)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.STOP)
                .settle(1000);
    }

    private static PlaybackProgramBuilder fixed(ContainerValues config) {
        return ReadoutSetup.madc(ReadoutSetup.woken(), config)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.IDLE);
    }

    private static boolean notReady(RunResult result) {
        return result.health().notes().stream().map(Note::name).anyMatch("madc-not-ready"::equals);
    }

    @Test
    @DisplayName("T154 MADC rate 29 411 764.7 samples/s, half of it with the clock scaled by 0")
    void rate() {
        assertThat(bench.run(continuous(ReadoutSetup.woken(), 125_000))
                                .samples()
                                .size()
                        * 1e3)
                .isCloseTo(29_411_764.7, within(2000.0));
        ContainerValues scaled = ReadoutSetup.madc().with("enable_madc_clock_scaling", true);
        PlaybackProgramBuilder slow = continuous(ReadoutSetup.madc(ReadoutSetup.woken(), scaled), 125_000);
        assertThat(bench.run(slow).samples().size() * 1e3).isCloseTo(14_705_882.4, within(2000.0));
    }

    @Test
    @DisplayName("T155 MADC steps of 4 and 5 ticks, mean 4.25; the first 10 samples are settling")
    void steps() {
        SampleColumns samples = bench.run(continuous(ReadoutSetup.woken(), 425)).samples();
        assertThat(samples.size()).isEqualTo(100);
        int[] steps = IntStream.range(1, samples.size())
                .map(i -> (int) (samples.chipTime(i) - samples.chipTime(i - 1)))
                .toArray();
        assertThat(steps).containsOnly(4, 5);
        assertThat(IntStream.of(steps).average().orElseThrow()).isCloseTo(4.25, within(0.02));
        for (int i = 0; i < samples.size(); i++) {
            assertThat(samples.isSettling(i)).isEqualTo(i < 10);
        }
    }

    @Test
    @DisplayName("T157 R109 a start before wake-up takes no sample and is noted")
    void startBeforeWakeUp() {
        RunResult result = bench.run(continuous(Bench.p0(), 1000));
        assertThat(result.samples().size()).isZero();
        assertThat(notReady(result)).isTrue();
        RunResult tooEarly =
                bench.run(continuous(Bench.p0().write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.WAKE), 1000));
        assertThat(tooEarly.samples().size()).isZero();
        assertThat(notReady(tooEarly)).isTrue();
        RunResult ready = bench.run(continuous(ReadoutSetup.woken(), 1000));
        assertThat(ready.samples().size()).isGreaterThan(200);
        assertThat(notReady(ready)).isFalse();
    }

    @Test
    @DisplayName("T158 MADC gated by event recording")
    void gated() {
        bench.run(Bench.p0().write(Bench.RECORDING, 0));
        RunResult result = bench.run(continuous(ReadoutSetup.woken(), 425));
        assertThat(result.samples().size()).isZero();
        assertThat(result.health().count(HealthKeys.NOT_RECORDED)).isEqualTo(100);
        assertThat(result.health().count(HealthKeys.SAMPLES)).isZero();
    }

    @Test
    @DisplayName("R114 event recording off: no spikes and no samples, registers answer; on again: they arrive")
    void recordingSwitch() {
        PlaybackProgramBuilder program = ReadoutSetup.woken()
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS)
                .write(Bench.RECORDING, 0)
                .barrier(Barrier.OMNIBUS)
                .spike(TwoNeurons.INPUT)
                .pause(500);
        Ticket<Integer> word = program.read(Bench.TIMEOUT);
        Ticket<Marker> off = program.marker();
        RunResult result = bench.run(program.write(Bench.RECORDING, 1)
                .pause(500)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.STOP)
                .settle(1000));
        assertThat(result.get(word)).isEqualTo(1_250_000);
        assertThat(result.samples().size()).isGreaterThan(100);
        assertThat(result.samples().fpgaTime(20)).isGreaterThan(result.fpgaTime(off));
        assertThat(result.health().count(HealthKeys.NOT_RECORDED)).isGreaterThan(100);
    }

    @Test
    @DisplayName("R107 exactly 1000 samples 34 ns apart on channel 0")
    void numberOfSamples() {
        RunResult result = bench.run(
                fixed(ReadoutSetup.madc().with("number_of_samples", 1000)).pause(20_000));
        SampleColumns samples = result.samples();
        assertThat(samples.size()).isEqualTo(1000);
        long first = samples.chipTime(0);
        for (int i = 0; i < 1000; i++) {
            // the start takes effect on a tick, so sample n lies (n + 1)·34 ns behind one
            assertThat(samples.chipTime(i)).isEqualTo(first - 4 + (i + 1) * 34 / 8);
            assertThat(samples.channel(i)).isZero();
            assertThat(samples.value(i)).isEqualTo(RESTING);
        }
        assertThat(result.health().count(HealthKeys.SAMPLES)).isEqualTo(1000);
        long packs = IntStream.rangeClosed(1, 3)
                .mapToLong(n -> n * result.health().count(HealthKeys.SAMPLE_PACKS_OF + n))
                .sum();
        assertThat(packs).isEqualTo(1000);
    }

    @Test
    @DisplayName("R108 start_recording left at 1: a second recording follows; cleared in time: it does not")
    void secondRecording() {
        ContainerValues config = ReadoutSetup.madc().with("number_of_samples", 100);
        RunResult once = bench.run(fixed(config).pause(2000));
        assertThat(once.samples().size()).isEqualTo(100);
        RunResult twice = bench.run(ReadoutSetup.madc(ReadoutSetup.woken(), config)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START)
                .pause(500)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.IDLE)
                .settle(2000));
        assertThat(twice.samples().size()).isEqualTo(200);
        assertThat(IntStream.range(0, 200).filter(twice.samples()::isSettling)).hasSize(10);
    }

    @Test
    @DisplayName("T155 each recording of a result begins with 10 settling samples")
    void settlingOfEachRecording() {
        PlaybackProgramBuilder program =
                fixed(ReadoutSetup.madc().with("number_of_samples", 50)).pause(1000);
        SampleColumns samples = bench.run(program.write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START)
                        .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.IDLE)
                        .pause(2000))
                .samples();
        assertThat(samples.size()).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            assertThat(samples.isSettling(i)).isEqualTo(i % 50 < 10);
        }
    }

    @Test
    @DisplayName(
            "6.2 samples wait behind spikes, go in packs of three, and are dropped and counted when they get too old")
    void waitBehindSpikes() {
        PlaybackProgramBuilder burst = ReadoutSetup.woken()
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS)
                .pause(200);
        // events of a closed node would vanish, so these go out of channel 1, one a tick
        ReadoutSetup.write(burst, CrossbarNodeConfig.open(CrossbarNode.of(41)));
        burst.barrier(Barrier.OMNIBUS);
        RunResult kept = bench.run(spikes(burst, 90));
        assertThat(kept.spikes().size()).isEqualTo(90);
        assertThat(kept.health().count(HealthKeys.DROPPED_TRACE)).isZero();
        assertThat(kept.health().count(HealthKeys.SAMPLE_PACKS_OF + 3)).isBetween(5L, 8L);
        assertThat(kept.health().lossFree()).isTrue();
        PlaybackProgramBuilder flood = ReadoutSetup.woken()
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS)
                .pause(200);
        RunResult lossy = bench.run(spikes(flood, 600));
        assertThat(lossy.spikes().size()).isEqualTo(600);
        long dropped = lossy.health().count(HealthKeys.DROPPED_TRACE);
        assertThat(dropped).isBetween(100L, 125L);
        assertThat(lossy.health().lossFree()).isFalse();
        for (int i = 0; i < lossy.samples().size(); i++) {
            assertThat(lossy.samples().fpgaTime(i) - lossy.samples().chipTime(i))
                    .isBetween(40L, 127L);
        }
    }

    private static PlaybackProgramBuilder spikes(PlaybackProgramBuilder program, int count) {
        for (int i = 0; i < count; i++) {
            program.spike(0x4000);
        }
        return program.pause(500)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.STOP)
                .settle(1000);
    }

    @Test
    @DisplayName("R110 two channels alternate with a select length of 1, one stays with 0")
    void alternates() {
        ContainerValues config =
                ReadoutSetup.madc().with("number_of_samples", 20).with("active_mux_input_select_length", 1);
        SampleColumns alternating = bench.run(fixed(config).pause(2000)).samples();
        assertThat(alternating.size()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            assertThat(alternating.channel(i)).isEqualTo(i % 2);
            assertThat(alternating.value(i)).isEqualTo(i % 2 == 0 ? RESTING : 0);
        }
        ContainerValues second =
                ReadoutSetup.madc().with("number_of_samples", 20).with("active_mux_initially_selected_input", 1);
        SampleColumns constant = bench.run(fixed(second).pause(2000)).samples();
        assertThat(IntStream.range(0, 20).map(constant::channel)).containsOnly(1);
    }

    @Test
    @DisplayName("R141 dummy data count the samples, whatever the membranes do")
    void dummyData() {
        ContainerValues config =
                ReadoutSetup.madc().with("number_of_samples", 1500).with("enable_dummy_data", true);
        SampleColumns samples = bench.run(fixed(config)
                        .spikes(TwoNeurons.INPUT, TwoNeurons.INPUT, TwoNeurons.INPUT)
                        .pause(20_000))
                .samples();
        assertThat(samples.size()).isEqualTo(1500);
        for (int i = 0; i < samples.size(); i++) {
            assertThat(samples.value(i)).isEqualTo(i % 1024);
        }
    }

    @Test
    @DisplayName("T159 the MADC does not disturb spikes")
    void doesNotDisturbSpikes() {
        for (String target : new String[] {"emu:nominal", "emu:varied?seed=3&mismatch=residual"}) {
            try (Bench silent = ReadoutSetup.bench(target);
                    Bench recording = ReadoutSetup.bench(target)) {
                RunResult without = silent.run(stimulus(IntStream.of(ReadoutSetup.IDLE)));
                RunResult with = recording.run(stimulus(IntStream.of(ReadoutSetup.START | ReadoutSetup.CONTINUOUS)));
                assertThat(with.samples().size()).isGreaterThan(10_000);
                assertThat(with.health().lossFree()).isTrue();
                assertThat(with.spikes().size()).isGreaterThan(10);
                assertThat(with.spikes().chipTimes()).isEqualTo(without.spikes().chipTimes());
                assertThat(IntStream.range(0, with.spikes().size()).map(with.spikes()::label))
                        .containsExactlyElementsOf(
                                IntStream.range(0, without.spikes().size())
                                        .map(without.spikes()::label)
                                        .boxed()
                                        .toList());
            }
        }
    }

    @Test
    @DisplayName("T266 a recording that spans all windows gives the same bytes on one thread and on four")
    void spansWindows() {
        RunResult serial = spanning(1);
        assertThat(serial.samples().size()).isGreaterThan(10_000);
        RunResult threaded = spanning(4);
        assertThat(threaded.samples()).isEqualTo(serial.samples());
        assertThat(threaded.spikes()).isEqualTo(serial.spikes());
    }

    private static RunResult spanning(int threads) {
        try (Bench own = Bench.powerOn("emu:nominal", LinkOptions.defaults().withThreads(threads))) {
            own.initialise();
            own.chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
            own.chip.run(ReadoutSetup.configuration(), RunOptions.forSetup());
            ContainerValues slow =
                    ReadoutSetup.madc().with("enable_madc_clock_scaling", true).with("madc_clock_scale_value", 9);
            PlaybackProgramBuilder program = ReadoutSetup.madc(ReadoutSetup.woken(), slow)
                    .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS)
                    .barrier(Barrier.OMNIBUS);
            return own.chip.run(TwoNeurons.stimulus(program, 80), RunOptions.defaults());
        }
    }

    private static PlaybackProgramBuilder stimulus(IntStream controls) {
        PlaybackProgramBuilder builder = ReadoutSetup.woken();
        controls.forEach(word -> builder.write(ReadoutSetup.MADC_CONTROL, word));
        for (int window = 0; window < 6; window++) {
            builder.timerReset();
            for (int spike = 0; spike < 4 + window % 5; spike++) {
                builder.waitUntil(100L * (spike + 1)).spike(TwoNeurons.INPUT);
            }
            builder.waitUntil(10_000);
        }
        return builder.write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.STOP).settle(1000);
    }

    @Test
    @DisplayName("A-13 the MADC follows a membrane in steps of 2 mV from rest over threshold to reset")
    void followsMembrane() {
        PlaybackProgramBuilder program =
                ReadoutSetup.woken().write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS);
        for (int spike = 0; spike < 5; spike++) {
            program.spike(TwoNeurons.INPUT).pause(50);
        }
        RunResult result = bench.run(program.pause(2000)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.STOP)
                .settle(1000));
        SampleColumns samples = result.samples();
        long spike = IntStream.range(0, result.spikes().size())
                .filter(i -> result.spikes().label(i) == TwoNeurons.OUTPUT[0])
                .mapToLong(result.spikes()::chipTime)
                .findFirst()
                .orElseThrow();
        int highest = 0;
        int clamped = 0;
        for (int i = 0; i < samples.size(); i++) {
            highest = Math.max(highest, samples.value(i));
            // the stamp is two ticks behind the crossing; the clamp takes 276 ticks, its time constant is 2.3 pF/2.53
            // uS
            double ticks = samples.chipTime(i) - spike + 2;
            if (ticks > 2 && ticks < 270) {
                double volt = 0.37648 + (0.67242 - 0.37648) * Math.exp(-ticks / 113.6);
                assertThat(samples.value(i) * 2e-3).isCloseTo(volt, within(8e-3));
                clamped++;
            }
        }
        assertThat(clamped).isGreaterThan(60);
        // v_threshold 279 is 0.67242 V
        assertThat(highest).isBetween(330, 336);
    }
}
