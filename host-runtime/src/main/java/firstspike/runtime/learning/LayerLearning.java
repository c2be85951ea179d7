package firstspike.runtime.learning;

/**
 * What learning needs to know of one layer beyond its shape.
 *
 * @param maxMissing largest silent fraction of (sample, neuron) pairs before the layer is rescued, 0..1
 * @param trainable whether its weights move
 * @param rateFactor factor on the learning rate, at least 0
 * @param grid resolution and range of its weights
 */
public record LayerLearning(double maxMissing, boolean trainable, double rateFactor, WeightGrid grid) {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public LayerLearning {
        if (!(maxMissing >= 0 && maxMissing <= 1) || !(rateFactor >= 0) || Double.isInfinite(rateFactor)) {
            throw new IllegalArgumentException("layer max_missing_fraction " + maxMissing + ", rate factor "
                    + rateFactor + " (expected: 0..1, finite and >= 0)");
        }
    }
}
