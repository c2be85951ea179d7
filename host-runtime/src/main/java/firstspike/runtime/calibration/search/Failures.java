package firstspike.runtime.calibration.search;

/** How searches end: the best of the codes that were tested last, and why an instance has none. */
final class Failures {

    private Failures() {}

    /** Marks instances without a number. */
    static void freeze(double[] measured, SearchFailure[] failures) {
        for (int i = 0; i < failures.length; i++) {
            if (Double.isNaN(measured[i])) {
                failures[i] = SearchFailure.NOT_MEASURABLE;
            }
        }
    }

    /**
     * @param tested codes that compete, the ones measured last first
     * @param results what was measured at them
     * @param frozen codes of failed instances
     */
    static SearchOutcome outcome(
            SearchTask task, int[][] tested, double[][] results, SearchFailure[] failures, int[] frozen, int steps) {
        int[] codes = frozen.clone();
        double[] reached = new double[codes.length];
        for (int i = 0; i < codes.length; i++) {
            reached[i] = Double.NaN;
            double best = Double.POSITIVE_INFINITY;
            for (int k = 0; k < tested.length && failures[i] == null; k++) {
                double deviation = Math.abs(results[k][i] - task.targets()[i]);
                if (deviation < best) {
                    best = deviation;
                    codes[i] = tested[k][i];
                    reached[i] = results[k][i];
                }
            }
        }
        markReached(task.range(), codes, failures);
        return new SearchOutcome(codes, reached, failures, steps);
    }

    /** Marks instances that ended at an end of the range. */
    static void markReached(SearchRange range, int[] codes, SearchFailure[] failures) {
        for (int i = 0; i < codes.length; i++) {
            if (failures[i] == null && range.reached(codes[i])) {
                failures[i] = SearchFailure.RANGE_REACHED;
            }
        }
    }
}
