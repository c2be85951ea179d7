package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTableTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-12);

    @ParameterizedTest(name = "tau_m {0} µs, tau_x {1} µs")
    @CsvSource({"5.999, 5.996", "6, 6", "6, 6.000000001", "10, 0.3", "0.5, 30", "46000, 6"})
    void everyEntryEqualsTheDirectComputation(double tauMicro, double lineMicro) {
        double tauM = tauMicro * 1e-6;
        double tauX = lineMicro * 1e-6;
        LineTable table = new LineTable(tauM, tauX, 2);
        for (long gap = 0; gap < 2 * LineTable.TICKS; gap += 2) {
            double s = gap * Kinetics.HALF_TICK_S;
            assertThat(LineTable.covers(gap)).isTrue();
            assertThat(table.membraneDecay(gap)).isCloseTo(Kinetics.decay(s, tauM), ROUNDING);
            assertThat(table.lineDecay(gap)).isCloseTo(Kinetics.decay(s, tauX), ROUNDING);
            assertThat(table.response(gap)).isCloseTo(2 * Kinetics.rise(s, tauM, tauX), ROUNDING);
        }
        assertThat(LineTable.covers(3)).isFalse();
        assertThat(LineTable.covers(2 * LineTable.TICKS)).isFalse();
    }

    @ParameterizedTest(name = "φ({0})")
    @CsvSource({"-1e-9", "-0.01", "-0.1249", "-0.1251", "-3", "-700"})
    void responseFunctionNearAndFarFromZero(double x) {
        assertThat(Kinetics.phi(x)).isCloseTo(Math.expm1(x) / x, ROUNDING);
    }
}
