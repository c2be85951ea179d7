package firstspike.runtime.learning;

import java.util.Objects;

/**
 * Optimiser of the weights ({@code inloop.md} section 9).
 *
 * @param kind algorithm
 * @param learningRate rate before the schedule, at least 0
 * @param beta1 decay of Adam's first moment, 0 to below 1
 * @param beta2 decay of Adam's second moment, 0 to below 1
 * @param epsilon added to Adam's denominator, above 0
 * @param momentum decay of the buffer of gradient descent, 0 to below 1
 */
public record OptimizerSettings(
        Kind kind, double learningRate, double beta1, double beta2, double epsilon, double momentum) {
    /** The optimisers. */
    public enum Kind {
        /** Adam with bias correction, without weight decay. */
        ADAM,
        /** Gradient descent with momentum. */
        SGD
    }

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public OptimizerSettings {
        Objects.requireNonNull(kind, "kind");
        require("learning_rate", learningRate, learningRate >= 0 && Double.isFinite(learningRate), "finite and >= 0");
        require("beta1", beta1, beta1 >= 0 && beta1 < 1, "0 <= beta1 < 1");
        require("beta2", beta2, beta2 >= 0 && beta2 < 1, "0 <= beta2 < 1");
        require("epsilon", epsilon, epsilon > 0, "> 0");
        require("momentum", momentum, momentum >= 0 && momentum < 1, "0 <= momentum < 1");
    }

    /**
     * Adam with its usual constants.
     *
     * @param learningRate rate before the schedule
     * @return the settings
     */
    public static OptimizerSettings adam(double learningRate) {
        return new OptimizerSettings(Kind.ADAM, learningRate, 0.9, 0.999, 1e-8, 0);
    }

    /**
     * Gradient descent.
     *
     * @param learningRate rate before the schedule
     * @param momentum decay of the buffer
     * @return the settings
     */
    public static OptimizerSettings sgd(double learningRate, double momentum) {
        return new OptimizerSettings(Kind.SGD, learningRate, 0.9, 0.999, 1e-8, momentum);
    }

    private static void require(String name, double value, boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("optimizer " + name + " : " + value + " (expected: " + rule + ")");
        }
    }
}
