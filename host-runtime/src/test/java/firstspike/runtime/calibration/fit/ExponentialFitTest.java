package firstspike.runtime.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialFitTest {

    private static final double SPACING = 0.034;

    @Test
    void exactDecaysAreFoundWhateverTheirTimeConstant() {
        for (double tau : new double[] {0.3, 1, 6, 40, 300}) {
            double[] y = decay(2000, -120, tau, 300, 0, 1);

            ExponentialFit fit = ExponentialFit.of(y, 0, y.length, SPACING, 0.1, 2000);

            assertThat(fit.tau()).isCloseTo(tau, within(1e-5 * tau));
            assertThat(fit.amplitude()).isCloseTo(-120, within(1e-3));
            assertThat(fit.offset()).isCloseTo(300, within(1e-3));
        }
    }

    @Test
    void noiseOfTheConverterCostsHalfAPerCentAtMost() {
        for (int seed = 0; seed < 20; seed++) {
            double[] y = decay(2000, 150, 6, 170, 1, seed);
            Arrays.setAll(y, i -> Math.rint(y[i]));

            assertThat(ExponentialFit.of(y, 0, y.length, SPACING, 0.1, 2000).tau())
                    .as("seed %d", seed)
                    .isCloseTo(6, within(0.03));
        }
    }

    @Test
    void aFewStraysDoNotMoveTheFit() {
        double[] y = decay(2000, 150, 6, 170, 1, 3);
        for (int i = 40; i < y.length; i += 197) {
            y[i] = 1023;
        }

        ExponentialFit fit = ExponentialFit.of(y, 0, y.length, SPACING, 0.1, 2000);

        assertThat(fit.tau()).isCloseTo(6, within(0.05));
        assertThat(fit.samples()).isEqualTo(2000 - 10);
    }

    @Test
    void timeConstantsOutsideTheLimitsBecomeTheLimits() {
        double[] slow = decay(500, 100, 9000, 0, 0, 1);
        double[] fast = decay(500, 100, 0.02, 0, 0, 1);

        assertThat(ExponentialFit.of(slow, 0, 500, SPACING, 0.1, 2000).tau()).isCloseTo(2000, within(1e-3));
        assertThat(ExponentialFit.of(fast, 0, 500, SPACING, 0.1, 2000).tau()).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void noiseAloneConstantsAndTooFewSamplesHaveNoTimeConstant() {
        double[] noise = decay(2000, 0, 6, 170, 1, 5);
        double[] constant = new double[2000];

        assertThat(ExponentialFit.of(noise, 0, 2000, SPACING, 0.1, 2000).converged())
                .isFalse();
        assertThat(ExponentialFit.of(constant, 0, 2000, SPACING, 0.1, 2000).converged())
                .isFalse();
        assertThat(ExponentialFit.of(decay(7, 100, 0.1, 0, 0, 1), 0, 7, SPACING, 0.1, 2000)
                        .converged())
                .isFalse();
    }

    private static double[] decay(int samples, double amplitude, double tau, double offset, double sigma, int seed) {
        Random random = new Random(seed);
        double[] y = new double[samples];
        Arrays.setAll(y, i -> offset + amplitude * Math.exp(-i * SPACING / tau) + sigma * random.nextGaussian());
        return y;
    }
}
