package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPatternTest {
    private static FixedPattern pattern(Fidelity fidelity, long seed) {
        return new FixedPattern(fidelity, seed, AnalogDefaults.shipped().mismatch());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7})
    @DisplayName("A-10 spreads of an uncalibrated chip")
    void uncalibrated(long seed) {
        FixedPattern p = pattern(Fidelity.VARIED_FULL, seed);

        spread(p.leakOffsetV, 0, 30e-3, seed);
        spread(p.resetOffsetV, 0, 35e-3, seed);
        spread(p.thresholdOffsetV, 0, 30e-3, seed);
        spread(p.leakSlope, 1, 0.02, seed);
        spread(logarithms(p.leakConductance), 0, 0.20, seed);
        spread(logarithms(p.synapticTau), 0, 0.25, seed);
        spread(logarithms(p.synapticGm), 0, 0.20, seed);
        spread(p.capacitance, 1, 0.02, seed);
        spread(p.intrinsicCapacitance, 1, 0.20, seed);
        spread(p.synapticOffsetCurrentA, 0, 3e-9, seed);
        spread(logarithms(p.membraneOffsetCurrent), 0, 0.20, seed);
        spread(weights(p), 1, 0.03, seed);
        assertThat(IntStream.range(0, 512).filter(c -> p.dead[c]).count())
                .as("seed " + seed)
                .isLessThan(8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7})
    @DisplayName("A-21 spreads that a calibration leaves")
    void residual(long seed) {
        FixedPattern p = pattern(Fidelity.VARIED_RESIDUAL, seed);

        spread(p.leakOffsetV, 0, 3e-3, seed);
        spread(p.resetOffsetV, 0, 3.4e-3, seed);
        spread(p.thresholdOffsetV, 0, 2.5e-3, seed);
        spread(logarithms(p.leakConductance), 0, 0.028, seed);
        spread(logarithms(p.synapticTau), 0, 0.026, seed);
        spread(logarithms(p.synapticGm), 0, 0.026, seed);
        spread(p.synapticOffsetCurrentA, 0, 0.3e-9, seed);
        spread(weights(p), 1, 0.03, seed);
        assertThat(p.leakSlope).containsOnly(1);
        assertThat(p.capacitance).containsOnly(1);
        assertThat(p.dead).containsOnly(false);
    }

    @Test
    @DisplayName("A-21 the pattern belongs to the seed, not to the noise seed; a nominal chip has none")
    void patternBelongsToTheSeed() {
        ChipModel chip = ChipModel.of(Fidelity.VARIED_RESIDUAL, 7);

        assertThat(chip.withNoiseSeed(8).pattern().leakOffsetV).isEqualTo(chip.pattern().leakOffsetV);
        assertThat(pattern(Fidelity.VARIED_RESIDUAL, 7).leakOffsetV).isEqualTo(chip.pattern().leakOffsetV);
        assertThat(pattern(Fidelity.VARIED_RESIDUAL, 8).leakOffsetV).isNotEqualTo(chip.pattern().leakOffsetV);
        assertThat(pattern(Fidelity.NOMINAL, 7).leakConductance).containsOnly(1);
        assertThat(pattern(Fidelity.NOMINAL, 7).weightFactor(5)).isEqualTo(1);
        assertThat(chip.pattern().leakOffsetV[0] / 3e-3).isCloseTo(0.4204427854491638, within(1e-12));
    }

    private static double[] weights(FixedPattern p) {
        return IntStream.range(0, 131_072)
                .filter(s -> s % 37 == 0)
                .mapToDouble(p::weightFactor)
                .toArray();
    }

    private static double[] logarithms(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.log(values[i]))
                .toArray();
    }

    private static void spread(double[] values, double mean, double sigma, long seed) {
        double m = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double v = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - m) * (values[i] - m))
                .average()
                .orElseThrow();
        assertThat(m).as("mean, seed " + seed).isCloseTo(mean, within(0.15 * sigma));
        assertThat(Math.sqrt(v)).as("spread, seed " + seed).isCloseTo(sigma, within(0.15 * sigma));
    }
}
