package firstspike.runtime.calibration.search;

import java.util.Arrays;

/**
 * Steps of one size from a guess until the result crosses the target (calibration.md 3): for observables that are good near
 * the guess only. Immutable.
 */
public final class LinearSearch implements Search {

    private static final int MOST_STEPS = 50;

    private final int[] initial;
    private final int stepSize;
    private final int mostSteps;

    private LinearSearch(int[] initial, int stepSize, int mostSteps) {
        this.initial = initial;
        this.stepSize = stepSize;
        this.mostSteps = mostSteps;
    }

    /**
     * From the middle of the range.
     *
     * @param stepSize codes, 1 or more
     */
    public static LinearSearch fromMiddle(int stepSize) {
        return new LinearSearch(null, checked(stepSize), MOST_STEPS);
    }

    /**
     * @param initial code of each instance, within the range
     * @param stepSize codes, 1 or more
     */
    public static LinearSearch from(int[] initial, int stepSize) {
        return new LinearSearch(initial.clone(), checked(stepSize), MOST_STEPS);
    }

    /**
     * @param steps measurements at most, 1 or more
     * @return the same search with another limit than 50
     */
    public LinearSearch atMost(int steps) {
        return new LinearSearch(initial, stepSize, steps);
    }

    private static int checked(int stepSize) {
        if (stepSize < 1) {
            throw new IllegalArgumentException(
                    "step of a linear search: " + stepSize + " codes (limit: 1 or more); choose a size");
        }
        return stepSize;
    }

    @Override
    public SearchOutcome search(SearchTask task, Observable observable) {
        int count = task.instances();
        int[] codes = new int[count];
        int middle = task.range().low() + task.range().size() / 2;
        Arrays.setAll(codes, i -> task.range().clip(initial == null ? middle : initial[i]));
        int[][] tested = {codes.clone(), codes.clone()};
        double[][] results = new double[2][count];
        Arrays.fill(results[1], Double.POSITIVE_INFINITY);
        boolean[] stopped = new boolean[count];
        boolean[] up = new boolean[count];
        SearchFailure[] failures = new SearchFailure[count];
        int steps = 0;
        int moving = count;
        while (moving > 0 && steps < mostSteps) {
            double[] measured = observable.measure(codes.clone());
            Failures.freeze(measured, failures);
            moving = 0;
            for (int i = 0; i < count; i++) {
                if (stopped[i]) {
                    continue;
                }
                boolean below = measured[i] < task.targets()[i];
                if (steps == 0) {
                    up[i] = below != task.inverted();
                } else {
                    tested[1][i] = tested[0][i];
                    results[1][i] = results[0][i];
                }
                tested[0][i] = codes[i];
                results[0][i] = measured[i];
                int next = task.range().clip(up[i] ? codes[i] + stepSize : codes[i] - stepSize);
                boolean crossed = below != (up[i] != task.inverted());
                stopped[i] = failures[i] != null || crossed || next == codes[i];
                if (!stopped[i] && steps + 1 < mostSteps) {
                    codes[i] = next;
                    moving++;
                }
            }
            steps++;
        }
        return Failures.outcome(task, tested, results, failures, codes, steps);
    }
}
