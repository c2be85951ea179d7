package firstspike.emulator.analog;

/** The functions of time that a current-based membrane is made of (analog.md 9). Times in seconds. */
final class Kinetics {
    /** Length of a half-tick. */
    static final double HALF_TICK_S = 4e-9;

    private static final double SMALL = 0.125;
    private static final double PEAK_MARGIN = 1 + 1e-9;
    private static final double NEARLY_EQUAL = 1e-6;

    private Kinetics() {}

    /** e^(-s/tau). */
    static double decay(double s, double tau) {
        return StrictMath.exp(-s / tau);
    }

    /** Response of the membrane to a current of 1 at s = 0: K(s), safe for equal and nearly equal time constants. */
    static double rise(double s, double tauM, double tauX) {
        double x = -Math.abs(1 / tauX - 1 / tauM) * s;
        return s * StrictMath.exp(-s / Math.max(tauM, tauX)) * phi(x);
    }

    /** expm1(x)/x for x <= 0; near 0 its series, the first term left out being below 3e-17. */
    static double phi(double x) {
        if (x < -SMALL) {
            return StrictMath.expm1(x) / x;
        }
        double p = 1.0 / 3628800;
        p = p * x + 1.0 / 362880;
        p = p * x + 1.0 / 40320;
        p = p * x + 1.0 / 5040;
        p = p * x + 1.0 / 720;
        p = p * x + 1.0 / 120;
        p = p * x + 1.0 / 24;
        p = p * x + 1.0 / 6;
        p = p * x + 1.0 / 2;
        return p * x + 1;
    }

    /** An upper bound of K(s) over all s, tight to 1e-9. */
    static double peak(double tauM, double tauX) {
        double ratio = tauM / tauX;
        double at = Math.abs(ratio - 1) < NEARLY_EQUAL ? tauX : StrictMath.log(ratio) / (1 / tauX - 1 / tauM);
        return rise(at, tauM, tauX) * PEAK_MARGIN;
    }
}
