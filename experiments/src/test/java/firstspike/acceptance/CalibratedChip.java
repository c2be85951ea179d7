package firstspike.acceptance;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.link.LinkOptions;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.plan.Calibration;
import firstspike.runtime.calibration.plan.CalibrationListener;
import firstspike.runtime.calibration.plan.CalibrationRun;
import firstspike.runtime.calibration.plan.CalibrationTask;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.IntStream;

/** A chip that was calibrated, what was measured with the median of its codes everywhere, and how long it took without that. */
record CalibratedChip(CalibrationResult result, Map<Quantity, double[]> before, double seconds) {

    private static final long SEED = 7;

    /** Calibrates a chip; {@link AssertionError} when it does not run to its end. */
    static CalibratedChip of(String uri, TargetSet targets, boolean measureBefore) {
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
                ChipSession session = ChipSession.open(first -> target.open(0, first), 0, 0)) {
            Calibration calibration = new Calibration(
                    session,
                    new CalibrationTask(targets, SEED, "acceptance"),
                    CalibrationListener.NONE,
                    Clock.systemUTC());
            long begin = System.nanoTime();
            CalibrationRun run = (measureBefore ? calibration.withBaseline() : calibration).run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (run.end().isPresent()) {
                throw new AssertionError(uri + " ended early", run.end().get());
            }
            double baseline = run.result().steps().stream()
                    .filter(step -> step.name().equals("baseline"))
                    .mapToDouble(StepRecord::durationS)
                    .sum();
            return new CalibratedChip(run.result(), run.evidence().before(), seconds - baseline);
        }
    }

    /** Verified value of a quantity, the outer 5 % on each side left out. */
    double sigma(Quantity quantity) {
        return Statistics.of(result.achieved(quantity).orElseThrow()).trimmedSigma();
    }

    /** The same as a part of the median. */
    double relativeSigma(Quantity quantity) {
        Statistics statistics = Statistics.of(result.achieved(quantity).orElseThrow());
        return statistics.trimmedSigma() / statistics.median();
    }

    /** How much narrower the values are than with the same code in all neurons. */
    double ratio(Quantity quantity) {
        return sigma(quantity) / Statistics.of(before.get(quantity)).trimmedSigma();
    }

    /** Deviation with the same code in all neurons, as a part of the median if wanted; without circuits that are out of use. */
    double sigmaBefore(Quantity quantity, boolean relative) {
        double[] values = before.get(quantity);
        Statistics statistics = Statistics.of(IntStream.range(0, values.length)
                .filter(n -> result.grades().get(n) != BadReason.Grade.EXCLUDED)
                .mapToDouble(n -> values[n])
                .toArray());
        return relative ? statistics.sigma() / statistics.median() : statistics.sigma();
    }

    /** Share of circuits with anything wrong. */
    double bad() {
        return result.grades().size() / (double) AtomicNeuron.COUNT;
    }
}
