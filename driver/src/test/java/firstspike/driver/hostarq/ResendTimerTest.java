package firstspike.driver.hostarq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The time after which a frame is sent again, fed with times to acknowledgements. */
class ResendTimerTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final ResendTimer timer = new ResendTimer();

    @Test
    void beginsWith756MicrosecondsAndNeverFallsBelow() {
        assertThat(timer.timeoutNanos()).isEqualTo(756 * MICRO);
        for (int i = 0; i < 1_000; i++) {
            timer.measured(50 * MICRO);
        }
        assertThat(timer.timeoutNanos()).isEqualTo(756 * MICRO);
    }

    @Test
    void followsALongLineAndForgetsIt() {
        timer.measured(10 * MILLI);
        assertThat(timer.timeoutNanos()).as("mean and four halves, RFC 6298").isEqualTo(30 * MILLI);
        for (int i = 0; i < 5_000; i++) {
            timer.measured(10 * MILLI);
        }
        assertThat(timer.timeoutNanos()).isBetween(10 * MILLI, 11 * MILLI);
        for (int i = 0; i < 5_000; i++) {
            timer.measured(50 * MICRO);
        }
        assertThat(timer.timeoutNanos()).isEqualTo(756 * MICRO);
    }

    @Test
    void staysAtOrBelow64Milliseconds() {
        timer.measured(500 * MILLI);
        assertThat(timer.timeoutNanos()).isEqualTo(64 * MILLI);
        timer.ambiguous(500 * MILLI, 0);
        assertThat(timer.timeoutNanos()).isEqualTo(64 * MILLI);
    }

    @Test
    void doublesWhenAnAcknowledgementComesLongAfterTheLastCopyButNotForALostFrame() {
        for (int i = 0; i < 5_000; i++) {
            timer.measured(200 * MICRO);
        }
        timer.ambiguous(200 * MICRO, 0);
        assertThat(timer.timeoutNanos()).isEqualTo(756 * MICRO);
        timer.ambiguous(700 * MICRO, 0);
        assertThat(timer.timeoutNanos()).isEqualTo(2 * 756 * MICRO);
        timer.measured(200 * MICRO);
        assertThat(timer.timeoutNanos()).isEqualTo(756 * MICRO);
    }

    @Test
    void remembersADelayThatComesEveryNowAndThen() {
        int early = 0;
        for (int i = 1; i < 10_000; i++) {
            boolean delayed = i % 100 == 0;
            early += delayed && i > 200 && timer.timeoutNanos() < 3 * MILLI ? 1 : 0;
            timer.measured(delayed ? 3 * MILLI : 300 * MICRO);
        }
        assertThat(early).as("delays that a resend came before").isLessThan(5);
    }
}
