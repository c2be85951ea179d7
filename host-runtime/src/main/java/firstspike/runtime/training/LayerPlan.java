package firstspike.runtime.training;

import firstspike.runtime.learning.WeightInit;
import java.util.Objects;

/**
 * How one layer is trained.
 *
 * @param init distribution of its initial weights
 * @param maxMissing largest silent fraction before it is rescued, 0..1
 * @param trainable whether its weights move
 * @param rateFactor its learning rate as a factor on the optimiser's, at least 0
 */
public record LayerPlan(WeightInit init, double maxMissing, boolean trainable, double rateFactor) {
    /** Checks that a distribution is given; ranges are checked where they are used. */
    public LayerPlan {
        Objects.requireNonNull(init, "init");
    }
}
