package firstspike.runtime.training;

import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.learning.Loss;
import firstspike.runtime.learning.SilentNeuronRescue;
import firstspike.runtime.learning.eventprop.SpikeTrains;
import firstspike.runtime.learning.eventprop.TrainLoss;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges the weights in force of an executor on a set of samples, without noise and without learning. */
public final class Evaluator {
    private final Network network;
    private final Loss loss;
    private final int batchSize;
    private final Optional<TrainLoss> trainLoss;

    /**
     * An evaluator of what a plan trains.
     *
     * @param network network that the executor runs
     * @param plan its losses and the size of its batches
     */
    public Evaluator(Network network, TrainingPlan plan) {
        this(network, plan.loss(), plan.evaluationBatchSize(), plan.trains().map(TrainSettings::loss));
    }

    /**
     * An evaluator of first spikes.
     *
     * @param network network that the executor runs
     * @param loss loss and class decision
     * @param batchSize samples of a batch, 1 or more
     */
    public Evaluator(Network network, Loss loss, int batchSize) {
        this(network, loss, batchSize, Optional.empty());
    }

    private Evaluator(Network network, Loss loss, int batchSize, Optional<TrainLoss> trainLoss) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size : " + batchSize + " (expected: > 0)");
        }
        this.network = network;
        this.loss = loss;
        this.batchSize = batchSize;
        this.trainLoss = trainLoss;
    }

    /**
     * Runs all samples.
     *
     * @param executor has its weights loaded
     * @param set samples, none is legal
     * @return what came out
     * @throws IllegalArgumentException for a label that the network has no neuron for
     */
    public Evaluation evaluate(NetworkExecutor executor, SampleSet set) {
        int classes = network.outputs();
        int layers = network.layers().size();
        int[] order = new int[set.size()];
        Arrays.setAll(order, i -> i);
        int[] predicted = new int[set.size()];
        double[] labelTimes = new double[set.size() * classes];
        double[] silent = new double[layers];
        double[] gradient = new double[classes];
        double sum = 0;
        double chipSeconds = 0;
        int correct = 0;
        List<SpikeTrains> labelTrains = new ArrayList<>();
        TrainJudge judge = new TrainJudge(trainLoss);
        SortedMap<String, Long> counters = Collections.unmodifiableSortedMap(new TreeMap<>());
        for (int from = 0; from < order.length; from += batchSize) {
            SampleSet batch = set.part(order, from, Math.min(order.length, from + batchSize));
            FirstSpikes spikes = executor.run(batch.spikes(), RunIntent.EVALUATE);
            double[] times = spikes.layers()[layers - 1];
            for (int i = 0; i < batch.size(); i++) {
                int label = batch.labels()[i];
                if (label >= classes && trainLoss.isEmpty()) {
                    throw new IllegalArgumentException("label of sample " + (from + i) + " : " + label
                            + " (expected: 0.." + (classes - 1) + ", one per label neuron)");
                }
                if (trainLoss.isPresent()) {
                    judge.judge(spikes, i, label);
                    sum += judge.loss();
                    predicted[from + i] = judge.predicted();
                } else {
                    sum += loss.evaluate(times, i * classes, label, gradient);
                    predicted[from + i] = loss.classify(times, i * classes, classes);
                }
                correct += predicted[from + i] == label ? 1 : 0;
            }
            if (trainLoss.isPresent()) {
                labelTrains.add(spikes.allTrains().get(layers - 1));
            }
            System.arraycopy(times, 0, labelTimes, from * classes, batch.size() * classes);
            for (int layer = 0; layer < layers; layer++) {
                int pairs = batch.size() * network.layers().get(layer).size();
                silent[layer] += batch.size() * SilentNeuronRescue.missing(spikes.layers()[layer], pairs);
            }
            counters = HealthCounters.join(counters, spikes.counters());
            counters = HealthCounters.join(counters, TrainHealth.of(spikes.trains()));
            chipSeconds += spikes.chipSeconds();
        }
        counters = HealthCounters.join(counters, judge.counters());
        double samples = Math.max(1, order.length);
        double[] missing = Arrays.stream(silent).map(s -> s / samples).toArray();
        return new Evaluation(
                order.length,
                correct,
                sum / samples,
                predicted,
                labelTimes,
                labelTrains,
                missing,
                counters,
                chipSeconds);
    }
}
