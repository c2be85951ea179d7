package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Half the squared deviation of each wrong label's lag behind the true one from a wanted lag. Silent wrong-label neurons
 * contribute nothing.
 *
 * @param lag wanted lag in units of tau, above 0
 * @param missingTrueLabel loss where the true label neuron is silent
 */
public record ShiftInvariantLoss(double lag, double missingTrueLabel) implements Loss {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public ShiftInvariantLoss {
        if (!(lag > 0) || Double.isInfinite(lag) || !Double.isFinite(missingTrueLabel)) {
            throw new IllegalArgumentException("loss delta_t " + lag + ", missing_true_label_loss " + missingTrueLabel
                    + " (expected: delta_t > 0, finite)");
        }
    }

    @Override
    public Kind kind() {
        return Kind.SHIFT_INVARIANT_MSE;
    }

    @Override
    public double evaluate(double[] times, int offset, int label, double[] gradient) {
        Arrays.fill(gradient, 0);
        double trueTime = times[offset + label];
        if (!(trueTime < Double.POSITIVE_INFINITY)) {
            return missingTrueLabel;
        }
        double loss = 0;
        for (int j = 0; j < gradient.length; j++) {
            double time = times[offset + j];
            if (j != label && time < Double.POSITIVE_INFINITY) {
                double deviation = time - trueTime - lag;
                gradient[j] = deviation;
                gradient[label] -= deviation;
                loss += 0.5 * deviation * deviation;
            }
        }
        return loss;
    }
}
