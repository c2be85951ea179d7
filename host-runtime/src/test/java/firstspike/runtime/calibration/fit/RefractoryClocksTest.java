package firstspike.runtime.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefractoryClocksTest {

    private static final int NEURONS = 512;

    @Test
    @DisplayName("C-05 refractory times give the published clock scales and counters")
    void publishedValues() {
        RefractoryClocks two = all(2, 0);
        RefractoryClocks sixteen = all(16, 0);

        assertThat(two.fastScale()).isEqualTo(3);
        assertThat(two.counter()).containsOnly(32);
        assertThat(two.refractoryUs(0)).isEqualTo(2.048);
        assertThat(sixteen.fastScale()).isEqualTo(4);
        assertThat(sixteen.counter()).containsOnly(126);
        assertThat(all(1.5, 0).fastScale()).isEqualTo(2);
    }

    @Test
    @DisplayName("C-05 one time for all: one counter, the fast clock and the shortest holdoff")
    void oneTimeForAll() {
        RefractoryClocks ten = all(10, 0);

        assertThat(Arrays.stream(ten.counter()).distinct()).hasSize(1);
        assertThat(ten.holdoff()).containsOnly(15);
        assertThat(ten.fast()).containsOnly(true);
        assertThat(ten.warnings()).isEmpty();
    }

    @Test
    @DisplayName("C-05 over the whole range refractory times are within 1.1 and holdoffs within 2.1 periods")
    void wholeRange() {
        double longest = 255 * RefractoryClocks.periodUs(15);
        double longestHoldoff = 31 * RefractoryClocks.periodUs(15);
        double[] times = ramp(longest);
        double[] holdoffs = ramp(longestHoldoff);
        double[] ten = constant(10);

        near(times, constant(1));
        near(ten, holdoffs);
        near(ten, constant(2));
        near(edges(0, 0, longest, longest), edges(0, longestHoldoff, 0, longestHoldoff));
    }

    @Test
    void timesBeyondTheSlowestClockAreRefused() {
        assertThatThrownBy(() -> all(255 * RefractoryClocks.periodUs(15) * 1.01, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tau_refrac_us");
    }

    @Test
    void timesBelowTheFastestClockAreCoarseAndWarned() {
        assertThat(all(0.04, 0).warnings()).hasSize(1);
        assertThat(all(0.04, 0).fastScale()).isZero();
    }

    private static void near(double[] times, double[] holdoffs) {
        RefractoryClocks clocks = RefractoryClocks.of(times, holdoffs);
        for (int i = 0; i < NEURONS; i++) {
            double period = RefractoryClocks.periodUs(clocks.fast()[i] ? clocks.fastScale() : clocks.slowScale());
            assertThat(Math.abs(clocks.refractoryUs(i) - times[i]) / period)
                    .as("refractory time of neuron %d", i)
                    .isLessThanOrEqualTo(1.1);
            assertThat(Math.abs(clocks.holdoffUs(i) - holdoffs[i]) / period)
                    .as("holdoff of neuron %d", i)
                    .isLessThanOrEqualTo(2.1);
        }
    }

    private static RefractoryClocks all(double refractoryUs, double holdoffUs) {
        return RefractoryClocks.of(constant(refractoryUs), constant(holdoffUs));
    }

    private static double[] constant(double value) {
        double[] values = new double[NEURONS];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] ramp(double most) {
        double[] values = new double[NEURONS];
        Arrays.setAll(values, i -> most * i / (NEURONS - 1));
        return values;
    }

    private static double[] edges(double... four) {
        double[] values = new double[NEURONS];
        Arrays.setAll(values, i -> four[i / (NEURONS / 4)]);
        return values;
    }
}
