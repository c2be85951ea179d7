package firstspike.emulator.planned;

/**
 * e^-y for y at or above 0 by a table of steps of 1/64 and a polynomial of degree 5: only + - *, so the same bits on every
 * machine (java.md 3.3). Relative error below 1e-15.
 */
final class TableExp {
    private static final int STEPS = 64;
    private static final int ENTRIES = 40 * STEPS;
    private static final double[] TABLE = new double[ENTRIES + 2];

    static {
        for (int k = 0; k < TABLE.length; k++) {
            TABLE[k] = StrictMath.exp(-k / (double) STEPS);
        }
    }

    private TableExp() {}

    /** e^-y. */
    static double of(double y) {
        double scaled = y * STEPS;
        if (!(scaled < ENTRIES)) {
            return StrictMath.exp(-y);
        }
        int k = (int) (scaled + 0.5);
        double r = (k - scaled) * (1.0 / STEPS);
        double r2 = r * r;
        return TABLE[k] * (1 + r + r2 * ((0.5 + r * (1.0 / 6)) + r2 * ((1.0 / 24) + r * (1.0 / 120))));
    }
}
