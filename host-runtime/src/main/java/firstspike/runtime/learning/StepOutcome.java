package firstspike.runtime.learning;

/**
 * What one batch did.
 *
 * @param bumpedLayer layer that was rescued, -1 for none
 * @param bumpValue increment used by the rescue, 0 without
 * @param bumpSaturated whether the increment was held back by its limit
 * @param updated whether loss, backward pass and optimiser step were done
 * @param loss mean loss, NaN when not updated
 * @param correct samples classified right by the times of the forward pass
 * @param samples number of samples
 * @param missing silent fraction per layer
 * @param gradients special contributions
 */
public record StepOutcome(
        int bumpedLayer,
        double bumpValue,
        boolean bumpSaturated,
        boolean updated,
        double loss,
        int correct,
        int samples,
        double[] missing,
        GradientCounts gradients) {}
