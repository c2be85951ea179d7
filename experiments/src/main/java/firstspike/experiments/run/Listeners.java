package firstspike.experiments.run;

import firstspike.runtime.training.BatchProgress;
import firstspike.runtime.training.EpochMetrics;
import firstspike.runtime.training.TrainingListener;

/**
 * Two listeners as one; the first hears first.
 *
 * @param first hears first
 * @param second hears then
 */
record Listeners(TrainingListener first, TrainingListener second) implements TrainingListener {

    @Override
    public void batchDone(BatchProgress progress) {
        first.batchDone(progress);
        second.batchDone(progress);
    }

    @Override
    public void epochDone(EpochMetrics metrics) {
        first.epochDone(metrics);
        second.epochDone(metrics);
    }

    @Override
    public void checkpointWritten(String file, int epoch, int batch) {
        first.checkpointWritten(file, epoch, batch);
        second.checkpointWritten(file, epoch, batch);
    }
}
