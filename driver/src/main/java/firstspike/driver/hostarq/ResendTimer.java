package firstspike.driver.hostarq;

/**
 * How long a frame may be on its way before it is sent again (wire.md 13): the smoothed time to the acknowledgement and four
 * deviations, as in RFC 6298, between 756 µs and 64 ms. Times in ns.
 *
 * <p>Two things differ from that RFC, because here dozens of acknowledgements come in one round trip and the partner may share a
 * busy processor with us: the deviation falls much more slowly than it rises, so that a delay of some milliseconds every now and
 * then is remembered; and the time-out doubles only when an acknowledgement came so long after the last copy that it more likely
 * belongs to an earlier one, and once in a time-out. Otherwise lost frames would slow the line down as if it were long.
 */
final class ResendTimer {

    /** Start and least: half the time of a full window at line rate, ns. */
    static final long LEAST_NANOS = 756_000;

    /** The most, ns. */
    static final long MOST_NANOS = 64_000_000;

    private static final int DEVIATIONS = 4;
    private static final int MEAN_SHARE = 8;
    private static final int RISE_SHARE = 4;
    private static final int FALL_SHARE = 256;

    private long mean;
    private long deviation;
    private long timeout = LEAST_NANOS;
    private long notBefore;

    /** As at the beginning of a session. */
    void reset() {
        mean = 0;
        deviation = 0;
        timeout = LEAST_NANOS;
        notBefore = 0;
    }

    /** The time-out now, ns. */
    long timeoutNanos() {
        return timeout;
    }

    /**
     * The oldest frame in flight was acknowledged and had been sent once.
     *
     * @param nanos since it was sent, 0 or more
     */
    void measured(long nanos) {
        if (mean == 0) {
            mean = nanos;
            deviation = nanos / 2;
        } else {
            long error = Math.abs(nanos - mean);
            deviation += (error - deviation) / (error > deviation ? RISE_SHARE : FALL_SHARE);
            mean += (nanos - mean) / MEAN_SHARE;
        }
        timeout = clamp(mean + DEVIATIONS * deviation);
    }

    /**
     * The oldest frame in flight was acknowledged and had been sent more than once.
     *
     * @param sinceLastNanos since it was sent last, ns
     * @param now ns
     */
    void ambiguous(long sinceLastNanos, long now) {
        if (sinceLastNanos > mean + deviation && now >= notBefore) {
            timeout = clamp(2 * timeout);
            notBefore = now + timeout;
        }
    }

    private static long clamp(long nanos) {
        return Math.max(LEAST_NANOS, Math.min(nanos, MOST_NANOS));
    }
}
