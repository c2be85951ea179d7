package firstspike.runtime.calibration.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.register.Container;
import firstspike.runtime.calibration.CalibrationBench;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.session.ChipConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offsets of drivers, which deviate by 5 % on a varied chip; an offset of one is a percent (analog.md 6). */
@Timeout(240)
class DriverOffsetTest {

    /** All of one quadrant, so that they share their target. */
    private static final int[] DRIVERS = {0, 2, 4, 6, 8, 10, 20, 30, 40, 60, 80, 126};

    @Test
    @DisplayName(
            "C-07 drivers of a quadrant of a varied chip become alike, those out of reach come as near as they can")
    void varied() {
        try (CalibrationBench chip = CalibrationBench.operating("emu:varied?seed=4&mismatch=full")) {
            ChipConfiguration before = chip.bench().configuration();
            DriverOffset procedure = new DriverOffset(8, 180, 600, DRIVERS);
            double[] uncalibrated = procedure.strengths(chip.bench());

            Finding finding = procedure.run(chip.bench());

            double[] calibrated = procedure.strengths(chip.bench());
            assertThat(spread(uncalibrated)).isGreaterThan(0.03);
            assertThat(spread(calibrated)).isLessThan(0.4 * spread(uncalibrated));
            assertThat(chip.bench().codes(QuadrantParameter.STP_I_RAMP)).containsOnly(600);
            assertThat(offset(chip, 1)).isZero();
            for (int n = 0; n < 512; n += 73) {
                assertThat(chip.bench().configuration().values(Container.NEURON_CONFIG, n))
                        .isEqualTo(before.values(Container.NEURON_CONFIG, n));
            }
        }
    }

    private static double spread(double[] values) {
        return Statistics.of(values).sigma() / Statistics.median(values);
    }

    private static long offset(CalibrationBench chip, int driver) {
        return chip.bench()
                .configuration()
                .values(
                        Container.SYNAPSE_DRIVER_CONFIG,
                        SynapseDriver.of(driver).index())
                .value("offset");
    }
}
