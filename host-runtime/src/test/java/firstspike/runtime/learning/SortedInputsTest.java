package firstspike.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedInputsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 25, 32, 33, 64, 121, 256, 785})
    void ordersByTimeThenByRowWhateverTheDistribution(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        SortedInputs sorted = new SortedInputs(rows);
        for (int kind = 0; kind < 8; kind++) {
            double[] times = new double[rows];
            for (int i = 0; i < rows; i++) {
                times[i] = time(kind, random);
            }
            int[] expected = IntStream.range(0, rows)
                    .filter(i -> times[i] < Double.POSITIVE_INFINITY)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> times[i] + 0.0)
                            .thenComparing(Comparator.naturalOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray();

            assertThat(sorted.load(times, rows)).isTrue();

            assertThat(Arrays.copyOf(sorted.row, sorted.count))
                    .as("kind %d", kind)
                    .containsExactly(expected);
            for (int k = 0; k < sorted.count; k++) {
                assertThat(sorted.time[k]).isEqualTo(times[sorted.row[k]]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNoTime(double bad) {
        double[] times = new double[100];
        times[77] = bad;

        assertThat(new SortedInputs(100).load(times, 100)).isFalse();
    }

    private static double time(int kind, SplittableRandom random) {
        double t = random.nextDouble();
        return switch (kind) {
            case 0 -> t;
            case 1 -> random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : 0.15 + 1.85 * t;
            case 2 -> Math.rint(t * 4);
            // all but one of them in one bin
            case 3 -> t < 0.01 ? 1e9 : t * 1e-3;
            case 4 -> t < 0.5 ? -Double.MAX_VALUE * t : Double.MAX_VALUE * t;
            case 5 -> t < 0.5 ? -0.0 : 0.0;
            case 6 -> t * Double.MIN_VALUE * 8;
            default -> Double.POSITIVE_INFINITY;
        };
    }
}
