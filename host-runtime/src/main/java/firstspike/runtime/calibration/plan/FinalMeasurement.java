package firstspike.runtime.calibration.plan;

import firstspike.runtime.calibration.fit.CorrelationFit;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.procedure.Correlation;
import firstspike.runtime.calibration.procedure.DriverOffset;
import firstspike.runtime.calibration.procedure.NormalisedThreshold;
import firstspike.runtime.calibration.procedure.TimeOffset;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.quantity.SharedQuantity;
import firstspike.runtime.calibration.result.Derived;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.target.TargetStep;
import firstspike.runtime.calibration.verification.Verified;
import firstspike.runtime.calibration.verification.Verifier;
import firstspike.runtime.measurement.Bench;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;

/** The last step of a calibration: everything measured again, and what experiments compute from it (calibration.md 5, step 19). */
final class FinalMeasurement {

    /** Accepted of medians of quadrants (analog.md 12). */
    private static final double CORRELATION_FACTOR = 2;
    /** Of drivers: quadrants differ by 8 %, and an offset makes up for 8 % of what a driver deviates. */
    private static final double STRENGTH_FACTOR = 1.25;

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
        shared(bench, targets, journal);
        // the last measurement moved leaks
        bench.apply();
    }

    /** Quadrants and drivers, where they are asked for. */
    private static void shared(Bench bench, TargetSet targets, Journal journal) {
        if (targets.asksFor(TargetStep.CORRELATION)) {
            double amplitude = targets.get(TargetKey.CORRELATION_AMPLITUDE).of(0);
            double tau = targets.get(TargetKey.CORRELATION_TAU).of(0);
            CorrelationFit[] fits = journal.timed("correlation", () -> Correlation.measure(bench, amplitude));
            journal.shared(
                    SharedQuantity.CORRELATION_AMPLITUDE,
                    Arrays.stream(fits).mapToDouble(CorrelationFit::amplitude).toArray(),
                    amplitude,
                    CORRELATION_FACTOR);
            journal.shared(
                    SharedQuantity.CORRELATION_TAU,
                    Arrays.stream(fits).mapToDouble(CorrelationFit::tauUs).toArray(),
                    tau,
                    CORRELATION_FACTOR);
        }
        if (targets.asksFor(TargetStep.STP)) {
            DriverOffset drivers = DriverOffset.of(targets);
            double[] strengths = journal.timed("stp", () -> drivers.strengths(bench));
            journal.shared(SharedQuantity.DRIVER_STRENGTH, strengths, Statistics.median(strengths), STRENGTH_FACTOR);
        }
    }
}
