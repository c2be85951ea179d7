package firstspike.emulator.analog;

/**
 * A standard normal from two raw 64-bit words by the written-down Box-Muller method of analog.md section 1: logarithm and
 * cosine are polynomials, so that only + - * / and square root occur and every machine gives the same bits.
 */
public final class PolynomialNormal {
    /** Largest absolute value that any pair of words gives. */
    public static final double LARGEST = 8.571674348652905;

    private static final double TWO_POW_MINUS_53 = 0x1.0p-53;
    private static final double ROOT_TWO = 1.4142135623730951;
    private static final double LN2_HIGH = 0.6931471803691238;
    private static final double LN2_LOW = 1.9082149292705877e-10;

    private PolynomialNormal() {}

    /** The normal of two words: radius from the first, angle from the second. */
    public static double of(long a, long b) {
        double x = 1.0 - (a >>> 11) * TWO_POW_MINUS_53;
        double u = (b >>> 11) * TWO_POW_MINUS_53;
        return Math.sqrt(-2.0 * ln(x)) * cosOfTurns(u);
    }

    /** A uniform number in [0, 1) of one word. */
    public static double uniform(long word) {
        return (word >>> 11) * TWO_POW_MINUS_53;
    }

    private static double ln(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int e = (int) (bits >>> 52) - 1023;
        double m = Double.longBitsToDouble(bits & 0x000F_FFFF_FFFF_FFFFL | 0x3FF0_0000_0000_0000L);
        if (m > ROOT_TWO) {
            m = m * 0.5;
            e = e + 1;
        }
        double s = (m - 1.0) / (m + 1.0);
        double y = s * s;
        double p = 0.1461644968504464;
        p = p * y + 0.15331721600555942;
        p = p * y + 0.18182889125261725;
        p = p * y + 0.2222221113479508;
        p = p * y + 0.28571428625975487;
        p = p * y + 0.39999999999899505;
        p = p * y + 0.666666666666667;
        return e * LN2_HIGH + (s * (2.0 + y * p) + e * LN2_LOW);
    }

    private static double cosOfTurns(double u) {
        double t = 4.0 * u;
        int q = (int) (t + 0.5);
        double f = t - q;
        double g = f * f;
        switch (q & 3) {
            case 0:
                return cosine(g);
            case 1:
                return -(f * sine(g));
            case 2:
                return -cosine(g);
            default:
                return f * sine(g);
        }
    }

    private static double cosine(double g) {
        double p = -6.329396344967424e-09;
        p = p * g + 4.710678405505227e-07;
        p = p * g + -2.5202039028029178e-05;
        p = p * g + 0.0009192602745468447;
        p = p * g + -0.020863480763340773;
        p = p * g + 0.2536695079010478;
        p = p * g + -1.2337005501361697;
        return 1.0 + g * p;
    }

    private static double sine(double g) {
        double p = 5.633933781537854e-08;
        p = p * g + -3.59864335298231e-06;
        p = p * g + 0.0001604411507421909;
        p = p * g + -0.004681754132340976;
        p = p * g + 0.07969262624604301;
        p = p * g + -0.6459640975062443;
        p = p * g + 1.5707963267948966;
        return p;
    }
}
