package firstspike.experiments.config;

import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.InputTimeNoise;
import firstspike.runtime.learning.Loss;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Schedule;
import firstspike.runtime.learning.WeightInit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an experiment learns.
 *
 * @param epochs passes over the training data, 0 or more
 * @param batchSize samples a step
 * @param batchSizeEvaluation samples a batch of validation and test
 * @param shuffle new order each epoch
 * @param dropLastBatch leave a smaller last batch out
 * @param gradient rule, floor and limit of gradients
 * @param loss what is made small
 * @param optimizer how weights move
 * @param schedule how the rate falls
 * @param rescue how silent neurons are brought back; empty: not at all
 * @param noise on training inputs; empty: none
 * @param weightClip largest weight; empty: none, or what the chip can have
 * @param weightResolution step of weights; empty: none, or what the chip has
 * @param initial distribution of the initial weights a layer
 * @param maxMissing share of silent neurons a layer before rescue
 * @param snapshots epochs whose checkpoint is kept
 * @param stopAfter clean stop after this time; empty: none
 * @param weightsAndBatchesSeed seed of initial weights and order
 * @param noiseSeed seed of the noise streams
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        int batchSizeEvaluation,
        boolean shuffle,
        boolean dropLastBatch,
        GradientSettings gradient,
        Loss loss,
        OptimizerSettings optimizer,
        Schedule schedule,
        Optional<RescueSettings> rescue,
        Optional<InputTimeNoise> noise,
        OptionalDouble weightClip,
        OptionalDouble weightResolution,
        List<WeightInit> initial,
        List<Double> maxMissing,
        List<Integer> snapshots,
        Optional<Duration> stopAfter,
        long weightsAndBatchesSeed,
        long noiseSeed) {

    /** Copies the lists. */
    public TrainingSettings {
        initial = List.copyOf(initial);
        maxMissing = List.copyOf(maxMissing);
        snapshots = List.copyOf(snapshots);
    }
}
