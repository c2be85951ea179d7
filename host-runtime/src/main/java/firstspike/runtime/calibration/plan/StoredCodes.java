package firstspike.runtime.calibration.plan;

import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.verification.OperatingState;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipSession;

/** Puts the codes of a stored calibration onto its chip, to measure with them (calibration.md 7). */
public final class StoredCodes {

    private StoredCodes() {}

    /**
     * @param result of a calibration
     * @param session of its chip, in any state; initialised anew, stays open
     * @return a bench on the chip, which has the codes of the result by a set-up program
     */
    public static Bench apply(CalibrationResult result, ChipSession session) {
        Bench bench = new Bench(session, OperatingState.of(result)).merged(result.merged());
        bench.renew();
        return bench;
    }
}
