package firstspike.runtime.calibration.procedure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.AtomicNeuron;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeakOverThresholdTest {

    @Test
    @DisplayName("C-16 rates that nobody can count are refused before anything is written")
    void refused() {
        double[] none = new double[AtomicNeuron.COUNT];
        assertThatThrownBy(() -> new LeakOverThreshold(none, none, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all 0");
        double[] wrong = none.clone();
        wrong[3] = Double.NaN;
        assertThatThrownBy(() -> new LeakOverThreshold(wrong, none, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
