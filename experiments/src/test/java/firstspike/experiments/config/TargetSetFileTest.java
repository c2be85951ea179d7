package firstspike.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.calibration.target.StrengthTarget;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSetFileTest {

    @Test
    void keysAliasesAndUnits() {
        TargetSet set = TargetSetFile.parse(
                "mine.yaml",
                "v_leak_lsb: 90 LSB\ntau_m: 0.007 ms\ntau_syn_E: 5\ncm: 40\ni_synin_gm_kind: calibrated\nv_thresh: 140\n");

        assertThat(set.get(TargetKey.LEAK).of(0)).isEqualTo(90);
        assertThat(set.get(TargetKey.TAU_MEM).of(511)).isEqualTo(7);
        assertThat(set.get(TargetKey.TAU_SYN_EXC).of(0)).isEqualTo(5);
        assertThat(set.get(TargetKey.TAU_SYN_INH).of(0)).isEqualTo(10);
        assertThat(set.get(TargetKey.CAPACITANCE).of(0)).isEqualTo(40);
        assertThat(set.get(TargetKey.THRESHOLD).of(0)).isEqualTo(140);
        assertThat(set.strength()).isEqualTo(StrengthTarget.CALIBRATED);
    }

    @Test
    void oneValueForEachNeuron() {
        StringBuilder list = new StringBuilder("v_leak_lsb: [");
        for (int n = 0; n < 512; n++) {
            list.append(n == 0 ? "" : ", ").append(70 + n % 20);
        }
        TargetSet set = TargetSetFile.parse("mine.yaml", list.append("]\n").toString());

        assertThat(set.get(TargetKey.LEAK).of(25)).isEqualTo(75);
    }

    @ParameterizedTest
    @DisplayName("C-16 mistakes of a target set are named with their place before anything is measured")
    @CsvSource(
            delimiter = '|',
            value = {
                "v_leek_lsb: 80                 | UNKNOWN_KEY        | v_leek_lsb",
                "tau_m_us: 5 mV                 | UNIT_MISMATCH      | tau_m_us",
                "tau_m_us: 5000                 | VALUE_OUT_OF_RANGE | tau_m_us",
                "v_leak_lsb: .nan               | VALUE_OUT_OF_RANGE | v_leak_lsb",
                "v_leak_lsb: [80, 81]           | VALUE_OUT_OF_RANGE | v_leak_lsb",
                "{v_rest: 80, v_leak_lsb: 80}   | DUPLICATE_KEY      | v_leak_lsb",
                "i_synin_gm_kind: loud          | VALUE_OUT_OF_RANGE | i_synin_gm_kind",
                "synapse_dac_bias: 2000         | VALUE_OUT_OF_RANGE | synapse_dac_bias_lsb"
            })
    void mistakes(String text, Code code, String key) {
        assertThatThrownBy(() -> TargetSetFile.parse("mine.yaml", text))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo(code);
                            assertThat(problem.key()).isEqualTo(key);
                            assertThat(problem.line()).isEqualTo(1);
                        }));
    }

    @Test
    void namesOfBundledSets() {
        assertThat(TargetSetFile.find("fast-and-deep")).isEqualTo(TargetSet.fastAndDeep());
        assertThatThrownBy(() -> TargetSetFile.find("fast"))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("fast-and-deep-large");
    }
}
