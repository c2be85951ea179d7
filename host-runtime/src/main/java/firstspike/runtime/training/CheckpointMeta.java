package firstspike.runtime.training;

import java.util.List;

/**
 * What a checkpoint says in words and numbers.
 *
 * @param schema format and version
 * @param weightAxes meaning of the axes of a weight array
 * @param runId id of the run
 * @param epoch epochs done
 * @param batch batches done of the epoch after, 0 at its beginning
 * @param configSha256 identity of the resolved experiment
 * @param target URI of the target
 * @param chipId identity of the chip
 * @param calibrationId id of the calibration, empty for none
 * @param nextProgram ordinal of the next program of the chip
 * @param layerNames names from input to output
 * @param batchesBegun batches begun in the whole run, which is the state of every schedule
 * @param productVersion version of the program that wrote it
 * @param totals sums of the present epoch
 */
public record CheckpointMeta(
        String schema,
        String weightAxes,
        String runId,
        int epoch,
        int batch,
        String configSha256,
        String target,
        String chipId,
        String calibrationId,
        long nextProgram,
        List<String> layerNames,
        long batchesBegun,
        String productVersion,
        EpochTotals totals) {
    /** Schema that is written and read. */
    public static final String SCHEMA = "firstspike.checkpoint/1";

    static final String WEIGHT_AXES = "pre,post";
}
