package firstspike.runtime.learning;

/** The principal branch W0 of the Lambert function, w e^w = z ({@code inloop.md} section 5, {@code java.md} section 5.2). */
final class LambertW {
    static final double N1 = 1.7206545588654842;
    static final double N2 = 1.0667528747586486;
    static final double N3 = 0.2883658098632426;
    static final double N4 = 0.03241439129339607;
    static final double N5 = 0.0011425598760866544;
    static final double N6 = 2.8635219362158834e-06;
    static final double D1 = 2.053987892198805;
    static final double D2 = 1.598637727714331;
    static final double D3 = 0.5870709763027822;
    static final double D4 = 0.1029243776030589;
    static final double D5 = 0.007635715346872396;
    static final double D6 = 0.0001653683558533225;

    private static final double BRANCH = -1 / StrictMath.E;
    private static final int MAX_STEPS = 30;
    /** Below this e z is far enough from the branch point to be subtracted from 1. */
    static final double STEEP = 0.9;
    /** Above this e z lies below the branch point, whatever its rounding and any tolerance. */
    static final double BELOW = 1 + 1e-6;

    private LambertW() {}

    /**
     * 1 + W0(z) for z in [-1/e, 0], given as p = sqrt(2 (1 + e z)): a quotient of polynomials without cancellation near the
     * branch point.
     */
    static double onePlus(double p) {
        double n = (((((N6 * p + N5) * p + N4) * p + N3) * p + N2) * p + N1) * p + 1;
        double d = (((((D6 * p + D5) * p + D4) * p + D3) * p + D2) * p + D1) * p + 1;
        return p * n / d;
    }

    /** Whether the steepness -e z that was computed for many sums at a time holds and is far from the branch point. */
    static boolean isFar(double a, double ratio, double steepness) {
        return a > 0 && steepness < STEEP && Math.abs(1 + ratio) < Exponential.LIMIT;
    }

    /**
     * 1 + W0(z) of many z that are far from the branch point, right where {@code ez} is below {@link #STEEP}. A loop that becomes
     * vector instructions.
     *
     * @param ez -e z
     * @param n how many
     * @param out receives the values
     */
    static void onePlus(double[] ez, int n, double[] out) {
        for (int i = 0; i < n; i++) {
            double p = Math.sqrt(2 * (1 - ez[i]));
            double numerator = (((((N6 * p + N5) * p + N4) * p + N3) * p + N2) * p + N1) * p + 1;
            double denominator = (((((D6 * p + D5) * p + D4) * p + D3) * p + D2) * p + D1) * p + 1;
            out[i] = p * numerator / denominator;
        }
    }

    /**
     * 1 + W0(z) for z = -(c/a) e^ratio, the quantity at which a membrane with prefix sums a and b = ratio a reaches c.
     *
     * @param a above 0
     * @param tolerance how far ln(-e z) may exceed 0 and still count as the branch point
     * @return 0 at the branch point, NaN when z lies below it
     */
    static double onePlus(double ratio, double a, double drive, double tolerance) {
        double ez = Exponential.of(1 + ratio) * (drive / a);
        if (a > 0 && ez < STEEP) {
            return onePlus(Math.sqrt(2 * (1 - ez)));
        }
        return a > 0 && ez > BELOW ? Double.NaN : nearBranch(ratio, a, drive, tolerance);
    }

    /** The same near the branch point, where the difference from 1 is what counts; all that is not below {@link #STEEP}. */
    private static double nearBranch(double ratio, double a, double drive, double tolerance) {
        double q = 1 + ratio - Logarithm.log(a / drive);
        if (q < 0) {
            return onePlus(Math.sqrt(-2 * Exponential.minusOne(q)));
        }
        return q <= tolerance ? 0 : Double.NaN;
    }

    /**
     * W0(z) by Halley steps.
     *
     * @return NaN below -1/e (1 + 4e-16), and -1 between that and -1/e
     */
    static double w0(double z) {
        if (z < BRANCH * (1 + 4e-16) || Double.isNaN(z)) {
            return Double.NaN;
        }
        if (z <= BRANCH) {
            return -1;
        }
        if (z == 0 || z == Double.POSITIVE_INFINITY) {
            return z;
        }
        double w = start(z);
        for (int step = 0; step < MAX_STEPS; step++) {
            double e = StrictMath.exp(w);
            double f = w * e - z;
            double dw = f / (e * (w + 1) - (w + 2) * f / (2 * w + 2));
            w -= dw;
            if (!(Math.abs(dw) >= 1e-14 * (1 + Math.abs(w)))) {
                break;
            }
        }
        return w;
    }

    private static double start(double z) {
        if (z < -0.25) {
            double p = Math.sqrt(Math.max(0, 2 * (StrictMath.E * z + 1)));
            return -1 + p - p * p / 3 + 11 * p * p * p / 72;
        }
        if (z <= 0.2) {
            return z * (1 - z);
        }
        if (z > StrictMath.E) {
            double log = StrictMath.log(z);
            return log - StrictMath.log(log);
        }
        return z / (1 + z);
    }
}
