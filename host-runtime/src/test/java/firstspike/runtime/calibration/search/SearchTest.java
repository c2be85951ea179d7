package firstspike.runtime.calibration.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchTest {

    private static final SearchRange CELL = SearchRange.CELL;

    private static double[] all(SearchRange range) {
        return IntStream.rangeClosed(range.low(), range.high()).asDoubleStream().toArray();
    }

    private static double[] identity(int[] codes) {
        return Arrays.stream(codes).asDoubleStream().toArray();
    }

    private static double[] negated(int[] codes) {
        return Arrays.stream(codes).mapToDouble(code -> -code).toArray();
    }

    private static int[] integers(double[] values) {
        return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }

    @Test
    @DisplayName("C-01 bisection hits every code of an identity, also inverted, also in small ranges, also with noise")
    void hitsEveryCode() {
        for (SearchRange range :
                new SearchRange[] {CELL, new SearchRange(0, 1), new SearchRange(5, 9), new SearchRange(3, 40)}) {
            double[] targets = all(range);
            SearchTask task = new SearchTask(range, targets, false);
            assertThat(BinarySearch.plain().search(task, SearchTest::identity).codes())
                    .as("%s", range)
                    .containsExactly(integers(targets));
            double[] negative = Arrays.stream(targets).map(t -> -t).toArray();
            SearchTask inverted = new SearchTask(range, negative, true);
            assertThat(BinarySearch.plain()
                            .search(inverted, SearchTest::negated)
                            .codes())
                    .containsExactly(integers(targets));
        }
        double[] targets = all(CELL);
        for (int amplitude = 1; amplitude <= 29; amplitude++) {
            SearchOutcome outcome = BinarySearch.noisy(amplitude, 4711)
                    .search(new SearchTask(CELL, targets, false), SearchTest::identity);
            assertThat(outcome.codes()).as("noise %d", amplitude).containsExactly(integers(targets));
        }
    }

    @Test
    @DisplayName("C-01 a range that is too small for the search is refused, with noise above the first step too")
    void refusesSmallRanges() {
        SearchTask one = new SearchTask(new SearchRange(7, 7), new double[] {7}, false);
        assertThatThrownBy(() -> BinarySearch.plain().search(one, SearchTest::identity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 to 7");
        SearchTask few = new SearchTask(new SearchRange(0, 15), new double[] {7}, false);
        assertThatThrownBy(() -> BinarySearch.noisy(5, 1).search(few, SearchTest::identity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 codes");
    }

    @Test
    @DisplayName("C-02 for 0 to 1022: 12 steps of 256, 128, … 1, and 13 with noise")
    void increments() {
        assertThat(BinarySearch.plain().increments(CELL)).containsExactly(256, 128, 64, 32, 16, 8, 4, 2, 1, 1, 1, 1);
        assertThat(BinarySearch.noisy(1).increments(CELL))
                .containsExactly(256, 128, 64, 32, 16, 8, 5, 4, 2, 1, 1, 1, 1);
    }

    @Test
    @DisplayName("C-02 the same seed starts at the same codes, all within five codes of the middle")
    void seeded() {
        int[][] first = new int[2][];
        for (int run = 0; run < 2; run++) {
            int[][] starts = new int[1][];
            BinarySearch.noisy(42).search(new SearchTask(CELL, new double[512], false), codes -> {
                starts[0] = starts[0] == null ? codes : starts[0];
                return identity(codes);
            });
            first[run] = starts[0];
        }
        assertThat(first[0]).containsExactly(first[1]);
        assertThat(IntStream.of(first[0]).distinct().count()).isEqualTo(11);
        assertThat(IntStream.of(first[0]).allMatch(code -> Math.abs(code - 511) <= 5))
                .isTrue();
    }

    @Test
    @DisplayName("C-03 a prediction of slope 1 hits in one step")
    void predicts() {
        SearchTask task = new SearchTask(new SearchRange(-128, 127), new double[] {100, 100, 90, 400}, false);
        int[] calls = new int[1];
        SearchOutcome outcome = PredictionSearch.linear(0, 1).search(task, codes -> {
            calls[0]++;
            return new double[] {codes[0] + 60, codes[1] + 131, Double.NaN, codes[3]};
        });
        assertThat(calls[0]).isEqualTo(1);
        assertThat(outcome.codes()).containsExactly(40, -31, 0, 127);
        assertThat(outcome.failures())
                .containsExactly(null, null, SearchFailure.NOT_MEASURABLE, SearchFailure.RANGE_REACHED);
    }

    @Test
    @DisplayName("C-04 a linear search stops at a crossing, and after 50 steps")
    void stopsAtCrossing() {
        SearchTask task = new SearchTask(CELL, new double[] {520.4, 700, 480.4, -1}, false);
        SearchOutcome outcome =
                LinearSearch.from(new int[] {500, 500, 500, 20}, 3).search(task, SearchTest::identity);
        assertThat(outcome.steps()).isEqualTo(50);
        assertThat(outcome.codes()).containsExactly(521, 647, 479, 0);
        assertThat(outcome.failures()[3]).isEqualTo(SearchFailure.RANGE_REACHED);

        SearchTask inverted = new SearchTask(CELL, new double[] {-520.4}, true);
        assertThat(LinearSearch.from(new int[] {500}, 3)
                        .search(inverted, SearchTest::negated)
                        .codes())
                .containsExactly(521);
    }

    @Test
    @DisplayName(
            "C-08 an instance without a number is frozen and failed, one whose target is out of reach too; others go on")
    void failures() {
        SearchTask task = new SearchTask(CELL, new double[] {300, 300, 2000, -50}, false);
        SearchOutcome outcome = BinarySearch.noisy(3).search(task, codes -> {
            double[] results = identity(codes);
            results[1] = Double.NaN;
            return results;
        });
        assertThat(outcome.codes()[0]).isEqualTo(300);
        assertThat(outcome.codes()[2]).isEqualTo(1022);
        assertThat(outcome.failures())
                .containsExactly(
                        null, SearchFailure.NOT_MEASURABLE, SearchFailure.RANGE_REACHED, SearchFailure.RANGE_REACHED);
        assertThat(outcome.codes()[1]).isBetween(506, 516);
    }

    @Test
    @DisplayName("C-18 a secant from stored codes arrives within five steps; instances without slope are bisected")
    void followsTheSlope() {
        int count = 512;
        Random random = new Random(18);
        double[] offset = random.doubles(count, -20, 20).toArray();
        int[] stored = new int[count];
        double[] targets = new double[count];
        double[] limits = new double[count];
        Arrays.fill(stored, 400);
        Arrays.fill(targets, 150);
        Arrays.fill(limits, 0.5);
        int[] calls = new int[1];
        SearchOutcome outcome = new SecantSearch(stored, limits, 1)
                .search(new SearchTask(CELL, targets, false), codes -> {
                    calls[0]++;
                    double[] results = new double[count];
                    for (int i = 0; i < count; i++) {
                        results[i] = 0.37 * codes[i] + offset[i] + (calls[0] > 1 ? 1e-3 * codes[i] : 0);
                    }
                    return results;
                });
        assertThat(calls[0]).isLessThanOrEqualTo(5);
        assertThat(Arrays.stream(outcome.results()).allMatch(result -> Math.abs(result - 150) <= 0.5))
                .isTrue();

        SearchOutcome flat = new SecantSearch(new int[] {400, 400, 400}, new double[] {1, 1, 1}, 1)
                .search(new SearchTask(CELL, new double[] {420, 420, 420}, false), codes -> {
                    double[] results = identity(codes);
                    results[2] = codes[2] < 500 ? 10 : codes[2] - 200;
                    return results;
                });
        assertThat(flat.codes()).containsExactly(420, 420, 620);
    }
}
