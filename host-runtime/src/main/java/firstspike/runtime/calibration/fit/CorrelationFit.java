package firstspike.runtime.calibration.fit;

import java.util.Arrays;

/**
 * The decay of what pairs of events leave on correlation sensors with the distance of the two events (calibration.md 4.11):
 * a line through the logarithms, in which each value weighs as much as it stands above the noise.
 *
 * @param amplitude at distance 0, in the unit of the values; the largest value when too few stand above the noise
 * @param tauUs microseconds, at most {@link #LONGEST_US}; 0 when too few values stand above the noise to see a decay
 */
public record CorrelationFit(double amplitude, double tauUs) {

    /** A slower decay is not told from none. */
    public static final double LONGEST_US = 1000;

    /**
     * @param delaysUs distances, microseconds, two or more
     * @param values one a distance
     * @param floor values below it are noise
     * @return the fit
     */
    public static CorrelationFit of(double[] delaysUs, double[] values, double floor) {
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        int used = 0;
        for (int k = 0; k < values.length; k++) {
            if (values[k] > floor) {
                // the error of a logarithm is that of the value over the value
                double weight = values[k] * values[k];
                double y = Math.log(values[k]);
                sum += weight;
                sumX += weight * delaysUs[k];
                sumY += weight * y;
                sumXx += weight * delaysUs[k] * delaysUs[k];
                sumXy += weight * delaysUs[k] * y;
                used++;
            }
        }
        if (used < 2) {
            return new CorrelationFit(Math.max(0, Arrays.stream(values).max().orElse(0)), 0);
        }
        double slope = (sum * sumXy - sumX * sumY) / (sum * sumXx - sumX * sumX);
        double tau = slope < -1 / LONGEST_US ? -1 / slope : LONGEST_US;
        return new CorrelationFit(Math.exp((sumY + sumX / tau) / sum), tau);
    }
}
