package firstspike.runtime.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PspFitTest {

    @Test
    void theKernelOfEqualTimeConstantsPeaksAtTauWithTauOverE() {
        assertThat(PspFit.peakTime(6, 6)).isEqualTo(6);
        assertThat(PspFit.kernelPeak(6, 6)).isCloseTo(6 / Math.E, within(1e-12));
        assertThat(PspFit.kernelPeak(6, 6.00001)).isCloseTo(6 / Math.E, within(1e-4));
        assertThat(PspFit.kernelPeak(10, 5)).isCloseTo(2.5, within(1e-12));
        assertThat(PspFit.kernel(-1, 6, 6)).isZero();
    }

    @Test
    void peakAndLevelAreFoundInNoise() {
        Random random = new Random(4);
        double[] time = new double[400];
        double[] y = new double[400];
        Arrays.setAll(time, i -> -5 + 0.1 * i);
        Arrays.setAll(
                y,
                i -> 80 - 24 * PspFit.kernel(time[i], 6.3, 5.5) / PspFit.kernelPeak(6.3, 5.5) + random.nextGaussian());

        PspFit fit = PspFit.of(time, y, 6.3, 5.5);

        assertThat(fit.peak()).isCloseTo(-24, within(0.5));
        assertThat(fit.level()).isCloseTo(80, within(0.2));
        assertThat(fit.residual()).isCloseTo(1, within(0.15));
    }
}
