package firstspike.runtime.learning;

import java.util.Objects;

/**
 * How gradients are computed and limited.
 *
 * @param rule formulas of the derivatives
 * @param minSlope floor of the slope in gradients, 0 (none, as the published code) to 1 ({@code inloop.md} section 3.1)
 * @param maxWeightGradient a (sample, neuron) contribution with a larger weight gradient is dropped; positive infinity for no limit
 * @param minNormalisedSlope below it the implicit rule takes a gradient of 0, at least 0
 */
public record GradientSettings(
        LearningRule rule, double minSlope, double maxWeightGradient, double minNormalisedSlope) {
    /** Default of {@code minNormalisedSlope}. */
    public static final double FLAT = 1e-3;

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public GradientSettings {
        Objects.requireNonNull(rule, "rule");
        if (!(minSlope >= 0 && minSlope <= 1)) {
            throw new IllegalArgumentException("minSlope : " + minSlope + " (expected: 0..1, 0 for no floor)");
        }
        if (!(maxWeightGradient > 0)) {
            throw new IllegalArgumentException(
                    "maxWeightGradient : " + maxWeightGradient + " (expected: > 0, infinite for no limit)");
        }
        if (!(minNormalisedSlope >= 0)) {
            throw new IllegalArgumentException("minNormalisedSlope : " + minNormalisedSlope + " (expected: >= 0)");
        }
    }

    /**
     * Settings with the default of the flat limit.
     *
     * @param rule formulas of the derivatives
     * @param minSlope floor of the slope, 0 for none
     * @param maxWeightGradient limit of a contribution, infinite for none
     * @return the settings
     */
    public static GradientSettings of(LearningRule rule, double minSlope, double maxWeightGradient) {
        return new GradientSettings(rule, minSlope, maxWeightGradient, FLAT);
    }
}
