package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Half the squared distance of each label spike to its target time. Silent wrong-label neurons contribute nothing.
 *
 * @param correctTime target of the true label neuron, units of tau
 * @param wrongTime target of the others
 * @param missingTrueLabel loss where the true label neuron is silent
 */
public record MeanSquaredLoss(double correctTime, double wrongTime, double missingTrueLabel) implements Loss {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public MeanSquaredLoss {
        if (!Double.isFinite(correctTime) || !Double.isFinite(wrongTime) || !Double.isFinite(missingTrueLabel)) {
            throw new IllegalArgumentException("loss t_correct " + correctTime + ", t_wrong " + wrongTime
                    + ", missing_true_label_loss " + missingTrueLabel + " (expected: finite)");
        }
    }

    @Override
    public Kind kind() {
        return Kind.MSE;
    }

    @Override
    public double evaluate(double[] times, int offset, int label, double[] gradient) {
        Arrays.fill(gradient, 0);
        if (!(times[offset + label] < Double.POSITIVE_INFINITY)) {
            return missingTrueLabel;
        }
        double loss = 0;
        for (int j = 0; j < gradient.length; j++) {
            double time = times[offset + j];
            if (time < Double.POSITIVE_INFINITY) {
                double distance = time - (j == label ? correctTime : wrongTime);
                gradient[j] = distance;
                loss += 0.5 * distance * distance;
            }
        }
        return loss;
    }

    /** The neuron nearest to the target of the true label; the lowest index wins a tie, -1 without spikes. */
    @Override
    public int classify(double[] times, int offset, int labels) {
        int best = -1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < labels; j++) {
            double distance = Math.abs(times[offset + j] - correctTime);
            if (distance < nearest) {
                nearest = distance;
                best = j;
            }
        }
        return best;
    }
}
