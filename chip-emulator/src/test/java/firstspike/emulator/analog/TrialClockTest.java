package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrialClockTest {
    @Test
    @DisplayName("A-23 keys count from the reset that took effect last, also when asked for late")
    void keys() {
        TrialClock clock = new TrialClock();
        clock.programStart(4, 1000);
        clock.timerReset(2000);
        clock.timerReset(5000);

        assertThat(clock.ordinal()).isEqualTo(4);
        assertThat(clock.key(1500)).isEqualTo(500);
        assertThat(clock.key(2000)).isEqualTo(1L << 48);
        assertThat(clock.key(4999)).isEqualTo((1L << 48) + 2999);
        assertThat(clock.key(5001)).isEqualTo((2L << 48) + 1);
        for (int k = 0; k < 70_000; k++) {
            clock.timerReset(6000 + k);
        }
        assertThat(clock.key(76_000)).isEqualTo((long) (70_002 % 65_536) << 48 | 1);
        clock.programStart(5, 80_000);
        assertThat(clock.key(80_007)).isEqualTo(7);
    }
}
