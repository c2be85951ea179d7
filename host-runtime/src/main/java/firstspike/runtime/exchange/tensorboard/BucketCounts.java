package firstspike.runtime.exchange.tensorboard;

import java.util.Arrays;

/**
 * Values counted in buckets of equal width. The arrays are handed over, not copied.
 *
 * @param least smallest value
 * @param most largest value
 * @param number of finite values
 * @param sum of them
 * @param sumOfSquares of them
 * @param limits right edges of the buckets, rising; a value lies in the first bucket whose edge is not below it
 * @param counts values in each bucket
 */
public record BucketCounts(
        double least, double most, long number, double sum, double sumOfSquares, double[] limits, double[] counts) {

    private static final int BUCKETS = 30;

    /**
     * Counts values; those that are not finite are left out.
     *
     * @param values any number of them
     * @return their counts; one empty bucket when there are none
     */
    public static BucketCounts of(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            return new BucketCounts(0, 0, 0, 0, 0, new double[] {0}, new double[] {0});
        }
        double least = Arrays.stream(finite).min().getAsDouble();
        double most = Arrays.stream(finite).max().getAsDouble();
        int buckets = least == most ? 1 : BUCKETS;
        double[] limits = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            limits[i] = i == buckets - 1 ? most : least + (most - least) * (i + 1) / buckets;
        }
        double[] counts = new double[buckets];
        double sum = 0;
        double squares = 0;
        for (double value : finite) {
            int at = Arrays.binarySearch(limits, value);
            counts[at >= 0 ? at : Math.min(buckets - 1, -at - 1)]++;
            sum += value;
            squares += value * value;
        }
        return new BucketCounts(least, most, finite.length, sum, squares, limits, counts);
    }
}
