package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferLawsTest {
    private static final double HALF_LSB = 0.5 * 4.227e-3;
    private static final Percentage PER_MILLE = Percentage.withPercentage(0.1);
    private final TransferLaws laws = TransferLaws.NOMINAL;

    @ParameterizedTest(name = "A-01 CADC {0}: leak {2}, reset {3}, threshold {4}")
    @CsvSource({
        "70, 0.3346, 440, 474, 108",
        "80, 0.3769, 466, 498, 130",
        "125, 0.5671, 587, 606, 226",
        "150, 0.6728, 654, 666, 279"
    })
    void potentials(int cadc, double volt, int leak, int reset, int threshold) {
        assertThat(laws.leakVolt(leak)).isCloseTo(volt, within(HALF_LSB));
        assertThat(laws.resetVolt(reset)).isCloseTo(volt, within(HALF_LSB));
        assertThat(laws.thresholdVolt(threshold)).isCloseTo(volt, within(HALF_LSB));
    }

    @Test
    @DisplayName("A-01 time constants, capacitance and conductance")
    void timeConstants() {
        double c = laws.capacitanceFarad(63);
        assertThat(c).isCloseTo(2.3e-12, PER_MILLE);
        assertThat(laws.capacitanceFarad(0)).isCloseTo(0.1e-12, PER_MILLE);
        assertThat(c / laws.conductanceSiemens(153, false, false, false)).isCloseTo(6.013e-6, PER_MILLE);
        assertThat(c / laws.conductanceSiemens(123, true, false, false)).isCloseTo(59.8e-6, PER_MILLE);
        assertThat(laws.conductanceSiemens(100, true, true, false)).isCloseTo(250e-9, PER_MILLE);
        assertThat(laws.conductanceSiemens(100, false, true, false)).isCloseTo(2000e-9, PER_MILLE);
        assertThat(laws.conductanceSiemens(100, false, false, true)).isCloseTo(125e-9, PER_MILLE);
        assertThat(laws.conductanceSiemens(0, true, false, false)).isEqualTo(0.05e-9);
        assertThat(laws.synapticTauSeconds(512, true, false)).isCloseTo(5.996e-6, PER_MILLE);
        assertThat(laws.synapticTauSeconds(959, false, false)).isCloseTo(0.32e-6, PER_MILLE);
        assertThat(laws.synapticTauSeconds(1022, false, false)).isCloseTo(0.3004e-6, PER_MILLE);
        assertThat(laws.synapticTauSeconds(0, true, false)).isEqualTo(1e-3);
        assertThat(laws.synapticTauSeconds(307, true, true)).isCloseTo(1e-6, PER_MILLE);
    }

    @Test
    @DisplayName("A-01 synaptic strength, offset currents and the rails")
    void strengths() {
        assertThat(laws.eventAmpere(63, 500, 1000)).isCloseTo(112.4e-9, PER_MILLE);
        assertThat(laws.eventAmpere(1, 1, 1) / 2.3e-12).isCloseTo(1.551e-3, PER_MILLE);
        assertThat(laws.synapticOffsetAmpere(310, 700)).isZero();
        assertThat(laws.synapticOffsetAmpere(0, 500)).isCloseTo(-15.5e-9, PER_MILLE);
        assertThat(laws.membraneOffsetAmpere(1022)).isCloseTo(250e-9, PER_MILLE);
        assertThat(laws.leakVolt(0)).isZero();
        assertThat(laws.leakVolt(1022)).isCloseTo(1.25476, within(1e-9));
        assertThat(laws.thresholdVolt(1022)).isEqualTo(1.40);
        assertThat(laws.resetTauSeconds(2.3e-12, 1e-4)).isEqualTo(0.5e-6);
    }

    @Test
    @DisplayName("A-17 compression: 16/21 at 1, 15.25/16.5 at 0.5, 1/3 at 3, never above 1, falling")
    void compression() {
        assertThat(CompressionLaw.g(1)).isEqualTo(0.7619047619047619);
        assertThat(CompressionLaw.g(0.5)).isEqualTo(15.25 / 16.5);
        assertThat(CompressionLaw.g(3)).isEqualTo(1.0 / 3);
        assertThat(CompressionLaw.g(0)).isEqualTo(1);
        double before = 1;
        for (double r = 0.01; r < 20; r += 0.01) {
            double g = CompressionLaw.g(r);
            assertThat(g).as("r = " + r).isLessThan(before);
            before = g;
        }
    }
}
