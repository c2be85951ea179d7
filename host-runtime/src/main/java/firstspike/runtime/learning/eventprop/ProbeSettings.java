package firstspike.runtime.learning.eventprop;

/**
 * Strength of probes and how trains are paired.
 *
 * @param amount the derivative of a probe, 0 (no probes) or more
 * @param match largest distance of a spike and its target, units of tau, 0 or more
 */
public record ProbeSettings(double amount, double match) {
    /** Where no label has spiked, the true one is lifted this long after the last arrival, units of tau. */
    public static final double AFTER_LAST_ARRIVAL = 0.5;

    /** No probes. */
    public static final ProbeSettings NONE = new ProbeSettings(0, 1);

    /**
     * The same with a part of the amount.
     *
     * @param samples of a batch, 1 or more
     * @return a changed copy
     */
    ProbeSettings dividedBy(int samples) {
        return new ProbeSettings(amount / samples, match);
    }

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public ProbeSettings {
        if (!(amount >= 0) || Double.isInfinite(amount) || !(match >= 0)) {
            throw new IllegalArgumentException(
                    "training probe " + amount + ", match " + match + " (expected: finite, 0 or more)");
        }
    }
}
