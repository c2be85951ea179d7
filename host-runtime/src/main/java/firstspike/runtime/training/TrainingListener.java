package firstspike.runtime.training;

/** Hears of the progress of a training, on the trainer's thread. What it throws ends the training. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * A batch was learnt from.
     *
     * @param progress where the training stands
     */
    default void batchDone(BatchProgress progress) {}

    /**
     * An epoch and its validation are done, or the validation before the first one. Comes before the checkpoint of this epoch is
     * written, so a run that is killed in between repeats the epoch: drop lines of later epochs on resume.
     *
     * @param metrics what was measured
     */
    default void epochDone(EpochMetrics metrics) {}

    /**
     * A checkpoint is complete on disk.
     *
     * @param file its name in the folder of checkpoints
     * @param epoch epochs done in it
     * @param batch batches done of the epoch after, 0 at its beginning
     */
    default void checkpointWritten(String file, int epoch, int batch) {}
}
