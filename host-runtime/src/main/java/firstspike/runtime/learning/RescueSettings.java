package firstspike.runtime.learning;

/**
 * How layers with too many silent neurons are brought back ({@code inloop.md} sections 8 and 14.4).
 *
 * @param value first bump value in weight units, above 0
 * @param exponential double the value while the same layer is bumped in consecutive batches
 * @param targeted bump only neurons that were silent in at least one sample of the batch
 * @param learn a rescued batch also does its update
 * @param max the bump value never exceeds it, at least {@code value}
 */
public record RescueSettings(double value, boolean exponential, boolean targeted, boolean learn, double max) {
    /** Upper limit without a weight clip. */
    public static final double MAX_WITHOUT_CLIP = 10;

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public RescueSettings {
        if (!(value > 0) || Double.isInfinite(value) || !(max >= value)) {
            throw new IllegalArgumentException(
                    "silent_rescue value " + value + ", max " + max + " (expected: 0 < value <= max, value finite)");
        }
    }

    /**
     * The published form.
     *
     * @param value first bump value
     * @param weightClip largest weight magnitude, infinite without clip
     * @return exponential, targeted, without learning, limited to twice the clip or 10
     */
    public static RescueSettings published(double value, double weightClip) {
        return new RescueSettings(value, true, true, false, Math.max(value, defaultMax(weightClip)));
    }

    /**
     * Where doubling stops by default.
     *
     * @param weightClip largest weight magnitude, infinite without clip
     * @return twice the clip, or 10
     */
    public static double defaultMax(double weightClip) {
        return weightClip < Double.POSITIVE_INFINITY ? 2 * weightClip : MAX_WITHOUT_CLIP;
    }
}
