package firstspike.runtime.calibration.plan;

import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipSession;
import java.util.Arrays;

/** Puts the codes of a stored calibration onto its chip, to measure with them (calibration.md 7). */
public final class StoredCodes {

    private StoredCodes() {}

    /**
     * @param result of a calibration
     * @param session of its chip, in any state; stays open
     * @return a bench on the chip, which has the codes of the result by a set-up program
     */
    public static Bench apply(CalibrationResult result, ChipSession session) {
        int[] capacitance = Arrays.stream(
                        result.targets().get(TargetKey.CAPACITANCE).toArray())
                .mapToInt(value -> (int) Math.round(value))
                .toArray();
        int bias = (int)
                Math.round(result.targets().get(TargetKey.SYNAPSE_DAC_BIAS).of(0));
        Bench bench = new Bench(session, result.codes().onto(BaseState.of(capacitance, bias)));
        bench.apply();
        return bench;
    }
}
