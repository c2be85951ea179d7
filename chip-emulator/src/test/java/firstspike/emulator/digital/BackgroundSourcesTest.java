package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.BackgroundSource;
import firstspike.driver.register.BackgroundSpikeSource;
import firstspike.emulator.digital.FabricRig.Event;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Background sources on the chip itself (playback.md 5.6; section E of the playback tests). */
class BackgroundSourcesTest {
    /** Effect of the word with the enable bit when the three words of a source are written at tau 0. */
    private static final int ENABLED_AT = 47;

    private static final int BASE = 0x0013_0001;

    private static BackgroundSpikeSource regular(int source, int period, int label) {
        return BackgroundSpikeSource.regular(BackgroundSource.of(source), period, label);
    }

    private static BackgroundSpikeSource random(int source, int period, int rate, long seed, int label) {
        return regular(source, period, label).withPoisson(rate, seed);
    }

    private static BackgroundSpikeSource off(int source) {
        return BackgroundSpikeSource.defaults(BackgroundSource.of(source));
    }

    @Test
    @DisplayName("T116 a regular source of period 100 leaves first at 98, then every 50 ticks")
    void regularTiming() {
        FabricRig rig =
                new FabricRig().write(ENABLED_AT, regular(0, 100, 0x0010)).run(1000);

        assertThat(rig.events.get(0)).isEqualTo(new Event(98, 0x0010, 196));
        assertThat(rig.eventTicks())
                .containsExactlyElementsOf(
                        IntStream.range(0, 19).mapToObj(i -> 98L + 50 * i).toList());
        assertThat(rig.eventLabels()).containsOnly(0x0010);
    }

    @Test
    @DisplayName("T118 a regular source of period 100 spikes 200 times in 10 000 ticks")
    void regularCount() {
        FabricRig rig = new FabricRig()
                .write(100, regular(0, 100, 0))
                .write(10_100, off(0))
                .run(11_000);

        assertThat(rig.events).hasSizeBetween(199, 201);
    }

    @Test
    @DisplayName("T126 the first draws of two seeds")
    void draws() {
        assertThat(draws(1, 4)).containsExactly(0xb6c3, 0x3db5, 0xf3cf, 0x2fa6);
        assertThat(draws(0x1234_5678, 4)).containsExactly(0x2034, 0x73cf, 0x2bff, 0x82dd);
    }

    @Test
    @DisplayName("T128 seed 0 draws as seed 1")
    void seedZero() {
        assertThat(draws(0, 1000)).isEqualTo(draws(1, 1000));
    }

    private static int[] draws(int seed, int count) {
        int[] draws = new int[count];
        int state = BackgroundGenerator.seeded(seed);
        for (int i = 0; i < count; i++) {
            state = BackgroundGenerator.next(state);
            draws[i] = state & 0xFFFF;
        }
        return draws;
    }
}
