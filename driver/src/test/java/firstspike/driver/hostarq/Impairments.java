package firstspike.driver.hostarq;

/**
 * What happens to datagrams of one direction in an {@link ImpairmentStage}. Immutable; begin with {@link #none()}.
 *
 * @param loss share that vanishes, 0 to 1
 * @param duplication share that arrives twice, 0 to 1
 * @param reordering share that is held for a random time up to {@code holdNanos}, 0 to 1
 * @param holdNanos longest hold of a reordered datagram or of a second copy, ns
 * @param latencyNanos time that every datagram takes, ns
 * @param jitterNanos longest random time on top for every datagram, ns
 * @param corruption share that is damaged so that the receiver can see it, 0 to 1; other damage is the UDP checksum's to find,
 *     HostARQ cannot
 */
public record Impairments(
        double loss,
        double duplication,
        double reordering,
        long holdNanos,
        long latencyNanos,
        long jitterNanos,
        double corruption) {

    private static final long DEFAULT_HOLD_NANOS = 3_000_000;

    /** Checks shares and times. */
    public Impairments {
        share("loss", loss);
        share("duplication", duplication);
        share("reordering", reordering);
        share("corruption", corruption);
        if (holdNanos < 0 || latencyNanos < 0 || jitterNanos < 0) {
            throw new IllegalArgumentException("times: hold " + holdNanos + ", latency " + latencyNanos + ", jitter "
                    + jitterNanos + " ns (limit: 0 or more); choose other times");
        }
    }

    /** Everything passes at once; holds of up to 3 ms when reordering is added. */
    public static Impairments none() {
        return new Impairments(0, 0, 0, DEFAULT_HOLD_NANOS, 0, 0, 0);
    }

    /** The same with another share lost. */
    public Impairments withLoss(double share) {
        return new Impairments(share, duplication, reordering, holdNanos, latencyNanos, jitterNanos, corruption);
    }

    /** The same with another share doubled. */
    public Impairments withDuplication(double share) {
        return new Impairments(loss, share, reordering, holdNanos, latencyNanos, jitterNanos, corruption);
    }

    /** The same with another share held for up to so many ns. */
    public Impairments withReordering(double share, long hold) {
        return new Impairments(loss, duplication, share, hold, latencyNanos, jitterNanos, corruption);
    }

    /** The same with a time for every datagram: from latency to latency + jitter, ns. */
    public Impairments withDelay(long latency, long jitter) {
        return new Impairments(loss, duplication, reordering, holdNanos, latency, jitter, corruption);
    }

    /** The same with another share damaged. */
    public Impairments withCorruption(double share) {
        return new Impairments(loss, duplication, reordering, holdNanos, latencyNanos, jitterNanos, share);
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (limit: 0 to 1); choose a share");
        }
    }
}
