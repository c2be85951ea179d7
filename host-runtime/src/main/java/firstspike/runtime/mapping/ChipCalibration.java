package firstspike.runtime.mapping;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.mapping.CircuitGrades.Grade;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a mapping takes of the calibration of one chip, or of several chips that share a network. Immutable.
 *
 * @param codes of the chip
 * @param grades of its circuits
 * @param normalisedThreshold median of its neurons, in units of 30 LSB
 * @param tauMemUs median membrane time constant of the circuits that were measured, microseconds
 * @param tauSynUs median synaptic time constant, microseconds
 * @param timeOffsetTicks measured delay of the first layer; empty: what the target says
 * @param circuits merged circuits that were measured: 1 unless the calibration was made with {@code --merged}
 */
public record ChipCalibration(
        ChipCodes codes,
        CircuitGrades grades,
        double normalisedThreshold,
        double tauMemUs,
        double tauSynUs,
        OptionalLong timeOffsetTicks,
        int circuits) {

    /**
     * @param result of a calibration
     * @return what a mapping needs of it
     * @throws CalibrationException when it lacks the normalised threshold, which gives weights their meaning
     */
    public static ChipCalibration of(CalibrationResult result) {
        Map<Integer, Grade> notGood = new HashMap<>();
        result.grades()
                .forEach((neuron, grade) ->
                        notGood.put(neuron, grade == BadReason.Grade.EXCLUDED ? Grade.EXCLUDED : Grade.AVOIDED));
        double threshold = result.derived()
                .medianNormalisedThreshold()
                .orElseThrow(() -> new CalibrationException(
                        CALIBRATION_MISSING,
                        "normalised threshold of calibration " + result.id(),
                        "not measured",
                        "one of a chip for networks",
                        "calibrate with 'firstspike calibrate run'"));
        double tauSyn = (median(result, Quantity.TAU_SYN_EXC, TargetKey.TAU_SYN_EXC)
                        + median(result, Quantity.TAU_SYN_INH, TargetKey.TAU_SYN_INH))
                / 2;
        return new ChipCalibration(
                result.codes(),
                CircuitGrades.of(notGood),
                threshold,
                median(result, Quantity.TAU_MEM, TargetKey.TAU_MEM),
                tauSyn,
                result.derived().timeOffsetTicks(),
                result.merged().count());
    }

    /** Median of what was measured; the target where nothing was. */
    private static double median(CalibrationResult result, Quantity quantity, TargetKey key) {
        double[] values = Arrays.stream(result.achieved(quantity).orElseGet(() -> new double[0]))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return values.length == 0 ? result.targets().get(key).of(0) : values[values.length / 2];
    }
}
