package firstspike.runtime.calibration.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.calibration.plan.CalibrationTask;
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
}
