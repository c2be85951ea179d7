package firstspike.runtime.learning;

/**
 * Noise on the input times of training batches: t becomes |t + N(mean, std)|; absent inputs stay absent.
 *
 * @param mean in units of tau
 * @param std in units of tau, at least 0
 */
public record InputTimeNoise(double mean, double std) {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public InputTimeNoise {
        if (!Double.isFinite(mean) || !(std >= 0) || Double.isInfinite(std)) {
            throw new IllegalArgumentException(
                    "input_time_noise mean " + mean + ", std " + std + " (expected: finite, std >= 0)");
        }
    }

    /**
     * Adds noise, one draw per present input in order.
     *
     * @param times changed in place
     * @param count number of times
     * @param stream source of the draws
     */
    public void apply(double[] times, int count, RandomStream stream) {
        for (int i = 0; i < count; i++) {
            if (times[i] < Double.POSITIVE_INFINITY) {
                times[i] = Math.abs(times[i] + (mean + std * stream.nextNormal()));
            }
        }
    }
}
