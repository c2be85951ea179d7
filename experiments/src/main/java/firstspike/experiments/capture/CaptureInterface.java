package firstspike.experiments.capture;

/**
 * An interface that a pcapng section describes.
 *
 * @param linkType number of the link layer
 * @param resolution code of the time resolution: negative power of ten, or of two when bit 7 is set
 */
record CaptureInterface(int linkType, int resolution) {

    /** Resolution where the file gives none. */
    static final int MICROSECONDS = 6;

    private static final int NANOSECONDS = 9;
    private static final int BINARY = 0x80;
    private static final int MOST_DECIMALS = 18;

    /** Nanoseconds of a time stamp; finer parts are dropped, a resolution beyond all clocks counts as none. */
    long nanos(long stamp) {
        int exponent = resolution & ~BINARY;
        if ((resolution & BINARY) != 0) {
            if (exponent > 62) {
                return 0;
            }
            long fraction = stamp & (1L << exponent) - 1;
            long nanos = exponent <= 30
                    ? fraction * 1_000_000_000L >> exponent
                    : (fraction >> exponent - 30) * 1_000_000_000L >> 30;
            return (stamp >>> exponent) * 1_000_000_000L + nanos;
        }
        if (exponent > MOST_DECIMALS) {
            return 0;
        }
        return exponent <= NANOSECONDS ? stamp * power(NANOSECONDS - exponent) : stamp / power(exponent - NANOSECONDS);
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
