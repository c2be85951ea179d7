package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolynomialNormalTest {
    @ParameterizedTest(name = "A-25 normal of {0} and {1}")
    @CsvSource({
        "0000000000000000, 0000000000000000, -0.0",
        "ffffffffffffffff, 0000000000000000, 8.571674348652905",
        "8000000000000000, 4000000000000000, -0.0",
        "8000000000000000, 2000000000000000, 0.8325546111576977",
        "0123456789abcdef, fedcba9876543210, 0.09434911401889069"
    })
    void normalsOfWords(String a, String b, String z) {
        double drawn = PolynomialNormal.of(Long.parseUnsignedLong(a, 16), Long.parseUnsignedLong(b, 16));

        assertThat(Double.doubleToRawLongBits(drawn)).isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(z)));
    }

    @ParameterizedTest(name = "A-25 block ({2}, {3}, {4}, {5}) of {0} {1}")
    @CsvSource({
        "init, 2000, 1, 0, 0, 0, -0.2994580629047756, -0.1520074409607943",
        "pattern, 7, 0, 0, 1, 0, 0.4204427854491638, ",
        "pattern, 7, 0, 511, 5, 0, -1.0466249718796337, ",
        "trial, 7, 281474976735656, 3, 101, 2, -0.2534404862032114, -0.23309807877145355"
    })
    void normalsOfBlocks(String stream, long seed, long c0, long c1, long c2, long c3, double a, Double b) {
        Philox4x64 philox = Philox4x64.ofStream(stream, seed);
        philox.block(c0, c1, c2, c3);

        assertThat(philox.normalA()).isEqualTo(a);
        if (b != null) {
            assertThat(philox.normalB()).isEqualTo(b);
        }
    }

    @Test
    void firstWordsOfTheInitStream() {
        Philox4x64 philox = Philox4x64.ofStream("init", 2000);
        philox.block(1, 0, 0, 0);

        assertThat(Long.toUnsignedString(philox.word(0))).isEqualTo("10969662972590397617");
        assertThat(Long.toUnsignedString(philox.word(1))).isEqualTo("5271417566574610632");
        assertThat(Long.toUnsignedString(philox.word(2))).isEqualTo("14925069329247420731");
        assertThat(Long.toUnsignedString(philox.word(3))).isEqualTo("13589546338478649255");
    }

    @Test
    @DisplayName("A-25 moments of 200 000 draws, and the largest value")
    void moments() {
        Philox4x64 philox = Philox4x64.ofStream("init", 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            philox.block(i, 0, 0, 0);
            double a = philox.normalA();
            double b = philox.normalB();
            sum += a + b;
            squares += a * a + b * b;
        }
        assertThat(sum / 200_000).isCloseTo(0, within(0.01));
        assertThat(squares / 200_000).isCloseTo(1, within(0.01));
        assertThat(PolynomialNormal.LARGEST).isEqualTo(PolynomialNormal.of(-1L, 0));
    }
}
