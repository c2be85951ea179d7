package firstspike.runtime.learning;

/**
 * A standard normal number from two raw words by polynomials, with + - * / and square root only, so that every machine gives
 * the same bits ({@code analog.md} section 1). Relative error below 1.03e-15; the largest magnitude is 8.5717.
 */
public final class PolynomialNormal {
    private static final double SQRT_2 = 1.4142135623730951;
    private static final double LN2_HIGH = 0.6931471803691238;
    private static final double LN2_LOW = 1.9082149292705877e-10;
    private static final double UNIT = 0x1p-53;

    private static final double[] LOG = {
        0.666666666666667,
        0.39999999999899505,
        0.28571428625975487,
        0.2222221113479508,
        0.18182889125261725,
        0.15331721600555942,
        0.1461644968504464
    };
    private static final double[] COS = {
        -1.2337005501361697,
        0.2536695079010478,
        -0.020863480763340773,
        0.0009192602745468447,
        -2.5202039028029178e-05,
        4.710678405505227e-07,
        -6.329396344967424e-09
    };
    private static final double[] SIN = {
        1.5707963267948966,
        -0.6459640975062443,
        0.07969262624604301,
        -0.004681754132340976,
        0.0001604411507421909,
        -3.59864335298231e-06,
        5.633933781537854e-08
    };

    private PolynomialNormal() {}

    /**
     * The normal number of two raw words.
     *
     * @param a word that gives the radius
     * @param b word that gives the angle
     * @return the number, -8.5717 to 8.5717
     */
    public static double of(long a, long b) {
        double x = 1.0 - (a >>> 11) * UNIT;
        double u = (b >>> 11) * UNIT;
        return Math.sqrt(-2.0 * log(x)) * cosTurn(u);
    }

    private static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) - 1023;
        double m = Double.longBitsToDouble((bits & 0x000F_FFFF_FFFF_FFFFL) | 0x3FF0_0000_0000_0000L);
        if (m > SQRT_2) {
            m *= 0.5;
            exponent++;
        }
        double s = (m - 1.0) / (m + 1.0);
        double y = s * s;
        return exponent * LN2_HIGH + (s * (2.0 + y * horner(LOG, y)) + exponent * LN2_LOW);
    }

    private static double cosTurn(double u) {
        double t = 4.0 * u;
        int quadrant = (int) (t + 0.5);
        double f = t - quadrant;
        double g = f * f;
        return switch (quadrant & 3) {
            case 0 -> 1.0 + g * horner(COS, g);
            case 1 -> -(f * horner(SIN, g));
            case 2 -> -(1.0 + g * horner(COS, g));
            default -> f * horner(SIN, g);
        };
    }

    private static double horner(double[] coefficients, double x) {
        double sum = coefficients[6];
        for (int degree = 5; degree >= 0; degree--) {
            sum = sum * x + coefficients[degree];
        }
        return sum;
    }
}
