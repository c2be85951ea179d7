package firstspike.emulator.analog;

/** The rational compression g(r) of a synaptic line, close to tanh(r)/r (analog.md section 13 item 5). */
final class CompressionLaw {
    private CompressionLaw() {}

    /** Compression of a current r in units of the line's full scale, r >= 0. */
    static double g(double r) {
        double q = r * r;
        double n = 15.0 + q;
        double d = 15.0 + 6.0 * q;
        // the smaller one is 1/r exactly where r·N >= D
        return Math.min(n / d, 1.0 / r);
    }
}
