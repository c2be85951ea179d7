package firstspike.runtime.learning;

/**
 * The logarithm with the bits of {@link StrictMath#log}: the same operations in the same order (FDLIBM) as Java code, for on Java
 * 17 that function is a native call. Arguments that neither spikes nor slopes have are left to it.
 */
final class Logarithm {
    private static final double LN2_HIGH = 0x1.62e42fee00000p-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double L1 = 6.666666666666735130e-01;
    private static final double L2 = 3.999999999940941908e-01;
    private static final double L3 = 2.857142874366239149e-01;
    private static final double L4 = 2.222219843214978396e-01;
    private static final double L5 = 1.818357216161805012e-01;
    private static final double L6 = 1.531383769920937332e-01;
    private static final double L7 = 1.479819860511658591e-01;

    private static final int BIAS = 1023;
    private static final int MANTISSA = 0xfffff;
    private static final int HIDDEN = 0x100000;
    private static final int ONE = 0x3ff00000;

    private Logarithm() {}

    /**
     * The natural logarithm.
     *
     * @param x any number
     * @return as {@link StrictMath#log}, bit by bit
     */
    static double log(double x) {
        if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
            return StrictMath.log(x);
        }
        long bits = Double.doubleToRawLongBits(x);
        int high = (int) (bits >>> Integer.SIZE);
        int mantissa = high & MANTISSA;
        // the mantissa between sqrt(1/2) and sqrt(2)
        int half = mantissa + 0x95f64 & HIDDEN;
        if ((2 + mantissa & MANTISSA) < 3) {
            return StrictMath.log(x); // within 2^-20 of a power of two
        }
        double k = (high >> 20) - BIAS + (half >> 20);
        double f = Double.longBitsToDouble((long) (mantissa | half ^ ONE) << Integer.SIZE | bits & 0xffffffffL) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double r = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
        if ((mantissa - 0x6147a | 0x6b851 - mantissa) > 0) {
            double square = 0.5 * f * f;
            return k * LN2_HIGH - (square - (s * (square + r) + k * LN2_LOW) - f);
        }
        return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
    }
}
