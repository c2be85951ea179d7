package firstspike.runtime.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "6, 6.0",
        "-2.5, -2.5",
        "1e-8, 1.0E-8",
        "0.001, 0.001",
        "0.00099, 9.9E-4",
        "9999999, 9999999.0",
        "10000000, 1.0E7",
        // older releases print one digit too many here
        "2e23, 2.0E23",
        "1.1e-5, 1.1E-5",
        "4.9e-324, 4.9E-324",
        "1.7976931348623157e308, 1.7976931348623157E308",
    })
    void printsTheShortestText(double value, String text) {
        assertThat(ShortestDecimal.of(value)).isEqualTo(text);
    }

    @Test
    void keepsZeroAndItsSign() {
        assertThat(ShortestDecimal.of(0.0)).isEqualTo("0.0");
        assertThat(ShortestDecimal.of(-0.0)).isEqualTo("-0.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsBackToTheSameBits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = ShortestDecimal.of(value);
                assertThat(Double.parseDouble(text))
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(value);
                assertThat(text.length())
                        .isLessThanOrEqualTo(Double.toString(value).length());
            }
        }
    }
}
