package firstspike.runtime.training;

import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.learning.GradientCounts;
import firstspike.runtime.learning.StepOutcome;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums over the batches of an epoch so far. Stored in a checkpoint, so that an epoch that is continued reports the same metrics.
 *
 * @param batches batches done
 * @param samples samples seen
 * @param correct samples classified right
 * @param lossSamples samples of batches that had a loss
 * @param lossSum sum of their losses
 * @param silent per layer, silent fraction times samples
 * @param bumps per layer, batches that rescued it
 * @param saturated rescues held back by their limit
 * @param gradients special contributions
 * @param counters health counters of the executor
 * @param chipSeconds time that the chip was busy
 * @param wallSeconds time spent
 */
public record EpochTotals(
        int batches,
        long samples,
        long correct,
        long lossSamples,
        double lossSum,
        double[] silent,
        long[] bumps,
        long saturated,
        GradientCounts gradients,
        SortedMap<String, Long> counters,
        double chipSeconds,
        double wallSeconds) {

    /** Nothing summed. */
    static EpochTotals none(int layers) {
        return new EpochTotals(
                0, 0, 0, 0, 0, new double[layers], new long[layers], 0, GradientCounts.NONE, new TreeMap<>(), 0, 0);
    }

    /** These sums and one more batch. */
    EpochTotals plus(StepOutcome outcome, FirstSpikes spikes) {
        double[] nextSilent = silent.clone();
        long[] nextBumps = bumps.clone();
        for (int i = 0; i < nextSilent.length; i++) {
            nextSilent[i] += outcome.missing()[i] * outcome.samples();
        }
        if (outcome.bumpedLayer() >= 0) {
            nextBumps[outcome.bumpedLayer()]++;
        }
        boolean hasLoss = outcome.updated();
        return new EpochTotals(
                batches + 1,
                samples + outcome.samples(),
                correct + outcome.correct(),
                lossSamples + (hasLoss ? outcome.samples() : 0),
                lossSum + (hasLoss ? outcome.loss() * outcome.samples() : 0),
                nextSilent,
                nextBumps,
                saturated + (outcome.bumpSaturated() ? 1 : 0),
                gradients.plus(outcome.gradients()),
                HealthCounters.join(counters, spikes.counters()),
                chipSeconds + spikes.chipSeconds(),
                wallSeconds);
    }

    /** These sums with the time spent in them. */
    EpochTotals withWall(double seconds) {
        return new EpochTotals(
                batches,
                samples,
                correct,
                lossSamples,
                lossSum,
                silent,
                bumps,
                saturated,
                gradients,
                counters,
                chipSeconds,
                seconds);
    }

    /** These sums and the counters of a validation. */
    EpochTotals plus(Evaluation evaluation) {
        return new EpochTotals(
                batches,
                samples,
                correct,
                lossSamples,
                lossSum,
                silent,
                bumps,
                saturated,
                gradients,
                Collections.unmodifiableSortedMap(HealthCounters.join(counters, evaluation.counters())),
                chipSeconds + evaluation.chipSeconds(),
                wallSeconds);
    }

    /** Loss and accuracy of the training batches; NaN where no batch had a loss. */
    SplitResult result() {
        return new SplitResult(
                lossSamples == 0 ? Double.NaN : lossSum / lossSamples, samples == 0 ? 0 : (double) correct / samples);
    }

    /** Silent fraction of a layer. */
    double missing(int layer) {
        return samples == 0 ? 0 : silent[layer] / samples;
    }

    /** Batches that rescued any layer. */
    long bumpSteps() {
        long sum = 0;
        for (long n : bumps) {
            sum += n;
        }
        return sum;
    }
}
