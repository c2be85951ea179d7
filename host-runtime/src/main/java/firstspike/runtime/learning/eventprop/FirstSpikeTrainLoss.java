package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.Loss;
import java.util.Arrays;

/**
 * A loss of first spikes on trains: only the first spike of a label has a derivative.
 *
 * @param loss of first spikes
 */
public record FirstSpikeTrainLoss(Loss loss) implements TrainLoss {
    @Override
    public Kind kind() {
        return Kind.FIRST_SPIKE;
    }

    @Override
    public double evaluate(SpikeTrains trains, int sample, int label, double[] gradient) {
        double[] times = first(trains, sample);
        double[] byTime = new double[times.length];
        double value = loss.evaluate(times, 0, label, byTime);
        int base = trains.begin(sample, 0);
        Arrays.fill(gradient, 0, trains.end(sample, times.length - 1) - base, 0);
        for (int neuron = 0; neuron < times.length; neuron++) {
            if (trains.count(sample, neuron) > 0) {
                gradient[trains.begin(sample, neuron) - base] = byTime[neuron];
            }
        }
        return value;
    }

    @Override
    public int classify(SpikeTrains trains, int sample) {
        return loss.classify(first(trains, sample), 0, trains.neurons());
    }

    private static double[] first(SpikeTrains trains, int sample) {
        double[] times = new double[trains.neurons()];
        for (int neuron = 0; neuron < times.length; neuron++) {
            times[neuron] = trains.count(sample, neuron) == 0
                    ? Double.POSITIVE_INFINITY
                    : trains.time()[trains.begin(sample, neuron)];
        }
        return times;
    }
}
