package firstspike.runtime.learning;

import java.util.Objects;

/**
 * Distribution of the initial weights of a layer. Draws come row after row (presynaptic, postsynaptic), layer after layer.
 *
 * @param distribution shape
 * @param mean in weight units
 * @param std standard deviation, at least 0; a uniform distribution spans mean ± sqrt(3) std
 */
public record WeightInit(Distribution distribution, double mean, double std) {
    private static final double SQRT_3 = Math.sqrt(3);

    /** The shapes. */
    public enum Distribution {
        /** Normal. */
        NORMAL,
        /** Uniform with the given mean and standard deviation. */
        UNIFORM
    }

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public WeightInit {
        Objects.requireNonNull(distribution, "distribution");
        if (!Double.isFinite(mean) || !(std >= 0) || Double.isInfinite(std)) {
            throw new IllegalArgumentException(
                    "weight_init mean " + mean + ", std " + std + " (expected: finite, std >= 0)");
        }
    }

    /**
     * Draws the weights of a layer.
     *
     * @param count number of weights
     * @param stream source of the draws
     * @return the weights
     */
    public double[] draw(int count, RandomStream stream) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            double unit =
                    switch (distribution) {
                        case NORMAL -> stream.nextNormal();
                        case UNIFORM -> SQRT_3 * (2 * stream.nextUniform() - 1);
                    };
            weights[i] = mean + std * unit;
        }
        return weights;
    }
}
