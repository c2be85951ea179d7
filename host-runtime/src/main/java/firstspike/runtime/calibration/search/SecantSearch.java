package firstspike.runtime.calibration.search;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Follows the slope from codes that were good once (calibration.md 3): the fast way to calibrate again. An instance whose
 * slope cannot be believed is searched by noisy bisection. Immutable.
 */
public final class SecantSearch implements Search {

    /** Measurements after the one at the stored codes. */
    private static final int MOST_STEPS = 4;

    private static final int PROBE = 8;
    private static final double LARGEST_STEP = 64;
    private static final double LEAST_SLOPE = 0.1;

    private final int[] stored;
    private final double[] limits;
    private final long seed;

    /**
     * @param stored codes to start from, one an instance
     * @param limits deviation from the target at which an instance stops, in the unit of the observable
     * @param seed of the bisection that some instances need
     */
    public SecantSearch(int[] stored, double[] limits, long seed) {
        this.stored = stored.clone();
        this.limits = limits.clone();
        this.seed = seed;
    }

    @Override
    public SearchOutcome search(SearchTask task, Observable observable) {
        State state = new State(task, observable);
        state.measure();
        state.probe();
        state.measure();
        boolean[] steep = state.believable();
        for (int step = 2; step <= MOST_STEPS && state.follow(steep); step++) {
            state.measure();
        }
        return state.outcome(steep);
    }

    private final class State {

        private final SearchTask task;
        private final Observable observable;
        private final int count;
        private final int[] codes;
        private final int[] before;
        private double[] results;
        private double[] resultsBefore;
        private final double[] slopes;
        private final int[] best;
        private final double[] bestResults;
        private final SearchFailure[] failures;
        private int steps;

        State(SearchTask task, Observable observable) {
            this.task = task;
            this.observable = observable;
            count = task.instances();
            codes = IntStream.of(stored).map(task.range()::clip).toArray();
            before = codes.clone();
            best = codes.clone();
            bestResults = new double[count];
            Arrays.fill(bestResults, Double.NaN);
            slopes = new double[count];
            failures = new SearchFailure[count];
        }

        void measure() {
            resultsBefore = results;
            results = observable.measure(codes.clone());
            steps++;
            Failures.freeze(results, failures);
            for (int i = 0; i < count; i++) {
                if (!(deviation(bestResults[i], i) <= deviation(results[i], i))) {
                    best[i] = codes[i];
                    bestResults[i] = results[i];
                }
            }
        }

        private double deviation(double result, int i) {
            return Math.abs(result - task.targets()[i]);
        }

        private boolean done(int i) {
            return failures[i] != null || deviation(bestResults[i], i) <= limits[i];
        }

        /** Goes some codes towards the target, or away from it where the range ends. */
        void probe() {
            for (int i = 0; i < count; i++) {
                if (failures[i] == null) {
                    int direction = results[i] < task.targets()[i] != task.inverted() ? PROBE : -PROBE;
                    int next = task.range().clip(codes[i] + direction);
                    codes[i] = next == codes[i] ? task.range().clip(codes[i] - direction) : next;
                }
            }
        }

        /** Where the slope has the right sign and is not far below what others have. */
        boolean[] believable() {
            double sign = task.inverted() ? -1 : 1;
            for (int i = 0; i < count; i++) {
                slopes[i] = sign * (results[i] - resultsBefore[i]) / (codes[i] - before[i]);
            }
            double[] sorted =
                    DoubleStream.of(slopes).filter(Double::isFinite).sorted().toArray();
            double least = sorted.length == 0 ? 0 : LEAST_SLOPE * sorted[sorted.length / 2];
            boolean[] steep = new boolean[count];
            for (int i = 0; i < count; i++) {
                steep[i] = slopes[i] > 0 && slopes[i] >= least;
                slopes[i] *= sign;
            }
            return steep;
        }

        /** Moves instances that have not arrived; false when none moves. */
        boolean follow(boolean[] steep) {
            boolean moved = false;
            for (int i = 0; i < count; i++) {
                if (done(i) || !steep[i]) {
                    codes[i] = best[i];
                    continue;
                }
                double slope = slope(i);
                double step = (task.targets()[i] - results[i]) / slope;
                before[i] = codes[i];
                long rounded = Math.round(Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step)));
                codes[i] = task.range().clip((int) (codes[i] + rounded));
                moved |= codes[i] != before[i];
            }
            return moved;
        }

        /** Slope through the last two points; the first one where these are too near to each other to tell. */
        private double slope(int i) {
            if (Math.abs(codes[i] - before[i]) >= PROBE) {
                double slope = (results[i] - resultsBefore[i]) / (codes[i] - before[i]);
                if (slope * slopes[i] > 0 && Math.abs(slope) >= LEAST_SLOPE * Math.abs(slopes[i])) {
                    return slope;
                }
            }
            return slopes[i];
        }

        SearchOutcome outcome(boolean[] steep) {
            int[] lost =
                    IntStream.range(0, count).filter(i -> !steep[i] && !done(i)).toArray();
            if (lost.length > 0) {
                bisect(lost);
            }
            Failures.markReached(task.range(), best, failures);
            return new SearchOutcome(best, bestResults, failures, steps);
        }

        private void bisect(int[] lost) {
            double[] targets =
                    IntStream.of(lost).mapToDouble(i -> task.targets()[i]).toArray();
            SearchOutcome found = BinarySearch.noisy(seed)
                    .search(new SearchTask(task.range(), targets, task.inverted()), some -> {
                        int[] all = best.clone();
                        for (int k = 0; k < lost.length; k++) {
                            all[lost[k]] = some[k];
                        }
                        double[] measured = observable.measure(all);
                        return IntStream.of(lost).mapToDouble(i -> measured[i]).toArray();
                    });
            for (int k = 0; k < lost.length; k++) {
                best[lost[k]] = found.codes()[k];
                bestResults[lost[k]] = found.results()[k];
                failures[lost[k]] = found.failures()[k];
            }
            steps += found.steps();
        }
    }
}
