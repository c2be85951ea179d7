package firstspike.experiments.run;

import java.nio.file.Path;

/**
 * Which calibrations a command may use.
 *
 * @param store folder of all calibrations; need not exist
 * @param allowUncalibrated nominal codes where a calibration is missing
 * @param forceChip a named calibration may be one of another chip
 */
public record CalibrationChoice(Path store, boolean allowUncalibrated, boolean forceChip) {

    /** Where calibrations lie unless somebody says otherwise. */
    public static final String FOLDER = "calibrations";

    /** The usual folder, nothing allowed. */
    public static CalibrationChoice strict() {
        return new CalibrationChoice(Path.of(FOLDER), false, false);
    }
}
