package firstspike.runtime.learning;

/**
 * Response of a membrane to one unit of charge, K(s), and its slope, for any two time constants ({@code inloop.md} sections 4
 * and 5). One expression covers all ratios, without cancellation at or near equal time constants.
 */
final class UnitKernel {
    private static final double SERIES = 1e-8;

    /** From here on the difference of two decays keeps 14 digits. */
    private static final double APART = 1.0 / 64;

    private final double tauMem;
    private final double tauSyn;
    private final double tauLong;
    private final double spread;

    UnitKernel(double tauMem, double tauSyn) {
        this.tauMem = tauMem;
        this.tauSyn = tauSyn;
        this.tauLong = Math.max(tauMem, tauSyn);
        this.spread = Math.abs(rateDifference());
    }

    /** 1/tauSyn - 1/tauMem. */
    double rateDifference() {
        return 1 / tauSyn - 1 / tauMem;
    }

    /** K at a time s of 0 or more after the input. */
    double value(double s) {
        return value(s, Exponential.of(-s / tauLong));
    }

    /** K where the decay over s with the longer time constant is known. */
    double value(double s, double decay) {
        double x = -spread * s;
        double phi = x > -SERIES ? 1 + x / 2 : Exponential.minusOne(x) / x;
        return s * decay * phi;
    }

    /**
     * K where the decays over s with both time constants are known: their difference, unless it would lose digits.
     *
     * @param mem e^(-s/tauMem)
     * @param syn e^(-s/tauSyn)
     */
    double value(double s, double mem, double syn) {
        return spread * s > APART ? Math.abs(mem - syn) / spread : value(s, tauMem >= tauSyn ? mem : syn);
    }

    /** K' where K is known. */
    double slope(double s, double value) {
        return Exponential.of(-s / tauSyn) - value / tauMem;
    }
}
