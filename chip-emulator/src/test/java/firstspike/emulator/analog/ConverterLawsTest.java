package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConverterLawsTest {
    private static final int CHANNELS = 1024;
    private static final int DRAWS = 4000;

    private static ReadoutAmplifiers readout(ChipModel model) {
        CircuitBench bench = new CircuitBench().shared().single(0).bit(0, 1, 4, true);
        for (int[][] quadrant : bench.cells) {
            quadrant[128][4] = 70;
            quadrant[128][15] = 300;
        }
        NeuronArray array = new NeuronArray(model, bench);
        array.programStart(2, 0);
        return array.readout();
    }

    private static double sigma(double[] values) {
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        double mean = sum / values.length;
        return Math.sqrt(squares / values.length - mean * mean);
    }

    private static double sigma(LongToDoubleFunction draw) {
        double[] values = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            values[i] = draw.applyAsDouble(100 + 200L * i);
        }
        return sigma(values);
    }

    private static double[] offsets(Fidelity fidelity, long seed) {
        return ChipModel.of(fidelity, seed).pattern().cadcOffset;
    }

    private static double reading(ConverterLaws laws, int channel, double volt, long h) {
        return laws.cadcSeen(channel, volt) + laws.cadcNoise(channel, laws.conversion(h));
    }

    @Test
    @DisplayName("A-12 channel offsets: spread 5 counts and at most 5 of the quadrant; after a calibration 1 and none")
    void offsetSpreads() {
        for (long seed = 1; seed <= 5; seed++) {
            double[] full = offsets(Fidelity.VARIED_FULL, seed);
            double[] inQuadrant = new double[CHANNELS];
            double[] mean = new double[4];
            for (int channel = 0; channel < CHANNELS; channel++) {
                mean[FixedPattern.quadrantOfChannel(channel)] += full[channel] / 256;
            }
            for (int channel = 0; channel < CHANNELS; channel++) {
                inQuadrant[channel] = full[channel] - mean[FixedPattern.quadrantOfChannel(channel)];
            }
            assertThat(sigma(inQuadrant)).isCloseTo(5, within(0.75));
            for (double quadrant : mean) {
                // the mean of 256 channels adds 0.3 counts of its own
                assertThat(Math.abs(quadrant)).isLessThan(5 + 4 * 5 / 16.0);
            }
            assertThat(sigma(offsets(Fidelity.VARIED_RESIDUAL, seed))).isCloseTo(1, within(0.15));
            assertThat(offsets(Fidelity.NOMINAL, seed)).containsOnly(0);
        }
    }

    @Test
    @DisplayName("A-12 a channel reads the law plus its offset plus noise of 1 count; with the membrane's noise 1.2")
    void cadcNoise() {
        ChipModel model = ChipModel.of(Fidelity.VARIED_RESIDUAL, 5);
        ReadoutAmplifiers readout = readout(model);
        ConverterLaws laws = readout.converters();
        int channel = 512 + 256 + 140;
        double[] values = new double[DRAWS];
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            values[i] = reading(laws, channel, 0.5, 100 + 200L * i);
            sum += values[i] / DRAWS;
        }
        assertThat(sum).isCloseTo(laws.cadc(3, 0.5) + model.pattern().cadcOffset[channel], within(0.08));
        assertThat(sigma(values)).isCloseTo(1, within(0.05));
        assertThat(sigma(h -> reading(laws, 0, laws.seenByCadc(0, 0.5, h), h))).isCloseTo(1.2, within(0.06));
        // both channels of a column see one membrane, but have noise of their own
        assertThat(sigma(h -> reading(laws, 0, laws.seenByCadc(0, 0.5, h), h)
                        - reading(laws, 256, laws.seenByCadc(0, 0.5, h), h)))
                .isCloseTo(Math.sqrt(2), within(0.07));
    }

    @Test
    @DisplayName("A-12 A-23 a reading is a function of instant, program and noise seed; nominal has no noise")
    void reproducible() {
        ChipModel model = ChipModel.of(Fidelity.VARIED_FULL, 5);
        ConverterLaws once = readout(model).converters();
        ConverterLaws again = readout(model).converters();
        ConverterLaws other = readout(model.withNoiseSeed(6)).converters();
        double late = reading(once, 3, 0.5, 5000);
        assertThat(reading(again, 3, 0.5, 7000)).isEqualTo(reading(once, 3, 0.5, 7000));
        assertThat(reading(again, 3, 0.5, 5000)).isEqualTo(late);
        assertThat(reading(other, 3, 0.5, 5000)).isNotEqualTo(late);
        ConverterLaws nominal = readout(ChipModel.of(Fidelity.NOMINAL, 5)).converters();
        assertThat(reading(nominal, 3, nominal.seenByCadc(3, 0.5, 5000), 5000)).isEqualTo(nominal.cadc(0, 0.5));
        assertThat(nominal.madc(1, 0.5, 5000)).isEqualTo(250);
        assertThat(nominal.sensorSeen(0) + nominal.cadcNoise(1, nominal.conversion(5000)))
                .isEqualTo(210);
    }

    @Test
    @DisplayName("A-13 MADC value law: 2 mV per count with noise of 1 count")
    void madcNoise() {
        ConverterLaws laws = readout(ChipModel.of(Fidelity.VARIED_RESIDUAL, 5)).converters();
        assertThat(sigma(h -> laws.madc(0, 0.5, h))).isCloseTo(1, within(0.05));
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            sum += laws.madc(0, 0.5, 17L * i) / DRAWS;
        }
        assertThat(sum).isCloseTo(250, within(0.08));
    }
}
