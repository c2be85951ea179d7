package firstspike.runtime.training;

import java.util.List;
import java.util.SortedMap;

/**
 * How a training ended.
 *
 * @param end why
 * @param epoch epochs done
 * @param batch batches done of the epoch after
 * @param weights float weights per layer (presynaptic, postsynaptic)
 * @param history series of metrics by name, one value per metrics line, epoch 0 first
 * @param metrics lines of this call, in order
 */
public record TrainingResult(
        End end,
        int epoch,
        int batch,
        double[][] weights,
        SortedMap<String, double[]> history,
        List<EpochMetrics> metrics) {
    /** Why a training ended. */
    public enum End {
        /** All epochs are done. */
        DONE,
        /** It was asked to stop. */
        CANCELLED,
        /** The planned time is over. */
        TIME_OVER
    }
}
