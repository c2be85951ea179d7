package firstspike.runtime.calibration.verification;

import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.session.ChipConfiguration;

/** A calibrated chip as it is measured: the codes of a result over the base state with its test synapses. */
public final class OperatingState {

    private OperatingState() {}

    /**
     * @param result of a calibration
     * @return every word
     */
    public static ChipConfiguration of(CalibrationResult result) {
        return result.codes().onto(BaseState.of(result.targets()));
    }
}
