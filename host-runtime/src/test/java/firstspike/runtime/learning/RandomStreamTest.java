package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Test
    void drawsTheWordsOfTheReferenceGenerator() {
        RandomStream stream = RandomStream.of("init", 2000);

        assertThat(stream.state()).containsExactly(790592641504057707L, 4119814329566692254L, 0, 0, 0, 0, 4);
        String[] expected = {
            "10969662972590397617",
            "5271417566574610632",
            "14925069329247420731",
            "13589546338478649255",
            "17212405425575613638"
        };
        for (String word : expected) {
            assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo(word);
        }
    }

    @Test
    @DisplayName("A-25 the polynomial normal gives the published bits")
    void normalGivesThePublishedBits() {
        assertThat(PolynomialNormal.of(0, 0)).isEqualTo(-0.0);
        assertThat(PolynomialNormal.of(-1L, 0)).isEqualTo(8.571674348652905);
        assertThat(PolynomialNormal.of(0x8000000000000000L, 0x4000000000000000L))
                .isEqualTo(-0.0);
        assertThat(PolynomialNormal.of(0x8000000000000000L, 0x2000000000000000L))
                .isEqualTo(0.8325546111576977);
        assertThat(PolynomialNormal.of(0x0123456789abcdefL, 0xfedcba9876543210L))
                .isEqualTo(0.09434911401889069);
        block("init", 2000, new long[] {1, 0, 0, 0}, -0.2994580629047756, -0.1520074409607943);
        block("pattern", 7, new long[] {0, 0, 1, 0}, 0.4204427854491638, Double.NaN);
        block("pattern", 7, new long[] {0, 511, 5, 0}, -1.0466249718796337, Double.NaN);
        block("trial", 7, new long[] {(1L << 48) + 25000, 3, 101, 2}, -0.2534404862032114, -0.23309807877145355);
    }

    private static void block(String name, long seed, long[] counter, double a, double b) {
        long[] key = RandomStream.of(name, seed).state();
        long[] out = new long[4];
        Philox4x64.block(key, counter, out);
        assertThat(PolynomialNormal.of(out[0], out[1])).isEqualTo(a);
        if (!Double.isNaN(b)) {
            assertThat(PolynomialNormal.of(out[2], out[3])).isEqualTo(b);
        }
    }

    @Test
    void continuesFromAStoredStateAtAnyPositionOfTheBuffer() {
        for (int draws = 0; draws < 9; draws++) {
            RandomStream stream = RandomStream.of("shuffle", 5);
            for (int i = 0; i < draws; i++) {
                stream.nextLong();
            }
            RandomStream copy = RandomStream.ofState(stream.state());
            for (int i = 0; i < 9; i++) {
                assertThat(copy.nextLong())
                        .as("after %s draws, word %s", draws, i)
                        .isEqualTo(stream.nextLong());
            }
        }
    }

    @Test
    void carriesTheCounterIntoTheNextWord() {
        RandomStream stream = RandomStream.ofState(new long[] {1, 2, -1, -1, 0, 0, 4});

        stream.nextLong();

        assertThat(stream.state()).containsExactly(1, 2, 0, 0, 1, 0, 1);
    }

    @Test
    void integersAreInRangeAndEven() {
        RandomStream stream = RandomStream.of("test", 1);
        int[] counts = new int[3];
        for (int i = 0; i < 30_000; i++) {
            counts[stream.nextInt(3)]++;
        }

        for (int count : counts) {
            assertThat(count).isBetween(9_700, 10_300);
        }
        assertThat(stream.nextInt(1)).isZero();
        assertThatThrownBy(() -> stream.nextInt(0)).hasMessageContaining("bound : 0");
    }

    @Test
    void normalsHaveMomentsOfTheNormalDistribution() {
        RandomStream stream = RandomStream.of("test", 2);
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double z = stream.nextNormal();
            sum += z;
            squares += z * z;
        }

        assertThat(Math.abs(sum / n)).isLessThan(0.01);
        assertThat(Math.abs(squares / n - 1)).isLessThan(0.015);
    }

    @Test
    void shuffleIsAPermutationThatTheSeedDecides() {
        int[] a = identity(100);
        int[] b = identity(100);
        RandomStream.of("shuffle", 9).shuffle(a);
        RandomStream.of("shuffle", 9).shuffle(b);

        assertThat(a).isEqualTo(b).isNotEqualTo(identity(100));
        assertThat(a).containsExactlyInAnyOrder(identity(100));
    }

    private static int[] identity(int n) {
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        return values;
    }
}
