package firstspike.runtime.calibration.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.runtime.calibration.CalibrationBench;
import firstspike.runtime.calibration.fit.CorrelationFit;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.session.ChipConfiguration;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Correlation sensors, whose medians follow a law of their two currents (analog.md 16); in short ranges of codes. */
@Timeout(240)
class CorrelationTest {

    private static final double AMPLITUDE = 2;
    private static final double TAU_US = 10;
    private static final int PAIRS = 20;
    /** What the sampled synapses of a quadrant may deviate from all of it: 40 % over the root of 128, times 1.25. */
    private static final double SAMPLE = 0.15;

    @Test
    @DisplayName("C-07 sensors of a varied chip come to amplitude and time constant in the median of each quadrant")
    void varied() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:varied?seed=4")) {
            ChipConfiguration before = chip.bench().configuration();

            Finding amplitude = Correlation.amplitude(AMPLITUDE)
                    .within(new SearchRange(250, 310), PAIRS)
                    .run(chip.bench());
            Finding tau = Correlation.tau(AMPLITUDE, TAU_US)
                    .within(new SearchRange(30, 50), PAIRS)
                    .run(chip.bench());

            assertThat(DoubleStream.of(amplitude.results()))
                    .hasSize(Quadrant.COUNT)
                    .allSatisfy(each -> assertThat(each).isCloseTo(AMPLITUDE, within(0.05)));
            assertThat(DoubleStream.of(tau.results()))
                    .allSatisfy(each -> assertThat(each).isCloseTo(TAU_US, within(0.5)));
            assertThat(tau.warnings()).isEmpty();
            // the law of analog.md 16 at the codes that were found, for a chip without mismatch
            for (int q = 0; q < Quadrant.COUNT; q++) {
                double store = chip.bench().codes(QuadrantParameter.SYN_I_BIAS_STORE)[q];
                double ramp = chip.bench().codes(QuadrantParameter.SYN_I_BIAS_RAMP)[q];
                assertThat(0.5 * store / 70).isCloseTo(AMPLITUDE, within(SAMPLE * AMPLITUDE));
                assertThat(5 * 80 / ramp).isCloseTo(TAU_US, within(SAMPLE * TAU_US));
            }
            chip.bench()
                    .set(QuadrantParameter.SYN_I_BIAS_STORE, 0)
                    .set(QuadrantParameter.SYN_I_BIAS_RAMP, 0)
                    .set(QuadrantParameter.SYN_I_BIAS_COROUT, 0);
            assertThat(chip.bench().configuration()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("C-16 a time constant that no code of a quadrant gives ends with the code at its end, and a warning")
    void outOfReach() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:nominal")) {
            chip.bench().set(QuadrantParameter.SYN_I_BIAS_STORE, 280);

            Finding tau = Correlation.tau(AMPLITUDE, TAU_US)
                    .within(new SearchRange(79, 82), PAIRS)
                    .run(chip.bench());

            assertThat(tau.failures()).containsOnly(SearchFailure.RANGE_REACHED);
            assertThat(tau.warnings()).hasSize(Quadrant.COUNT);
            assertThat(tau.warnings().get(0)).contains("correlation.tau", "10", "syn_i_bias_ramp", "79");
        }
    }

    @Test
    @DisplayName("A decay in noise is found, no decay is the longest, nothing is none")
    void fit() {
        double[] delays = {0.5, 1, 2.5, 5, 10, 20};
        double[] values =
                DoubleStream.of(delays).map(t -> 0.7 * Math.exp(-t / 5)).toArray();
        CorrelationFit fit = CorrelationFit.of(delays, values, 0.05);
        assertThat(fit.amplitude()).isCloseTo(0.7, within(1e-9));
        assertThat(fit.tauUs()).isCloseTo(5, within(1e-9));
        assertThat(CorrelationFit.of(delays, new double[] {1, 1, 1, 1, 1, 1}, 0.1)
                        .tauUs())
                .isEqualTo(CorrelationFit.LONGEST_US);
        assertThat(CorrelationFit.of(delays, new double[6], 0.1)).isEqualTo(new CorrelationFit(0, 0));
    }
}
