package firstspike.runtime.calibration.plan;

import firstspike.runtime.calibration.procedure.NormalisedThreshold;
import firstspike.runtime.calibration.procedure.TimeOffset;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.Derived;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.verification.Verified;
import firstspike.runtime.calibration.verification.Verifier;
import firstspike.runtime.measurement.Bench;
import java.util.Map;
import java.util.OptionalLong;

/** The last step of a calibration: everything measured again, and what experiments compute from it (calibration.md 5, 19). */
final class FinalMeasurement {

    private FinalMeasurement() {}

    /**
     * Measures on the chip as it comes up with the codes that were found, and leaves it so.
     *
     * @param bench with the codes
     * @param targets of the calibration; the time constant of the excitatory input is the unit of time
     * @param journal gets what was found
     */
    static void run(Bench bench, TargetSet targets, Journal journal) {
        bench.renew();
        Verified verified = journal.timed("verification", () -> new Verifier(bench, targets).run(true));
        journal.verified(verified);

        Map<Quantity, double[]> achieved = verified.achieved();
        NormalisedThreshold.Measured measured = new NormalisedThreshold.Measured(
                achieved.get(Quantity.LEAK),
                achieved.get(Quantity.THRESHOLD),
                achieved.get(Quantity.TAU_MEM),
                achieved.get(Quantity.TAU_SYN_EXC));
        double unitUs = targets.get(TargetKey.TAU_SYN_EXC).of(0);
        NormalisedThreshold threshold = journal.timed(
                "neuron.normalised-threshold", () -> NormalisedThreshold.measure(bench, measured, unitUs));
        OptionalLong offset =
                journal.timed("time-offset", () -> TimeOffset.measure(bench, measured, threshold.perStep()));
        journal.derived(new Derived(threshold.threshold(), offset, Map.of()).withNoise(verified.noiseLsb()));
        // the last measurement moved leaks
        bench.apply();
    }
}
