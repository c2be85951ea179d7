package firstspike.runtime.learning;

/**
 * Contributions of (sample, neuron) pairs that were treated specially.
 *
 * @param dropped above the largest weight gradient, absent from the weight gradient
 * @param floored slope below the floor, scaled down
 * @param flat no usable slope, taken as 0
 * @param nonfinite error or derivative that is no finite number, taken as 0
 */
public record GradientCounts(long dropped, long floored, long flat, long nonfinite) {
    /** Nothing counted. */
    public static final GradientCounts NONE = new GradientCounts(0, 0, 0, 0);

    /**
     * Sum of two counts.
     *
     * @param other counts to add
     * @return the sum
     */
    public GradientCounts plus(GradientCounts other) {
        return new GradientCounts(
                dropped + other.dropped, floored + other.floored, flat + other.flat, nonfinite + other.nonfinite);
    }
}
