package firstspike.runtime.training;

import firstspike.runtime.learning.StepOutcome;

/**
 * Where a training stands after a batch.
 *
 * @param epoch epochs done
 * @param batch batches done of the present epoch
 * @param batches batches of an epoch
 * @param samples samples of the present epoch seen so far
 * @param accuracy fraction of them classified right
 * @param outcome what the batch did
 */
public record BatchProgress(int epoch, int batch, int batches, long samples, double accuracy, StepOutcome outcome) {}
