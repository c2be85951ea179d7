package firstspike.runtime.calibration.fit;

/**
 * A straight line through the origin or with an intercept, by least squares.
 *
 * @param slope per unit of x; NaN when x does not vary
 * @param intercept value at x = 0
 */
public record LineFit(double slope, double intercept) {

    /**
     * @param x places
     * @param y values, as many
     * @return the line through them
     */
    public static LineFit of(double[] x, double[] y) {
        int n = x.length;
        double sx = 0;
        double sy = 0;
        for (int i = 0; i < n; i++) {
            sx += x[i];
            sy += y[i];
        }
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - sx / n) * (x[i] - sx / n);
            xy += (x[i] - sx / n) * (y[i] - sy / n);
        }
        double slope = xx > 0 ? xy / xx : Double.NaN;
        return new LineFit(slope, (sy - slope * sx) / n);
    }

    /**
     * @param x places, not all 0
     * @param y values, as many
     * @return slope of the line through the origin; NaN where all places are 0
     */
    public static double throughOrigin(double[] x, double[] y) {
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += x[i] * x[i];
            xy += x[i] * y[i];
        }
        return xx > 0 ? xy / xx : Double.NaN;
    }
}
