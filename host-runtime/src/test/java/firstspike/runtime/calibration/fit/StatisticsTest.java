package firstspike.runtime.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void valuesThatAreMissingAreCountedAndLeftOut() {
        Statistics statistics = Statistics.of(new double[] {3, Double.NaN, 1, 2});

        assertThat(statistics.count()).isEqualTo(3);
        assertThat(statistics.missing()).isEqualTo(1);
        assertThat(statistics.median()).isEqualTo(2);
        assertThat(statistics.sigma()).isEqualTo(1);
        assertThat(statistics.least()).isEqualTo(1);
        assertThat(statistics.most()).isEqualTo(3);
    }

    @Test
    void theTrimmedSigmaForgetsFivePerCentAtEachEnd() {
        double[] values = new double[100];
        Arrays.setAll(values, i -> i % 2);
        Arrays.fill(values, 0, 5, -1000);
        Arrays.fill(values, 95, 100, 1000);

        Statistics statistics = Statistics.of(values);

        assertThat(statistics.trimmedSigma()).isCloseTo(0.5, within(0.01));
        assertThat(statistics.sigma()).isGreaterThan(100);
        assertThat(statistics.percentile25()).isZero();
        assertThat(statistics.percentile75()).isEqualTo(1);
    }

    @Test
    void nothingHasNoStatistics() {
        assertThat(Statistics.of(new double[] {Double.NaN}).median()).isNaN();
        assertThat(Statistics.of(new double[0]).sigma()).isNaN();
    }
}
