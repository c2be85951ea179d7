package firstspike.runtime.calibration.plan;

import firstspike.runtime.calibration.fit.RefractoryClocks;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;

/**
 * What is asked of a calibration.
 *
 * @param targets what neurons shall become
 * @param seed of the noise of the searches
 * @param product version of the program
 */
public record CalibrationTask(TargetSet targets, long seed, String product) {

    /** Refuses refractory times that no clock gives with {@link IllegalArgumentException}: before anything is written. */
    public CalibrationTask {
        RefractoryClocks.of(
                targets.get(TargetKey.REFRACTORY).toArray(),
                targets.get(TargetKey.HOLDOFF).toArray());
    }
}
