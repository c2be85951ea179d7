package firstspike.runtime.training;

import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.learning.eventprop.TargetTrainsLoss;
import firstspike.runtime.learning.eventprop.TrainLoss;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges samples by their label trains and counts met and surplus spikes where trains are the target. One owner thread. */
final class TrainJudge {
    private final Optional<TrainLoss> loss;
    private double[] gradient = new double[0];
    private double value;
    private int predicted;
    private long wanted;
    private long met;
    private long surplus;

    TrainJudge(Optional<TrainLoss> loss) {
        this.loss = loss;
    }

    void judge(FirstSpikes spikes, int sample, int label) {
        SpikeTrains trains = last(spikes.allTrains());
        TrainLoss of = loss.orElseThrow();
        int count = trains.end(sample, trains.neurons() - 1) - trains.begin(sample, 0);
        if (gradient.length < count) {
            gradient = new double[2 * count];
        }
        value = of.evaluate(trains, sample, label, gradient);
        if (of instanceof TargetTrainsLoss targets) {
            wanted += targets.wanted(label);
            met += targets.met(trains, sample, label);
            surplus += targets.surplus(trains, sample, label);
            predicted = of.right(trains, sample, label) ? label : TrainLoss.NO_CLASS;
        } else {
            predicted = of.classify(trains, sample);
        }
    }

    private static SpikeTrains last(List<SpikeTrains> trains) {
        return trains.get(trains.size() - 1);
    }

    double loss() {
        return value;
    }

    /** Class of the sample; a pattern that was not met as a whole has none. */
    int predicted() {
        return predicted;
    }

    SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = new TreeMap<>();
        if (loss.filter(TargetTrainsLoss.class::isInstance).isPresent()) {
            counters.put("spikes.targets", wanted);
            counters.put("spikes.met", met);
            counters.put("spikes.surplus", surplus);
        }
        return counters;
    }
}
