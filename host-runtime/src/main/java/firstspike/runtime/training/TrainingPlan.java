package firstspike.runtime.training;

import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.InputTimeNoise;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.Loss;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Schedule;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.network.Network;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything that decides a training apart from network, executor and data.
 *
 * @param epochs passes over the training set, 0 or more
 * @param batchSize samples of a batch, 1 or more; the last batch may be smaller
 * @param evaluationBatchSize samples of a batch of validation, 1 or more
 * @param shuffle whether each epoch has an order of its own
 * @param dropLastBatch whether a smaller last batch is left out
 * @param gradients learning rule and its limits
 * @param loss loss of the label times
 * @param optimizer optimiser
 * @param schedule course of the learning rate
 * @param rescue rescue of silent neurons, empty for none
 * @param noise noise on the input times of training batches, empty for none
 * @param layers one for each layer
 * @param snapshots epochs after which a checkpoint is written; the first and the last state always are
 * @param stopAfter time after which the training stops with a checkpoint, empty for none
 * @param batchSeed seed of initial weights and batches
 * @param noiseSeed seed of noise
 * @param trains how the network learns from all its spikes; empty where first spikes alone count
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        int evaluationBatchSize,
        boolean shuffle,
        boolean dropLastBatch,
        GradientSettings gradients,
        Loss loss,
        OptimizerSettings optimizer,
        Schedule schedule,
        Optional<RescueSettings> rescue,
        Optional<InputTimeNoise> noise,
        List<LayerPlan> layers,
        SortedSet<Integer> snapshots,
        Optional<Duration> stopAfter,
        long batchSeed,
        long noiseSeed,
        Optional<TrainSettings> trains) {
    /** Checks ranges and copies collections; throws {@link IllegalArgumentException} that names the value. */
    public TrainingPlan {
        require("epochs", epochs, epochs >= 0, ">= 0");
        require("batch_size", batchSize, batchSize >= 1, ">= 1");
        require("batch_size_evaluation", evaluationBatchSize, evaluationBatchSize >= 1, ">= 1");
        Objects.requireNonNull(gradients, "gradients");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        layers = List.copyOf(layers);
        snapshots = Collections.unmodifiableSortedSet(new TreeSet<>(snapshots));
    }

    /**
     * A plan for first spikes.
     *
     * @param epochs passes over the training set
     * @param batchSize samples of a batch
     * @param evaluationBatchSize samples of a batch of validation
     * @param shuffle whether each epoch has an order of its own
     * @param dropLastBatch whether a smaller last batch is left out
     * @param gradients learning rule and its limits
     * @param loss loss of the label times
     * @param optimizer optimiser
     * @param schedule course of the learning rate
     * @param rescue rescue of silent neurons, empty for none
     * @param noise noise on the input times of training batches, empty for none
     * @param layers one for each layer
     * @param snapshots epochs after which a checkpoint is written
     * @param stopAfter time after which the training stops, empty for none
     * @param batchSeed seed of initial weights and batches
     * @param noiseSeed seed of noise
     */
    public TrainingPlan(
            int epochs,
            int batchSize,
            int evaluationBatchSize,
            boolean shuffle,
            boolean dropLastBatch,
            GradientSettings gradients,
            Loss loss,
            OptimizerSettings optimizer,
            Schedule schedule,
            Optional<RescueSettings> rescue,
            Optional<InputTimeNoise> noise,
            List<LayerPlan> layers,
            SortedSet<Integer> snapshots,
            Optional<Duration> stopAfter,
            long batchSeed,
            long noiseSeed) {
        this(
                epochs,
                batchSize,
                evaluationBatchSize,
                shuffle,
                dropLastBatch,
                gradients,
                loss,
                optimizer,
                schedule,
                rescue,
                noise,
                layers,
                snapshots,
                stopAfter,
                batchSeed,
                noiseSeed,
                Optional.empty());
    }

    /** Batches of an epoch over so many samples. */
    int batches(int samples) {
        return dropLastBatch ? samples / batchSize : (int) (((long) samples + batchSize - 1) / batchSize);
    }

    private static void require(String name, int value, boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("training." + name + " : " + value + " (expected: " + rule + ")");
        }
    }

    /**
     * The weights that a training draws when it is given none, before any limit of a target.
     *
     * @param network whose weights they are
     * @return a layer: row-major (row, neuron)
     */
    public double[][] initialWeights(Network network) {
        RandomStream init = RandomStream.of(Trainer.INIT, batchSeed);
        double[][] weights = new double[layers.size()][];
        List<LayerModel> models = LayerModels.of(network);
        for (int l = 0; l < weights.length; l++) {
            weights[l] = layers.get(l).init().draw(models.get(l).weights(), init);
        }
        return weights;
    }
}
