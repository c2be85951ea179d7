package firstspike.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationSamples;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.learning.MeasuredNeurons;
import firstspike.runtime.mapping.ChipCalibration;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.mapping.Networks;
import firstspike.runtime.mapping.RowCopies;
import firstspike.runtime.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuredLayersTest {

    private static final Network NETWORK = Networks.yinYang();
    /** Two circuits a neuron: their capacitances add up, one of them leaks. */
    private static final double MERGED = 2.4 / 2.3;

    private static double[] each(IntToDoubleFunction value) {
        return IntStream.range(0, CalibrationResult.NEURONS).mapToDouble(value).toArray();
    }

    private static CalibrationResult.Builder result(double tauMemUs) {
        return CalibrationSamples.builder()
                .achieved(Quantity.TAU_MEM, each(n -> tauMemUs))
                .achieved(Quantity.TAU_SYN_EXC, each(n -> 5 + 0.001 * n))
                .achieved(Quantity.TAU_SYN_INH, each(n -> 7 - 0.001 * n))
                .achieved(Quantity.AMPLITUDE_EXC, each(n -> 30))
                .achieved(Quantity.AMPLITUDE_INH, each(n -> -33));
    }

    private static ChipMapping map(CalibrationResult... results) {
        return Mapper.map(
                NETWORK,
                Networks.SETTINGS,
                RowCopies.withoutWeights(NETWORK, Networks.SETTINGS),
                Arrays.stream(results).map(ChipCalibration::of).toList());
    }

    @Test
    void neuronsHaveTheConstantsOfTheirCircuitsInUnitsOfTheNetwork() {
        CalibrationResult result = result(6.3).build();
        ChipMapping mapping = map(result);

        MeasuredLayers measured = MeasuredLayers.of(mapping, List.of(result));

        assertThat(measured.fallbacks()).isZero();
        assertThat(measured.layers()).hasSize(NETWORK.layers().size());
        MeasuredNeurons label = measured.layers().get(1);
        int circuit = mapping.outputCircuits()[mapping.firstNeuron(1) + 2];
        double unit = 1 / Networks.SETTINGS.tauUs();
        assertThat(label.size()).isEqualTo(3);
        assertThat(label.tauMem(2)).isEqualTo(6.3 * MERGED * unit, within(1e-12));
        assertThat(label.tauSyn(2, false)).isEqualTo((5 + 0.001 * circuit) * unit, within(1e-12));
        assertThat(label.tauSyn(2, true)).isEqualTo((7 - 0.001 * circuit) * unit, within(1e-12));
        assertThat(label.ratio(2)).isEqualTo(1.1, within(1e-12));
    }

    @Test
    void aCalibrationOfPairsIsTakenAsItIs() {
        CalibrationResult pairs =
                result(6.3).option(CalibrationResult.MERGED, "2").build();
        CalibrationResult single = result(6.3).build();
        ChipMapping mapping = map(pairs);

        MeasuredLayers measured = MeasuredLayers.of(mapping, List.of(pairs));

        assertThat(mapping.law(0).circuits()).isEqualTo(2);
        assertThat(measured.layers().get(0).tauMem(3)).isEqualTo(6.3 / Networks.SETTINGS.tauUs(), within(1e-12));
        assertThat(mapping.law(0).scale() * MERGED).isEqualTo(map(single).law(0).scale(), within(1e-9));
        assertThatThrownBy(() -> map(pairs, single))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING)
                .hasMessageContaining("1 or 2 circuits a neuron");
    }

    @Test
    void whatIsMissingOrImplausibleIsNominalAndCounted() {
        double[] tau = each(n -> 6);
        ChipMapping mapping = map(result(6).build());
        int missing = mapping.outputCircuits()[0];
        int implausible = mapping.outputCircuits()[1];
        tau[missing] = Double.NaN;
        tau[implausible] = 13;
        CalibrationResult result = result(6).achieved(Quantity.TAU_MEM, tau).build();

        MeasuredLayers measured = MeasuredLayers.of(mapping, List.of(result));

        assertThat(measured.fallbacks()).isEqualTo(2);
        assertThat(measured.layers().get(0).tauMem(0))
                .isEqualTo(NETWORK.neuron().tauMem());
        assertThat(measured.layers().get(0).tauMem(1))
                .isEqualTo(NETWORK.neuron().tauMem());
    }

    @Test
    void severalChipsCountWithTheirMean() {
        CalibrationResult first = result(5).build();
        CalibrationResult second = result(7).build();

        MeasuredLayers measured = MeasuredLayers.of(map(first, second), List.of(first, second));

        assertThat(measured.layers().get(0).tauMem(7)).isEqualTo(6 * MERGED / Networks.SETTINGS.tauUs(), within(1e-12));
    }
}
