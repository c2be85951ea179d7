package firstspike.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TestClock;
import firstspike.driver.link.TimeBase;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.HealthFalsifiedException;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.mapping.Networks;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Network;
import firstspike.runtime.target.ChipTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChipExecutorTest {

    private static final long ZERO = 1_000;
    private static final long WINDOW = 22_500;
    private static final long START = ZERO + 12_500;
    private static final Predicate<PlaybackProgram> BATCH =
            program -> Arrays.stream(program.words()).anyMatch(word -> ToFpga.kind(word) == ToFpga.Kind.LOOPBACK);

    private final ScriptedLink chip =
            new ScriptedLink(TestClock.jumping(), description("mock")).timeBase(TimeBase.SYNCED);
    private final Network network = Networks.plain(3, 4, 2);
    private final ChipMapping mapping = Mapper.map(network, Networks.SETTINGS, chip.describe(), false);
    private final ChipTarget target = new ChipTarget("mock:", ScriptedSource.of(chip), LinkOptions.defaults());
    private ChipExecutor executor;

    @AfterEach
    void close() {
        if (executor != null) {
            executor.close();
        }
    }

    @Test
    @DisplayName(
            "I-16 spikes before the first and after the last window are counted, and too many make the run invalid")
    void outsideEveryWindow() {
        executor = open();
        chip.onMarker(ZERO, 0, ZERO, 0);
        chip.expect(BATCH)
                .answer(
                        ScriptedLink.spike(mapping.labelOf(0), START - 1),
                        ScriptedLink.spike(mapping.labelOf(0), START + 2 * WINDOW));
        ScriptedLink.Spike[] many = new ScriptedLink.Spike[2000];
        for (int i = 0; i < many.length; i++) {
            many[i] = ScriptedLink.spike(mapping.labelOf(0), START - 1 + i);
        }
        chip.expect(BATCH).answer(many);

        FirstSpikes spikes = executor.run(dense(2, 0.5), RunIntent.EVALUATE);

        assertThat(spikes.counters())
                .containsEntry("program.repeats", 1L)
                .containsEntry("events.outside_window", 1L)
                .containsEntry("events.extra", 1998L);
        assertThat(spikes.layers()[0][0]).isEqualTo((0 - 44) / 750.0);
    }

    @Test
    @DisplayName("I-16 times are ticks since the window's start, less the known delays, in units of tau")
    void times() {
        executor = open();
        chip.onMarker(ZERO);
        chip.expect(BATCH)
                .answer(
                        ScriptedLink.spike(mapping.labelOf(0), START + 400),
                        ScriptedLink.spike(mapping.labelOf(0), START + 300),
                        ScriptedLink.spike(mapping.labelOf(5), START + WINDOW - 1),
                        ScriptedLink.spike(mapping.labelOf(5), START + WINDOW + 750));

        FirstSpikes spikes = executor.run(dense(2, 0.5), RunIntent.TRAIN);

        assertThat(spikes.layers()[0][0]).isCloseTo((300 - 44) / 750.0, within(1e-12));
        assertThat(spikes.layers()[1][1]).isCloseTo((WINDOW - 1 - 46) / 750.0, within(1e-12));
        assertThat(spikes.layers()[1][3]).isCloseTo((750 - 46) / 750.0, within(1e-12));
        assertThat(Arrays.stream(spikes.layers()[0]).filter(Double::isInfinite).count())
                .isEqualTo(7);
        assertThat(spikes.counters())
                .containsEntry("events.extra", 1L)
                .containsEntry("events.outside_window", 0L)
                .containsEntry("events.unmapped_label", 0L)
                .containsEntry(HealthKeys.EVENTS_RECEIVED, 4L)
                .containsEntry(HealthKeys.EVENTS_SENT, 6L);
    }

    @Test
    @DisplayName("inloop 13 step 4: an unknown label makes the run invalid; it is repeated and counted")
    void repeats() {
        executor = open();
        chip.onMarker(ZERO, 0, ZERO);
        chip.expect(BATCH).answer(ScriptedLink.spike(0x00ff, START + 10));
        chip.expect(BATCH).answer(ScriptedLink.spike(mapping.labelOf(1), START + 800));

        FirstSpikes spikes = executor.run(dense(1, 0.5), RunIntent.TRAIN);

        assertThat(spikes.layers()[0][1]).isFinite();
        assertThat(spikes.counters()).containsEntry("program.repeats", 1L).containsEntry("events.unmapped_label", 0L);
        assertThat(executor.traits().nextProgram()).isEqualTo(2);
    }

    @Test
    @DisplayName("inloop 13 step 4: after five repeats the run fails with its counts and the last spike time")
    void fails() {
        executor = open();
        for (int i = 0; i < 6; i++) {
            chip.onMarker(ZERO, 0);
            chip.expect(BATCH).answer(ScriptedLink.spike(0x00ff, START + 10));
        }

        assertThatThrownBy(() -> executor.run(dense(1, 0.5), RunIntent.TRAIN))
                .isInstanceOf(RunFailedException.class)
                .returns("CHIP_RUN_FAILED", error -> ((ChipException) error).code())
                .hasMessageContaining("run 5")
                .hasMessageContaining("events.unmapped_label=1")
                .hasMessageContaining("10 ticks");
        chip.verifyAllConsumed();
    }

    @Test
    @DisplayName("errors 3: a short result is repeated after the chip was set up again")
    void shortResult() {
        executor = open();
        chip.failNth(
                2, new IncompleteResponseException(ErrorDetail.of("loopbacks", 1, 2, "repeat"), null, null, false));

        FirstSpikes spikes = executor.run(dense(1, 0.5), RunIntent.TRAIN);

        assertThat(spikes.counters()).containsEntry("program.short", 1L).containsEntry("program.repeats", 1L);
        assertThat(chip.options().get(2).setup()).isTrue();
    }

    @Test
    @DisplayName("events.late: inputs of one instant on one channel go one tick after the other, and are counted")
    void movedEvents() {
        Network wide = Networks.plain(9, 2);
        executor = ChipExecutor.open(Mapper.map(wide, Networks.SETTINGS, chip.describe(), false), target, 0);
        double[] times = new double[9];
        Arrays.fill(times, 0.5);

        FirstSpikes spikes = executor.run(InputSpikes.ofDense(times, 9), RunIntent.TRAIN);

        // three a tick: the first three on time, three one tick and three two ticks late
        assertThat(spikes.counters())
                .containsEntry(HealthKeys.LATE, 6L)
                .containsEntry(HealthKeys.LATE_MAX_TICKS, 2L)
                .containsEntry("program.repeats", 0L);
    }

    @Test
    @DisplayName(
            "program.timeouts: a run that ends in the time-out is repeated after the chip was set up again, and counted")
    void timedOut() {
        executor = open();
        chip.failWithTimeoutAt(3);

        FirstSpikes spikes = executor.run(dense(1, 0.5), RunIntent.TRAIN);

        assertThat(spikes.counters()).containsEntry("program.timeouts", 1L).containsEntry("program.repeats", 1L);
        assertThat(chip.options().get(2).setup()).isTrue();
    }

    @ParameterizedTest(name = "time.base: times that are {0} make the run invalid")
    @EnumSource(value = TimeBase.class, names = "SYNCED", mode = EnumSource.Mode.EXCLUDE)
    void timeBase(TimeBase base) {
        executor = open();
        chip.timeBase(base);

        assertThatThrownBy(() -> executor.run(dense(1, 0.5), RunIntent.TRAIN))
                .isInstanceOf(RunFailedException.class)
                .returns("CHIP_RUN_FAILED", error -> ((ChipException) error).code())
                .hasMessageContaining("time.base=" + base.name().toLowerCase(Locale.ROOT));
    }

    @Test
    @DisplayName(
            "inloop 13 step 3: recording on, timer reset, marker, events at their ticks, marker, settle, recording off")
    void program() {
        executor = open();
        executor.load(weights(0.1));
        executor.run(dense(1, 0.5), RunIntent.TRAIN);
        executor.run(dense(1, 0.5), RunIntent.TRAIN);

        // the weights were written by the first of the two only
        assertThat(chip.programs().get(1).size()).isGreaterThan(13);
        assertThat(chip.programs().get(2).size()).isEqualTo(13);
        long[] words = chip.programs().get(2).words();
        assertThat(words[2]).isEqualTo(ToFpga.timerSetup());
        assertThat(words[3]).isEqualTo(ToFpga.tick());
        assertThat(words[4]).isEqualTo(ToFpga.waitUntil(12_500 + 375 - 1));
        assertThat(ToFpga.spikeCount(words[5])).isEqualTo(3);
        assertThat(words[6]).isEqualTo(ToFpga.waitUntil(12_500 + WINDOW - 1));
        assertThat(words[7]).isEqualTo(ToFpga.tick());
        assertThat(words[8]).isEqualTo(ToFpga.timerSetup());
        assertThat(words[9]).isEqualTo(ToFpga.waitUntil(999));
        assertThat(words[12]).isEqualTo(ToFpga.barrier(1));
    }

    @Test
    @DisplayName("I-12 weights are rounded to even integers of 1/30 and clipped at 63, and counted")
    void weightsInForce() {
        executor = open();
        double[][] shadow = weights(0).layers();
        shadow[0][0] = 2.5 / 30;
        shadow[0][1] = -5;
        // rounded to the largest integer, yet not at the limit: SolverExecutor does not count it either
        shadow[0][2] = 62.75 / 30;
        shadow[1][3] = 0.1;

        WeightsInForce inForce = executor.load(new LayerWeights(shadow));

        assertThat(inForce.integers()[0][0]).isEqualTo((short) 2);
        assertThat(inForce.layers()[0][1]).isEqualTo(-63 / 30.0);
        assertThat(inForce.integers()[0][2]).isEqualTo((short) 63);
        assertThat(inForce.integers()[1][3]).isEqualTo((short) 3);
        assertThat(inForce.clipped()).isEqualTo(1);
        assertThat(inForce.total()).isEqualTo(20);
        assertThat(inForce.quantisationRmse())
                .isCloseTo(Math.sqrt((0.5 * 0.5 + 87 * 87 + 0.25 * 0.25) / 20), within(1e-9));
        shadow[1][2] = Double.NaN;
        assertThatThrownBy(() -> executor.load(new LayerWeights(shadow)))
                .isInstanceOf(HealthFalsifiedException.class)
                .hasMessageContaining("layer layer1, row 1, neuron 0");
        shadow[1][2] = 63 / 30.0;
        assertThat(executor.load(new LayerWeights(shadow)).clipped()).isEqualTo(2);
        assertThat(executor.traits().weightStep()).containsExactly(1 / 30.0, 1 / 30.0);
        assertThat(executor.traits().weightLimit()).containsExactly(63 / 30.0, 63 / 30.0);
    }

    @Test
    @DisplayName("inloop 17: no samples give an empty result and no program; bad times run nothing")
    void emptyAndBad() {
        executor = open();

        assertThat(executor.run(dense(0, 0), RunIntent.EVALUATE).layers()[0]).isEmpty();
        assertThatThrownBy(() -> executor.run(dense(1, -1), RunIntent.EVALUATE))
                .isInstanceOf(ExperimentException.class);
        assertThatThrownBy(() -> executor.run(dense(1, 30), RunIntent.EVALUATE))
                .isInstanceOf(ExperimentException.class);

        assertThat(chip.programs()).hasSize(1);
    }

    @Test
    @DisplayName(
            "targets 2: samples are dealt out by index modulo the number of chips, and each chip runs a program a batch")
    void severalChips() {
        ScriptedLink other = new ScriptedLink(TestClock.jumping(), description("other")).timeBase(TimeBase.SYNCED);
        ChipSource source = mock(ChipSource.class);
        when(source.chips()).thenReturn(List.of(chip.describe(), other.describe()));
        when(source.openAt(eq(0), any())).thenReturn(chip);
        when(source.openAt(eq(1), any())).thenReturn(other);
        executor = ChipExecutor.open(mapping, new ChipTarget("mock:?chips=2", source, LinkOptions.defaults()), 5);
        chip.onMarker(ZERO);
        other.onMarker(ZERO);
        chip.expect(BATCH).answer(ScriptedLink.spike(mapping.labelOf(0), START + WINDOW + 794));
        other.expect(BATCH).answer(ScriptedLink.spike(mapping.labelOf(1), START + 794));

        FirstSpikes spikes = executor.run(dense(3, 0.5), RunIntent.TRAIN);
        executor.run(dense(1, 0.5), RunIntent.TRAIN);

        assertThat(spikes.layers()[0][2 * 4]).isEqualTo(1);
        assertThat(spikes.layers()[0][4 + 1]).isEqualTo(1);
        assertThat(other.programs()).hasSize(3);
        assertThat(executor.traits().nextProgram()).isEqualTo(7);
    }

    @Test
    @DisplayName("inloop 13 step 3: sync-and-reset synchronises in each batch, before the timer reset")
    void syncAndReset() {
        ChipSettings s = Networks.SETTINGS;
        ChipSettings synced = new ChipSettings(
                s.tauUs(),
                s.windowTau(),
                s.timingOffsetUs(),
                s.retries(),
                s.scaleWeights(),
                s.rowCopies(),
                ChipSettings.TimeZero.SYNC_AND_RESET,
                s.sourceOrder(),
                s.synapseDacBias(),
                s.neuronSize(),
                s.calibrationTauMemUs(),
                s.calibrationTauSynUs());
        executor = ChipExecutor.open(Mapper.map(network, synced, chip.describe(), false), target, 0);

        executor.run(dense(1, 0.5), RunIntent.TRAIN);

        long[] words = chip.programs().get(1).words();
        assertThat(words[0]).isEqualTo(ToFpga.systimeInit(true));
        assertThat(words[1]).isEqualTo(ToFpga.barrier(4));
        assertThat(words[4]).isEqualTo(ToFpga.timerSetup());
    }

    private ChipExecutor open() {
        return ChipExecutor.open(mapping, target, 0);
    }

    private LayerWeights weights(double value) {
        double[][] layers = {new double[12], new double[8]};
        Arrays.stream(layers).forEach(layer -> Arrays.fill(layer, value));
        return new LayerWeights(layers);
    }

    private InputSpikes dense(int samples, double time) {
        double[] times = new double[samples * 3];
        Arrays.fill(times, time);
        return InputSpikes.ofDense(times, 3);
    }

    private static ChipDescription description(String id) {
        return new ChipDescription(
                ChipDescription.Kind.MOCK,
                "mock:",
                new ChipId(id),
                "mock",
                3,
                false,
                "scripted",
                8000,
                OptionalLong.of(42),
                OptionalLong.of(2),
                PlaybackProgram.MAX_INSTRUCTIONS,
                new TreeMap<>());
    }
}
