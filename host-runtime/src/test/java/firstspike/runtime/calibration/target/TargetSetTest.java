package firstspike.runtime.calibration.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.calibration.plan.CalibrationTask;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.measurement.MergedCircuits;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TargetSetTest {

    @Test
    @DisplayName("C-16 targets outside of their usual range warn, with the range")
    void warns() {
        assertThat(TargetSet.bundled())
                .allSatisfy(set -> assertThat(set.warnings()).isEmpty());
        TargetSet slow = TargetSet.spiking().with(TargetKey.TAU_MEM, 61).with(TargetKey.LEAK, 45);
        assertThat(slow.warnings()).hasSize(2);
        assertThat(slow.warnings().get(0)).contains("v_leak_lsb", "45", "50", "160");
        assertThat(slow.warnings().get(1)).contains("tau_m_us", "61", "0.5", "60");
    }

    @Test
    @DisplayName(
            "C-16 targets outside of hard limits, of another length or without a number throw before any chip is asked")
    void throwsBeforeAnythingIsWritten() {
        TargetSet set = TargetSet.spiking();
        assertThatThrownBy(() -> set.with(TargetKey.TAU_MEM, 2001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tau_m_us")
                .hasMessageContaining("2001")
                .hasMessageContaining("2000");
        assertThatThrownBy(() -> set.with(TargetKey.LEAK, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.with(TargetKey.TAU_SYN_EXC, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NeuronValues.each(new double[511]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("511")
                .hasMessageContaining("512");
        double[] currents = new double[512];
        currents[3] = 700;
        assertThatThrownBy(() -> set.with(TargetKey.SYNAPSE_DAC_BIAS, NeuronValues.each(currents)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("synapse_dac_bias_lsb");
        TargetSet holding = set.with(TargetKey.REFRACTORY, 67_000);
        assertThatThrownBy(() -> new CalibrationTask(holding, 1, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("refractory period");
    }

    @Test
    @DisplayName("Bundled sets are found by name and differ from each other where their table does")
    void bundled() {
        assertThat(TargetSet.bundled("fast-and-deep")).contains(TargetSet.fastAndDeep());
        assertThat(TargetSet.bundled("hagen")).isEmpty();
        assertThat(TargetSet.fastAndDeep().get(TargetKey.SYNIN_GM_EXC).of(0)).isEqualTo(700);
        assertThat(TargetSet.fastAndDeep().get(TargetKey.SYNAPSE_DAC_BIAS).of(0))
                .isEqualTo(1000);
        assertThat(TargetSet.fastAndDeepLarge().get(TargetKey.SYNAPSE_DAC_BIAS).of(0))
                .isEqualTo(800);
        assertThat(TargetSet.spiking2().get(TargetKey.TAU_MEM).of(511)).isEqualTo(6);
        assertThat(TargetSet.spiking().get(TargetKey.RESET).of(7)).isEqualTo(70);
    }

    @Test
    @DisplayName("Steps beyond those of the bundled sets run only where one of their targets is given")
    void steps() {
        assertThat(TargetSet.bundled()).allSatisfy(set -> {
            for (TargetStep step : TargetStep.values()) {
                assertThat(set.asksFor(step)).isEqualTo(step == TargetStep.ALWAYS);
            }
        });
        TargetSet set = TargetSet.spiking().with(TargetKey.CORRELATION_TAU, 8).with(TargetKey.COBA_REVERSAL_EXC, 250);
        assertThat(set.asksFor(TargetStep.CORRELATION)).isTrue();
        assertThat(set.get(TargetKey.CORRELATION_AMPLITUDE).of(0)).isEqualTo(0.5);
        assertThat(set.get(TargetKey.COBA_REFERENCE_EXC).of(9)).isEqualTo((80 + 125) / 2.0);
        assertThat(set.asksFor(TargetStep.COBA_INH)).isFalse();
    }

    @Test
    @DisplayName("C-16 targets of conductance-based inputs and sensors are checked before any chip is asked")
    void furtherTargets() {
        TargetSet set = TargetSet.spiking();
        assertThat(set.with(TargetKey.CORRELATION_TAU, 40).warnings())
                .singleElement()
                .asString()
                .contains("correlation_tau_us", "40", "30");
        assertThat(set.with(TargetKey.TAU_ICC, 50).warnings()).hasSize(1);
        assertThatThrownBy(() -> set.with(TargetKey.CORRELATION_AMPLITUDE, 8))
                .isInstanceOf(IllegalArgumentException.class);
        double[] taus = new double[512];
        Arrays.fill(taus, 5);
        taus[7] = 6;
        assertThatThrownBy(() -> set.with(TargetKey.CORRELATION_TAU, NeuronValues.each(taus)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one value");
        assertThatThrownBy(() -> new CalibrationTask(set.with(TargetKey.COBA_REVERSAL_INH, 100), 1, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("e_coba_reversal_inh_lsb")
                .hasMessageContaining("below");
        assertThatThrownBy(() -> new CalibrationTask(set.with(TargetKey.COBA_REFERENCE_EXC, 100), 1, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("e_coba_reversal_exc_lsb");
        assertThatThrownBy(() -> new CalibrationTask(set.with(TargetKey.COBA_REVERSAL_EXC, 250), 1, "test"))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("e_coba_reversal_exc_lsb");
        assertThatThrownBy(() -> new CalibrationTask(set.with(TargetKey.TAU_ICC, 2), 1, "test", MergedCircuits.TWO))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("merged");
    }
}
