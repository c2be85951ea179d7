package firstspike.runtime.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationSamples;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.calibration.result.Derived;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.network.Network;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CalibratedMappingTest {

    private static final Network NETWORK = Networks.yinYang();

    private static ChipCodes codes() {
        int[] refractory = new int[512];
        int[] division = new int[512];
        ChipCodes.Builder codes = ChipCodes.none().change();
        for (int n = 0; n < 512; n++) {
            codes.cell(n, NeuronParameter.V_LEAK, 300 + n)
                    .cell(n, NeuronParameter.I_BIAS_LEAK, 150)
                    .cell(n, NeuronParameter.I_BIAS_SYNIN_EXC_GM, 200 + n);
            refractory[n] = 100 + n % 7;
            division[n] = n % 2;
        }
        for (Quadrant quadrant : Quadrant.values()) {
            codes.cell(QuadrantParameter.SYN_I_BIAS_DAC.cell(quadrant), 1000 + quadrant.index());
        }
        return codes.field(CodeField.REFRACTORY_TIME, refractory)
                .field(CodeField.ENABLE_LEAK_DIVISION, division)
                .field(CodeField.CLOCK_SCALE_FAST, new int[] {3, 4})
                .build();
    }

    private static CalibrationResult.Builder result() {
        double[] theta = new double[512];
        Arrays.fill(theta, 1.6);
        double[] tau = new double[512];
        Arrays.fill(tau, 6.1);
        return CalibrationSamples.builder()
                .codes(codes())
                .achieved(Quantity.TAU_MEM, tau)
                .derived(new Derived(theta, OptionalLong.of(50), Map.of()));
    }

    private static ChipMapping map(CalibrationResult... results) {
        return Mapper.map(
                NETWORK,
                Networks.SETTINGS,
                RowCopies.withoutWeights(NETWORK, Networks.SETTINGS),
                Arrays.stream(results).map(ChipCalibration::of).toList());
    }

    @Test
    void circuitsHaveTheirOwnCodesAndPassiveOnesNoMembrane() {
        ChipMapping mapping = map(result().build());
        ChipConfiguration chip = mapping.configuration();
        int active = mapping.outputCircuits()[0];
        int passive = active ^ 1;

        assertThat(code(chip, active, NeuronParameter.V_LEAK)).isEqualTo(300 + active);
        assertThat(code(chip, active, NeuronParameter.I_BIAS_LEAK)).isEqualTo(150);
        assertThat(code(chip, passive, NeuronParameter.I_BIAS_LEAK)).isZero();
        assertThat(code(chip, passive, NeuronParameter.I_BIAS_SYNIN_EXC_GM)).isEqualTo(200 + passive);
        assertThat(chip.word(ChipConfiguration.codePlace(QuadrantParameter.SYN_I_BIAS_DAC.cell(Quadrant.BOTTOM_EAST))))
                .isEqualTo(1003);
        ContainerValues switches = chip.values(Container.NEURON_CONFIG, active);
        assertThat(switches.isSet("enable_leak_division")).isEqualTo(active % 2 == 1);
        assertThat(switches.isSet("enable_threshold_comparator")).isTrue();
        assertThat(chip.values(Container.NEURON_CONFIG, passive).isSet("enable_threshold_comparator"))
                .isFalse();
        assertThat(chip.values(
                                Container.NEURON_BACKEND_CONFIG,
                                AtomicNeuron.of(active).backendIndex())
                        .value("refractory_time"))
                .isEqualTo(100 + active % 7);
        assertThat(chip.values(Container.COMMON_NEURON_BACKEND_CONFIG, 1).value("clock_scale_fast"))
                .isEqualTo(4);
    }

    private static int code(ChipConfiguration chip, int circuit, NeuronParameter parameter) {
        return chip.word(ChipConfiguration.codePlace(AtomicNeuron.of(circuit).capMemCell(parameter)));
    }

    @Test
    void weightsHaveTheScaleOfTheNormalisedThreshold() {
        ChipMapping mapping = map(result().build());

        double drive = NETWORK.neuron().thresholdDrive();
        assertThat(mapping.scale(0)).isEqualTo(30 * 1.6 / drive * 2.4 / 2.3, within(1e-9));
        assertThat(mapping.law(0).tauMemUs()).isEqualTo(6.1 * 2.4 / 2.3, within(1e-9));
        assertThat(mapping.timeOffsetTicks()).hasValue(50);
    }

    @Test
    void badCircuitsAreLeftOutOrReported() {
        CalibrationResult.Builder bad = result();
        bad.bad(new BadNeuron(10, BadNeuron.SPIKES, BadReason.SILENT));
        bad.bad(new BadNeuron(11, Quantity.LEAK, BadReason.NOT_MEASURABLE));
        bad.bad(new BadNeuron(20, Quantity.LEAK, BadReason.OUT_OF_TOLERANCE));
        ChipMapping mapping = map(bad.build());

        assertThat(mapping.outputCircuits()).doesNotContain(10, 11, 20).contains(21);
        assertThat(mapping.report().avoided()).isZero();
    }

    @Test
    void chipsOfOneBatchHaveTheirOwnRegistersAndOneScale() {
        CalibrationResult first = result().build();
        double[] theta = new double[512];
        Arrays.fill(theta, 1.4);
        CalibrationResult second = result().codes(
                        codes().change().cell(4, NeuronParameter.V_LEAK, 7).build())
                .derived(new Derived(theta, OptionalLong.of(54), Map.of()))
                .build();

        ChipMapping mapping = map(first, second);

        assertThat(code(mapping.configuration(0), 4, NeuronParameter.V_LEAK)).isEqualTo(304);
        assertThat(code(mapping.configuration(1), 4, NeuronParameter.V_LEAK)).isEqualTo(7);
        assertThat(mapping.scale(0)).isEqualTo(30 * 1.5 / NETWORK.neuron().thresholdDrive() * 2.4 / 2.3, within(1e-9));
        assertThat(mapping.timeOffsetTicks()).hasValue(52);
    }

    @Test
    void aCalibrationWithoutThresholdGivesWeightsNoMeaning() {
        CalibrationResult result = result().derived(Derived.none()).build();

        assertThatThrownBy(() -> ChipCalibration.of(result))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING);
    }
}
