package firstspike.runtime.calibration.search;

import java.util.Arrays;

/**
 * One measurement and a model of the code as a polynomial of the result, whose constant each instance finds anew
 * (calibration.md 3). Immutable.
 */
public final class PredictionSearch implements Search {

    private final int probe;
    private final double[] coefficients;

    private PredictionSearch(int probe, double[] coefficients) {
        this.probe = probe;
        this.coefficients = coefficients;
    }

    /**
     * @param probe code that is measured
     * @param coefficients of the code by powers of the result, from the constant up
     */
    public static PredictionSearch polynomial(int probe, double... coefficients) {
        return new PredictionSearch(probe, coefficients.clone());
    }

    /**
     * @param probe code that is measured
     * @param slope codes for one unit of the result
     */
    public static PredictionSearch linear(int probe, double slope) {
        return new PredictionSearch(probe, new double[] {0, slope});
    }

    /** Measures once; the results of the outcome are NaN, for nothing is measured at the codes that were found. */
    @Override
    public SearchOutcome search(SearchTask task, Observable observable) {
        int[] codes = new int[task.instances()];
        Arrays.fill(codes, task.range().clip(probe));
        double[] measured = observable.measure(codes.clone());
        SearchFailure[] failures = new SearchFailure[codes.length];
        Failures.freeze(measured, failures);
        double[] unknown = new double[codes.length];
        Arrays.fill(unknown, Double.NaN);
        for (int i = 0; i < codes.length; i++) {
            if (failures[i] == null) {
                double offset = codes[i] - model(measured[i]);
                long predicted = Math.round(model(task.targets()[i]) + offset);
                codes[i] = task.range().clip((int) Math.max(Math.min(predicted, Integer.MAX_VALUE), Integer.MIN_VALUE));
            }
        }
        Failures.markReached(task.range(), codes, failures);
        return new SearchOutcome(codes, unknown, failures, 1);
    }

    private double model(double result) {
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum * result + coefficients[k];
        }
        return sum;
    }
}
