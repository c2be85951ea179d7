package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortTermPlasticityTest {
    private static final ChipModel NOMINAL = ChipModel.of(Fidelity.NOMINAL, 1);
    /** An offset at which the strength is x itself. */
    private static final int CENTRE = 7;

    private static final int DRIVER = 200;

    @ParameterizedTest(name = "A-22 a regular train follows x, utilization {0}, recovery {1}, clock {2}, towards {3}")
    @CsvSource({"15, 0, 0, 0", "3, 15, 7, 0", "8, 4, 2, 2", "1, 9, 15, 2"})
    void regularTrain(int utilization, int recovery, int speed, int target) {
        ShortTermPlasticity plasticity = new ShortTermPlasticity(NOMINAL);
        plasticity.recovery(DRIVER, 0, true, speed, recovery);
        long interval = 250;
        double tauHalfTicks = 125 * Math.pow(2, speed) * (16 - recovery) / 16;
        double x = 1;

        for (int i = 1; i <= 200; i++) {
            x = i == 1 ? 1 : 1 + (x - 1) * Math.exp(-interval / tauHalfTicks);
            double strength = plasticity.event(DRIVER, i * interval, utilization, CENTRE, target == 2);

            assertThat(strength).as("event %d", i).isCloseTo(x, within(1e-12));
            x += (target - x) * utilization / 30;
        }
    }

    @Test
    @DisplayName("A-22 without recovery x stays where the last event left it; without utilization all events are equal")
    void noRecovery() {
        ShortTermPlasticity plasticity = new ShortTermPlasticity(NOMINAL);

        assertThat(plasticity.event(DRIVER, 10, 15, CENTRE, false)).isEqualTo(1);
        assertThat(plasticity.event(DRIVER, 1_000_000, 15, CENTRE, false)).isEqualTo(0.5);
        assertThat(plasticity.event(DRIVER, 9_000_000, 0, CENTRE, false)).isEqualTo(0.25);
        assertThat(plasticity.event(DRIVER, 9_000_001, 0, CENTRE, false)).isEqualTo(0.25);
        assertThat(plasticity.event(DRIVER + 1, 9_000_001, 0, CENTRE, false)).isEqualTo(1);
    }

    @Test
    @DisplayName("a change of the recovery acts from its own time on")
    void changedRecovery() {
        ShortTermPlasticity plasticity = new ShortTermPlasticity(NOMINAL);
        plasticity.event(DRIVER, 0, 15, CENTRE, false);
        plasticity.recovery(DRIVER, 1000, true, 0, 0);

        assertThat(plasticity.event(DRIVER, 1125, 0, CENTRE, false)).isCloseTo(1 - 0.5 / Math.E, within(1e-12));
    }

    @Test
    @DisplayName("the offset scales by 1 % a step, the fixed pattern only where the chip has one")
    void offset() {
        ShortTermPlasticity nominal = new ShortTermPlasticity(NOMINAL);
        ShortTermPlasticity varied = new ShortTermPlasticity(ChipModel.of(Fidelity.VARIED_FULL, 1));

        assertThat(nominal.event(0, 1, 0, 15, false)).isCloseTo(1.08, within(1e-12));
        assertThat(nominal.event(0, 1, 0, 0, false)).isCloseTo(0.93, within(1e-12));
        assertThat(varied.event(0, 1, 0, CENTRE, false)).isNotEqualTo(1).isBetween(0.8, 1.25);
    }
}
