package firstspike.runtime.calibration.plan;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.fit.RefractoryClocks;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.target.TargetStep;

/**
 * What is asked of a calibration.
 *
 * @param targets what neurons shall become
 * @param seed of the noise of the searches
 * @param product version of the program
 */
public record CalibrationTask(TargetSet targets, long seed, String product) {

    /** Distance of reversal and reference in which potentials can be told apart, LSB. */
    private static final double LEAST_DISTANCE = 20;

    /**
     * Refuses refractory times that no clock gives, and reversal potentials on the wrong side of their references, with
     * {@link IllegalArgumentException}: before anything is written.
     */
    public CalibrationTask {
        if (targets.asksFor(TargetStep.COBA_EXC)) {
            requireDistance(targets, TargetKey.COBA_REVERSAL_EXC, TargetKey.COBA_REFERENCE_EXC, 1);
        }
        if (targets.asksFor(TargetStep.COBA_INH)) {
            requireDistance(targets, TargetKey.COBA_REVERSAL_INH, TargetKey.COBA_REFERENCE_INH, -1);
        }
        RefractoryClocks.of(
                targets.get(TargetKey.REFRACTORY).toArray(),
                targets.get(TargetKey.HOLDOFF).toArray());
    }

    private static void requireDistance(TargetSet targets, TargetKey reversal, TargetKey reference, int sign) {
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            double end = targets.get(reversal).of(n);
            double start = targets.get(reference).of(n);
            if (sign * (end - start) < LEAST_DISTANCE) {
                throw new IllegalArgumentException(reversal.key() + " of neuron " + n + ": " + end + " LSB (limit: "
                        + LEAST_DISTANCE + " LSB " + (sign > 0 ? "above" : "below") + " " + reference.key() + " "
                        + start
                        + "); move one of them");
            }
        }
    }
}
