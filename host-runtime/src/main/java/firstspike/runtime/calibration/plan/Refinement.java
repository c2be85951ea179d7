package firstspike.runtime.calibration.plan;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.error.ChipException;
import firstspike.runtime.calibration.evidence.EvidenceRecorder;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.procedure.CadcRamp;
import firstspike.runtime.calibration.procedure.InputReference;
import firstspike.runtime.calibration.procedure.Leak;
import firstspike.runtime.calibration.procedure.Reset;
import firstspike.runtime.calibration.procedure.StrengthCorrection;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.procedure.Threshold;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.search.SecantSearch;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.verification.OperatingState;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipSession;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/**
 * The fast way to calibrate a chip again (calibration.md 9): from the codes of a stored result, by the slope, what drifts:
 * converters, thresholds, resets, leaks, and strengths with their references where these are out by more than 3 % in the
 * median. Strengths go back to the amplitude that the stored result achieved. Then everything is measured again.
 */
public final class Refinement {

    /** Median deviation of an amplitude above which strengths are corrected. */
    private static final double AMPLITUDE_LIMIT = 0.03;
    /** Deviations at which a neuron is left as it is, LSB: about what the landing of a code leaves in any case. */
    private static final double POTENTIAL_LIMIT = 0.5;

    private static final double REFERENCE_LIMIT = 0.5;
    /** Reads whose mean decides: what a single one leaves is noise of the converter. */
    private static final int READS = 16;

    private final CalibrationResult stored;
    private final TargetSet targets;
    private final long seed;
    private final Bench bench;
    private final Journal journal;
    private final EvidenceRecorder evidence = new EvidenceRecorder();
    private long searches;

    /**
     * @param session of the chip, in any state; stays open
     * @param stored result to start from
     * @param seed of the searches that neurons without a slope need
     * @param product version of the program
     * @param listener hears of steps
     * @param clock of the time of creation
     */
    public Refinement(
            ChipSession session,
            CalibrationResult stored,
            long seed,
            String product,
            CalibrationListener listener,
            Clock clock) {
        this.stored = stored;
        this.seed = seed;
        targets = stored.targets();
        bench = new Bench(session, OperatingState.of(stored)).merged(stored.merged());
        CalibrationTask task = new CalibrationTask(targets, seed, product, stored.merged());
        journal = new Journal(bench, task, Optional.of(stored.id()), listener, clock);
    }

    /**
     * Runs all steps. The chip has the codes of the result afterwards when it ran to its end.
     *
     * @return a new result whose parent is the stored one; rejected when the chip was lost or the thread interrupted
     */
    public CalibrationRun run() {
        try {
            bench.renew();
            for (SynapticInput input : SynapticInput.values()) {
                strength(input);
            }
            journal.step(new CadcRamp());
            journal.step(new Threshold(
                    values(TargetKey.THRESHOLD, Quantity.THRESHOLD),
                    secant(NeuronParameter.V_THRESHOLD, POTENTIAL_LIMIT)));
            journal.step(new Reset(
                    values(TargetKey.RESET, Quantity.RESET), secant(NeuronParameter.V_RESET, POTENTIAL_LIMIT), READS));
            journal.step(new Leak(
                    values(TargetKey.LEAK, Quantity.LEAK),
                    secant(NeuronParameter.V_LEAK, POTENTIAL_LIMIT),
                    true,
                    READS));
            FinalMeasurement.run(bench, targets, journal);
            return new CalibrationRun(journal.result(), Optional.empty(), evidence.evidence());
        } catch (ChipException | CalibrationException end) {
            return new CalibrationRun(journal.rejected(), Optional.of(end), evidence.evidence());
        }
    }

    private void strength(SynapticInput input) {
        Optional<double[]> achieved = stored.achieved(input.amplitudeQuantity());
        Optional<double[]> tauMem = stored.achieved(Quantity.TAU_MEM);
        Optional<double[]> tauSyn = stored.achieved(input.tauQuantity());
        if (achieved.isEmpty() || tauMem.isEmpty() || tauSyn.isEmpty()) {
            return;
        }
        double[] wanted = new double[AtomicNeuron.COUNT];
        Arrays.fill(wanted, Statistics.median(achieved.get()));
        double longest = targets.get(TargetKey.TAU_MEM).most();
        StrengthCorrection correction = new StrengthCorrection(input, wanted, tauMem.get(), tauSyn.get(), longest);
        double now = journal.timed("amplitude." + input.label(), () -> Statistics.median(correction.peaks(bench)));
        if (Math.abs(now / wanted[0] - 1) > AMPLITUDE_LIMIT) {
            journal.step(correction);
            journal.step(new InputReference(input, secant(input.shift(), REFERENCE_LIMIT)));
        }
    }

    private SecantSearch secant(NeuronParameter parameter, double limit) {
        double[] limits = new double[AtomicNeuron.COUNT];
        Arrays.fill(limits, limit);
        return new SecantSearch(bench.codes(parameter), limits, seed * 1_000_003 + ++searches);
    }

    /** Targets; a circuit that is excluded keeps what it had, for nothing can be searched there. */
    private double[] values(TargetKey key, Quantity quantity) {
        double[] values = targets.get(key).toArray();
        double[] achieved = stored.achieved(quantity).orElse(values);
        stored.grades().forEach((neuron, grade) -> {
            if (grade == BadReason.Grade.EXCLUDED && !Double.isNaN(achieved[neuron])) {
                values[neuron] = achieved[neuron];
            }
        });
        return values;
    }
}
