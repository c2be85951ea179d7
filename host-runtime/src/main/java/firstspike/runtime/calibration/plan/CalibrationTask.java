package firstspike.runtime.calibration.plan;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.fit.RefractoryClocks;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.target.TargetStep;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.measurement.MergedCircuits;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is asked of a calibration.
 *
 * @param targets what neurons shall become
 * @param seed of the noise of the searches
 * @param product version of the program
 * @param merged circuits that are a neuron while leaks, thresholds and membranes are calibrated (analog.md 8)
 */
public record CalibrationTask(TargetSet targets, long seed, String product, MergedCircuits merged) {

    /** Steps whose procedures do not exist yet. */
    private static final Set<TargetStep> UNBUILT = EnumSet.of(TargetStep.COBA_EXC, TargetStep.COBA_INH);

    /** Distance of reversal and reference in which potentials can be told apart, LSB. */
    private static final double LEAST_DISTANCE = 20;

    /**
     * Refuses refractory times that no clock gives, and reversal potentials on the wrong side of their references, with
     * {@link IllegalArgumentException}, steps that are not built with {@link ExperimentException}: before anything is
     * written.
     */
    public CalibrationTask {
        if (targets.asksFor(TargetStep.COBA_EXC)) {
            requireDistance(targets, TargetKey.COBA_REVERSAL_EXC, TargetKey.COBA_REFERENCE_EXC, 1);
        }
        if (targets.asksFor(TargetStep.COBA_INH)) {
            requireDistance(targets, TargetKey.COBA_REVERSAL_INH, TargetKey.COBA_REFERENCE_INH, -1);
        }
        for (TargetKey key : targets.keys()) {
            // compartments are single circuits that a conductance joins
            boolean joined = key.step() == TargetStep.ICC && merged != MergedCircuits.ONE;
            if (joined || UNBUILT.contains(key.step())) {
                throw new ExperimentException(
                        ExperimentException.Code.NOT_BUILT_YET,
                        "target " + key.key(),
                        "asks for a step of the calibration" + (joined ? " for merged circuits" : ""),
                        "the steps of this version",
                        "leave the target out");
            }
        }
        RefractoryClocks.of(
                targets.get(TargetKey.REFRACTORY).toArray(),
                targets.get(TargetKey.HOLDOFF).toArray());
    }

    /** For neurons of one circuit. */
    public CalibrationTask(TargetSet targets, long seed, String product) {
        this(targets, seed, product, MergedCircuits.ONE);
    }

    /** What was asked for beside the targets, as results and requests have it: nothing unless circuits are merged. */
    public SortedMap<String, String> options() {
        SortedMap<String, String> options = new TreeMap<>();
        if (merged != MergedCircuits.ONE) {
            options.put(CalibrationResult.MERGED, Integer.toString(merged.count()));
        }
        return options;
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
