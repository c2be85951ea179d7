package firstspike.runtime.calibration.fit;

import java.util.Arrays;

/**
 * What is said of many values of one quantity (calibration.md 7). Values that are NaN, those of elements that could not be
 * measured, are left out and counted apart. Without any value all numbers are NaN.
 *
 * @param count values
 * @param missing values that are NaN
 * @param mean arithmetic mean
 * @param sigma standard deviation of a sample
 * @param trimmedSigma the same without the lowest and the highest 5 %
 * @param least smallest value
 * @param percentile5 5 % lie below
 * @param percentile25 25 %
 * @param median 50 %
 * @param percentile75 75 %
 * @param percentile95 95 %
 * @param most largest value
 */
public record Statistics(
        int count,
        int missing,
        double mean,
        double sigma,
        double trimmedSigma,
        double least,
        double percentile5,
        double percentile25,
        double median,
        double percentile75,
        double percentile95,
        double most) {

    private static final double TRIM = 0.05;

    /**
     * @param values in any order, NaN where there is none; not written
     * @return what is said of them
     */
    public static Statistics of(double[] values) {
        double[] sorted = sorted(values);
        int cut = (int) Math.floor(TRIM * sorted.length);
        double[] inner = Arrays.copyOfRange(sorted, cut, sorted.length - cut);
        return new Statistics(
                sorted.length,
                values.length - sorted.length,
                mean(sorted),
                sigma(sorted),
                sigma(inner),
                percentile(sorted, 0),
                percentile(sorted, 0.05),
                percentile(sorted, 0.25),
                percentile(sorted, 0.5),
                percentile(sorted, 0.75),
                percentile(sorted, 0.95),
                percentile(sorted, 1));
    }

    /**
     * @param values in any order, NaN where there is none; not written
     * @return their median, NaN without any
     */
    public static double median(double[] values) {
        return percentile(sorted(values), 0.5);
    }

    /** Distance between the quartiles. */
    public double interquartileRange() {
        return percentile75 - percentile25;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double sigma(double[] values) {
        if (values.length < 2) {
            return values.length == 0 ? Double.NaN : 0;
        }
        double mean = mean(values);
        double square = 0;
        for (double value : values) {
            square += (value - mean) * (value - mean);
        }
        return Math.sqrt(square / (values.length - 1));
    }

    /** Linear between neighbours in rank. */
    private static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = share * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
