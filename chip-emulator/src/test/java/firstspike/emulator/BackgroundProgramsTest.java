package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.BackgroundSource;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.BackgroundSpikeSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Background sources as programs see them. */
class BackgroundProgramsTest {
    private static final long PROGRAM_GAP = 125_000;
    private static final int PERIOD = 1000;

    private static PlaybackProgramBuilder write(PlaybackProgramBuilder builder, BackgroundSpikeSource source) {
        int[] words = source.words();
        int[] addresses = source.writeAddresses();
        for (int i = 0; i < words.length; i++) {
            builder.write(addresses[i], words[i]);
        }
        return builder;
    }

    private static BackgroundSpikeSource source(int period) {
        return BackgroundSpikeSource.regular(BackgroundSource.of(0), period, 0x0010);
    }

    @Test
    @DisplayName("T116 a source of period 100 written at tau 0: first chipTime 98, then every 50 ticks")
    void timing() {
        try (Bench bench = Bench.initialised()) {
            SpikeColumns spikes =
                    bench.run(write(Bench.p0(), source(100)).settle(1000)).spikes();

            assertThat(spikes.size()).isEqualTo(18);
            for (int i = 0; i < spikes.size(); i++) {
                assertThat(spikes.chipTime(i)).isEqualTo(98 + 50L * i);
                assertThat(spikes.label(i)).isEqualTo(0x0010);
            }
        }
    }

    @Test
    @DisplayName(
            "T132 enable first, then seed and label: the source runs with the label that stands there when it emits")
    void enableFirst() {
        try (Bench bench = Bench.initialised()) {
            BackgroundSpikeSource source = source(100);
            PlaybackProgramBuilder program = Bench.p0();
            IntStream.of(2, 0, 1).forEach(i -> program.write(source.writeAddresses()[i], source.words()[i]));

            SpikeColumns spikes = bench.run(program.settle(200)).spikes();

            assertThat(spikes.size()).isPositive();
            assertThat(spikes.chipTime(0)).isEqualTo(94);
            assertThat(spikes.label(0)).isEqualTo(0x0010);
        }
    }

    @Test
    @DisplayName("sources go on between programs in their phase; what they emit in the gap is not recorded")
    void betweenPrograms() {
        try (Bench bench = Bench.initialised()) {
            RunResult first = bench.run(write(Bench.p0(), source(PERIOD)).settle(2000));
            RunResult second = bench.run(PlaybackProgram.builder().settle(2000));

            SpikeColumns before = first.spikes();
            SpikeColumns after = second.spikes();
            assertThat(before.size()).isBetween(3, 4);
            assertThat(after.size()).isBetween(3, 5);
            long gap = after.chipTime(0) - before.chipTime(before.size() - 1);
            assertThat(gap).isGreaterThan(PROGRAM_GAP - PERIOD).isLessThan(PROGRAM_GAP + PERIOD);
            assertThat(gap % (PERIOD / 2)).isZero();
            assertThat(second.health().count(HealthKeys.NOT_RECORDED)).isZero();
        }
    }

    @Test
    @DisplayName("T219 a snapshot holds the position of the generators")
    void snapshot() {
        try (Bench bench = Bench.initialised()) {
            bench.run(write(Bench.p0(), source(10).withPoisson(100, 77).withRandomLabelBits(0xFF))
                    .settle(1000));
            String id = bench.chip.snapshot();
            SpikeColumns one = bench.run(Bench.p0().settle(5000)).spikes();
            bench.chip.restore(id);
            SpikeColumns two = bench.run(Bench.p0().settle(5000)).spikes();

            assertThat(one.size()).isGreaterThan(300);
            assertThat(two).isEqualTo(one);
        }
    }
}
