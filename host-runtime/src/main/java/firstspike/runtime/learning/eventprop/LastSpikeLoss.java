package firstspike.runtime.learning.eventprop;

import java.util.Arrays;

/**
 * Half the squared distance of each label's last spike to its target time. A silent label makes the loss a constant without
 * derivatives.
 *
 * @param correctTime target of the true label, units of tau
 * @param wrongTime target of the others, another time
 * @param missing loss of a sample with a silent label
 */
public record LastSpikeLoss(double correctTime, double wrongTime, double missing) implements TrainLoss {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public LastSpikeLoss {
        if (!Double.isFinite(correctTime) || !Double.isFinite(wrongTime) || !Double.isFinite(missing)) {
            throw new IllegalArgumentException("loss t_correct " + correctTime + ", t_wrong " + wrongTime
                    + ", missing_true_label_loss " + missing + " (expected: finite)");
        }
        if (correctTime == wrongTime) {
            throw new IllegalArgumentException("loss t_correct, t_wrong : both " + correctTime
                    + " (expected: two different times); classes differ by the time of their last spike");
        }
    }

    @Override
    public Kind kind() {
        return Kind.LAST_SPIKE;
    }

    @Override
    public double evaluate(SpikeTrains trains, int sample, int label, double[] gradient) {
        int base = trains.begin(sample, 0);
        int neurons = trains.neurons();
        Arrays.fill(gradient, 0, trains.end(sample, neurons - 1) - base, 0);
        for (int neuron = 0; neuron < neurons; neuron++) {
            if (trains.count(sample, neuron) == 0) {
                return missing;
            }
        }
        double value = 0;
        for (int neuron = 0; neuron < neurons; neuron++) {
            int last = trains.end(sample, neuron) - 1;
            double distance = trains.time()[last] - (neuron == label ? correctTime : wrongTime);
            gradient[last - base] = distance;
            value += 0.5 * distance * distance;
        }
        return value;
    }

    /** The label whose last spike is nearest to the correct time; the lowest index wins a tie. */
    @Override
    public int classify(SpikeTrains trains, int sample) {
        int best = NO_CLASS;
        double nearest = Double.POSITIVE_INFINITY;
        for (int neuron = 0; neuron < trains.neurons(); neuron++) {
            if (trains.count(sample, neuron) > 0) {
                double distance = Math.abs(trains.time()[trains.end(sample, neuron) - 1] - correctTime);
                if (distance < nearest) {
                    nearest = distance;
                    best = neuron;
                }
            }
        }
        return best;
    }
}
