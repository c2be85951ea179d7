package firstspike.runtime.calibration.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadReason.Grade;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CalibrationResultTest {

    @Test
    void oneNameForEqualArraysAndAnotherForAnyChange() {
        CalibrationResult result = CalibrationSamples.result();

        assertThat(CalibrationSamples.result().id()).isEqualTo(result.id());
        assertThat(CalibrationSamples.builder()
                        .codes(CalibrationSamples.codes()
                                .change()
                                .cell(7, NeuronParameter.V_LEAK, 401)
                                .build())
                        .build()
                        .id())
                .isNotEqualTo(result.id());
        assertThat(result.id().value()).matches("cal-20261101T120000Z-[0-9a-f]{12}");
    }

    @Test
    @DisplayName("C-17 codes hold exactly the cells that were set; setting them again changes nothing")
    void codesHoldWhatWasSet() {
        ChipCodes codes = CalibrationSamples.codes();

        assertThat(codes.cellsSet()).isEqualTo(2 * CalibrationResult.NEURONS);
        assertThat(codes.code(3, NeuronParameter.V_RESET)).isEqualTo(ChipCodes.NOT_SET);
        ChipCodes again = codes.change()
                .cell(3, NeuronParameter.V_LEAK, codes.code(3, NeuronParameter.V_LEAK))
                .cadcOffset(CadcChannel.of(5), codes.cadcOffset(CadcChannel.of(5)))
                .build();
        assertThat(again).isEqualTo(codes);
        ChipConfiguration chip = codes.onto(ChipConfiguration.defaults());
        assertThat(ChipCodes.of(chip)).isEqualTo(codes);
        assertThat(codes.onto(chip)).isEqualTo(chip);
    }

    @Test
    void theWorstGradeOfANeuronCounts() {
        CalibrationResult result = CalibrationSamples.builder()
                .bad(new BadNeuron(9, Quantity.LEAK, BadReason.OUT_OF_TOLERANCE))
                .bad(new BadNeuron(9, BadNeuron.SPIKES, BadReason.SILENT))
                .bad(new BadNeuron(4, Quantity.LEAK, BadReason.NOISY))
                .build();

        assertThat(result.grades()).containsEntry(9, Grade.EXCLUDED).containsEntry(4, Grade.AVOIDED);
        assertThat(result.good()[9]).isFalse();
        assertThat(result.good()[5]).isTrue();
    }

    @Test
    void refusesWhatNoChipHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChipCodes.none().change().cell(0, NeuronParameter.V_LEAK, 1024))
                .withMessageContaining("1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChipCodes.none().change().field(CodeField.ENABLE_LEAK_DIVISION, new int[3]));
        int[] tooLarge = new int[CalibrationResult.NEURONS];
        tooLarge[511] = 64;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChipCodes.none().change().field(CodeField.MEMBRANE_CAPACITOR_SIZE, tooLarge));
        double[] infinite = new double[CalibrationResult.NEURONS];
        infinite[1] = Double.POSITIVE_INFINITY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalibrationSamples.builder().achieved(Quantity.LEAK, infinite));
        assertThatIllegalArgumentException().isThrownBy(() -> new CalibrationId("../../x"));
    }

    @Test
    void mismatchIsTheDistanceFromTheMedianOrAFactor() {
        double[] leak = new double[CalibrationResult.NEURONS];
        double[] tau = new double[CalibrationResult.NEURONS];
        Arrays.fill(leak, 80);
        Arrays.fill(tau, 6);
        leak[3] = 88;
        leak[4] = Double.NaN;
        tau[5] = 7.5;

        Map<Quantity, double[]> mismatch = Derived.none()
                .withMismatch(Map.of(Quantity.LEAK, leak, Quantity.TAU_MEM, tau, Quantity.REFRACTORY, tau))
                .mismatch();

        assertThat(mismatch).containsOnlyKeys(Quantity.LEAK, Quantity.TAU_MEM);
        assertThat(mismatch.get(Quantity.LEAK)[0]).isZero();
        assertThat(mismatch.get(Quantity.LEAK)[3]).isEqualTo(8);
        assertThat(mismatch.get(Quantity.LEAK)[4]).isNaN();
        assertThat(mismatch.get(Quantity.TAU_MEM)[5]).isEqualTo(1.25);
    }
}
