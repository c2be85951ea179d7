package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Published cross entropy of spike times with a term that asks for early spikes:
 * {@code ln Σ exp(-T_j/xi) + T_true/xi + alpha exp(T_true/beta)}.
 *
 * @param xi width of the softmax in units of tau, above 0
 * @param alpha weight of the early-spike term, at least 0
 * @param beta scale of the early-spike term, above 0
 * @param missingTrueLabel loss where the true label neuron is silent
 */
public record CrossEntropyLoss(double xi, double alpha, double beta, double missingTrueLabel) implements Loss {
    /** The published values: 0.2, 0.005, 1, 100. */
    public static final CrossEntropyLoss PUBLISHED = new CrossEntropyLoss(0.2, 0.005, 1, MISSING_TRUE_LABEL);

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public CrossEntropyLoss {
        if (!(xi > 0) || !(beta > 0) || !(alpha >= 0) || !Double.isFinite(missingTrueLabel)) {
            throw new IllegalArgumentException("loss xi " + xi + ", alpha " + alpha + ", beta " + beta
                    + ", missing_true_label_loss " + missingTrueLabel
                    + " (expected: xi > 0, alpha >= 0, beta > 0, finite)");
        }
    }

    @Override
    public Kind kind() {
        return Kind.TTFS_CROSS_ENTROPY;
    }

    @Override
    public double evaluate(double[] times, int offset, int label, double[] gradient) {
        double trueTime = times[offset + label];
        Arrays.fill(gradient, 0);
        if (!(trueTime < Double.POSITIVE_INFINITY)) {
            return missingTrueLabel;
        }
        double earliest = trueTime;
        for (int j = 0; j < gradient.length; j++) {
            earliest = Math.min(earliest, times[offset + j]);
        }
        double sum = 0;
        for (int j = 0; j < gradient.length; j++) {
            double share = times[offset + j] < Double.POSITIVE_INFINITY
                    ? StrictMath.exp((earliest - times[offset + j]) / xi)
                    : 0;
            gradient[j] = share;
            sum += share;
        }
        double late = StrictMath.exp(trueTime / beta);
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] = gradient[j] == 0 ? 0 : -gradient[j] / (sum * xi);
        }
        gradient[label] += 1 / xi + alpha / beta * late;
        return StrictMath.log(sum) + (trueTime - earliest) / xi + alpha * late;
    }
}
