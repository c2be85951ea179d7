package firstspike.runtime.learning;

/**
 * The exponential function with the bits of {@link StrictMath#exp}: the same operations in the same order (FDLIBM's reduction by
 * multiples of ln 2 and its polynomial), but without its branches by magnitude, which input times of a sample take at random.
 * Where FDLIBM takes a short cut that this form would round otherwise, and outside [-700, 700], it is asked itself.
 */
class Exponential {
    /** Magnitudes from here on are not for {@link #of(double[], int, double[])}. */
    static final double LIMIT = 700;

    static final double TINY = 0x1p-28;
    static final double INVERSE_LN2 = 0x1.71547652b82fep0;
    static final double LN2_HIGH = 0x1.62e42fee00000p-1;
    static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    static final double P1 = 0x1.555555555553ep-3;
    static final double P2 = -0x1.6c16c16bebd93p-9;
    static final double P3 = 0x1.1566aaf25de2cp-14;
    static final double P4 = -0x1.bbd41c5d26bf1p-20;
    static final double P5 = 0x1.6376972bea4d0p-25;
    /** Below this magnitude FDLIBM does not reduce: half of ln 2, cut after 32 bits. */
    static final double UNREDUCED = Double.longBitsToDouble(0x3fd62e4300000000L);

    /** Plus a small integer it has that integer in its low bits. */
    static final double INTEGER = 0x1.8p52;

    private static final double Q1 = -3.33333333333331316428e-02;
    private static final double Q2 = 1.58730158725481460165e-03;
    private static final double Q3 = -7.93650757867487942473e-05;
    private static final double Q4 = 4.00821782732936239552e-06;
    private static final double Q5 = -2.01099218183624371326e-07;
    /** Below this magnitude e to the power x minus 1 is x itself. */
    private static final double LINEAR = 0x1p-54;

    static final int EXPONENT_SHIFT = 52;

    /** Makes any number but 0 larger than 1, and any distance from {@link #UNREDUCED}. */
    private static final double HUGE = 0x1p1000;

    final double[] multiple;
    final double[] high;

    /**
     * Makes the scratch arrays for many numbers at a time. One owner thread.
     *
     * @param capacity most numbers
     */
    Exponential(int capacity) {
        multiple = new double[capacity];
        high = new double[capacity];
    }

    /**
     * The same for many numbers. Loops without branches and integers, each over few arrays and short enough that the compiler turns
     * it into vector instructions, which it does not do with one long loop.
     *
     * @param x numbers; a magnitude of 700 or more gives any value
     * @param n how many, at most the capacity
     * @param out receives the powers; another array
     */
    void of(double[] x, int n, double[] out) {
        for (int i = 0; i < n; i++) {
            multiple[i] = Math.floor(INVERSE_LN2 * Math.abs(x[i]) + 0.5);
        }
        for (int i = 0; i < n; i++) {
            // FDLIBM's reduction is symmetric, so the sign may come afterwards
            double sign = Math.max(-1, Math.min(1, x[i] * HUGE));
            // 0 below the magnitude that is not reduced, else no limit
            double most = Math.max(0, (Math.abs(x[i]) - UNREDUCED) * HUGE + 1);
            multiple[i] = sign * Math.min(most, multiple[i]);
        }
        for (int i = 0; i < n; i++) {
            high[i] = x[i] - multiple[i] * LN2_HIGH;
        }
        for (int i = 0; i < n; i++) {
            double r = high[i] - multiple[i] * LN2_LOW;
            double t = r * r;
            out[i] = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
        }
        for (int i = 0; i < n; i++) {
            double low = multiple[i] * LN2_LOW;
            // 0 where FDLIBM takes 1 + x
            double some = Math.min(1, Math.max(0, (Math.abs(x[i]) - TINY) * HUGE + 1));
            double quotient = (high[i] - low) * out[i] / (2 - out[i]);
            out[i] = 1 - (low - quotient * some - high[i]);
        }
        for (int i = 0; i < n; i++) {
            // the multiple in the low bits of a large number, moved to where an exponent is
            out[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(out[i])
                    + (Double.doubleToRawLongBits(multiple[i] + INTEGER) << EXPONENT_SHIFT));
        }
    }

    /**
     * e to the power x.
     *
     * @param x any number
     * @return as {@link StrictMath#exp}, bit by bit
     */
    static double of(double x) {
        double magnitude = Math.abs(x);
        if (!(magnitude < LIMIT) || magnitude < TINY) {
            return StrictMath.exp(x);
        }
        int k = magnitude < UNREDUCED ? 0 : (int) (INVERSE_LN2 * x + Math.copySign(0.5, x));
        double high = x - k * LN2_HIGH;
        double low = k * LN2_LOW;
        double r = high - low;
        double t = r * r;
        double c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
        double y = 1 - ((low - (r * c) / (2 - c)) - high);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) + ((long) k << EXPONENT_SHIFT));
    }

    /**
     * e to the power x, minus 1.
     *
     * @param x any number
     * @return as {@link StrictMath#expm1}, bit by bit
     */
    static double minusOne(double x) {
        double magnitude = Math.abs(x);
        if (!(magnitude < UNREDUCED) || magnitude < LINEAR) {
            return StrictMath.expm1(x);
        }
        double half = 0.5 * x;
        double square = x * half;
        double r = 1 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
        double t = 3 - r * half;
        double e = square * ((r - t) / (6 - x * t));
        return x - (x * e - square);
    }
}
