package firstspike.runtime.calibration.plan;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.error.ChipException;
import firstspike.runtime.calibration.evidence.EvidenceRecorder;
import firstspike.runtime.calibration.evidence.RecordedSearch;
import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.procedure.Burst;
import firstspike.runtime.calibration.procedure.CadcRamp;
import firstspike.runtime.calibration.procedure.Correlation;
import firstspike.runtime.calibration.procedure.DriverOffset;
import firstspike.runtime.calibration.procedure.InputReference;
import firstspike.runtime.calibration.procedure.InterCompartment;
import firstspike.runtime.calibration.procedure.Leak;
import firstspike.runtime.calibration.procedure.LongMembrane;
import firstspike.runtime.calibration.procedure.MembraneTimeConstant;
import firstspike.runtime.calibration.procedure.RefractoryPeriod;
import firstspike.runtime.calibration.procedure.Reset;
import firstspike.runtime.calibration.procedure.StrengthSurvey;
import firstspike.runtime.calibration.procedure.SynapseBias;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.procedure.SynapticStrength;
import firstspike.runtime.calibration.procedure.SynapticStrengths;
import firstspike.runtime.calibration.procedure.SynapticTimeConstant;
import firstspike.runtime.calibration.procedure.Threshold;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.target.NeuronValues;
import firstspike.runtime.calibration.target.StrengthTarget;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.target.TargetStep;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.MergedCircuits;
import firstspike.runtime.session.ChipSession;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Calibrates all neurons of a chip for networks of spikes (calibration.md 5). The order matters: what is written later
 * disturbs what was found before, so that converters, thresholds, resets and leaks are searched once more at the end.
 */
public final class Calibration {

    /** Short time constant of inputs whose strength is measured. */
    private static final double STRENGTH_TAU_US = 1.5;
    /** Reads whose mean decides in the refinement: what a single one leaves is noise of the converter. */
    private static final int REFINED_READS = 4;

    /** Neurons whose traces are shown, one a quadrant. */
    private static final int[] SHOWN = {0, 170, 341, 511};

    private final CalibrationTask request;
    private final TargetSet targets;
    private final Bench bench;
    private final Journal journal;
    private final EvidenceRecorder evidence = new EvidenceRecorder();
    private boolean baseline;
    private boolean keeping;
    private long searches;

    /**
     * @param session of the chip, in any state; stays open
     * @param request what is asked
     * @param listener hears of steps
     * @param clock of the time of creation
     */
    public Calibration(ChipSession session, CalibrationTask request, CalibrationListener listener, Clock clock) {
        this.request = request;
        targets = request.targets();
        bench = new Bench(session, BaseState.of(targets));
        journal = new Journal(bench, request, Optional.empty(), listener, clock);
    }

    /**
     * Measures also with all codes at their median, for the comparison of before and after.
     *
     * @return this
     */
    public Calibration withBaseline() {
        baseline = true;
        return this;
    }

    /**
     * Keeps a trace of every neuron for each time constant that is fitted to one.
     *
     * @return this
     */
    public Calibration keepingTraces() {
        keeping = true;
        return this;
    }

    /**
     * Runs all steps. The chip has the codes of the result afterwards when it ran to its end.
     *
     * @return the result, also when the chip was lost or the thread interrupted: then rejected, with what was finished
     */
    public CalibrationRun run() {
        try {
            bench.apply();
            converters();
            inputs();
            strengths();
            membranes();
            compartments();
            drivers();
            refinement();
            sensors();
            operate();
            FinalMeasurement.run(bench, targets, journal);
            traces();
            if (baseline) {
                Map<Quantity, double[]> before = journal.timed("baseline", () -> Baseline.measure(bench, targets));
                before.forEach(evidence::before);
                journal.before(before);
            }
            return new CalibrationRun(journal.result(), Optional.empty(), evidence.evidence());
        } catch (ChipException | CalibrationException end) {
            return new CalibrationRun(journal.rejected(), Optional.of(end), evidence.evidence());
        }
    }

    private void converters() {
        journal.step(new CadcRamp());
    }

    /** Time constants of the inputs, the bias of the quadrants, thresholds. */
    private void inputs() {
        bench.set(NeuronParameter.I_BIAS_SYNIN_EXC_GM, codes(TargetKey.SYNIN_GM_EXC))
                .set(NeuronParameter.I_BIAS_SYNIN_INH_GM, codes(TargetKey.SYNIN_GM_INH));
        journal.step(new SynapticTimeConstant(
                SynapticInput.EXCITATORY, values(TargetKey.TAU_SYN_EXC), recorded(Quantity.TAU_SYN_EXC)));
        journal.step(new SynapticTimeConstant(
                SynapticInput.INHIBITORY, values(TargetKey.TAU_SYN_INH), recorded(Quantity.TAU_SYN_INH)));
        journal.step(new SynapseBias(code(TargetKey.SYNAPSE_DAC_BIAS)));
        journal.step(new Threshold(values(TargetKey.THRESHOLD), recorded(Quantity.THRESHOLD)));
    }

    private void strengths() {
        SynapticStrengths borrowed = SynapticStrengths.borrow(bench);
        journal.step(new LongMembrane(++searches + request.seed()));
        for (SynapticInput input : SynapticInput.values()) {
            double[] tau = NeuronValues.all(STRENGTH_TAU_US).toArray();
            journal.preparation(new SynapticTimeConstant(input, tau, noisy()));
        }
        references();
        if (targets.strength() != StrengthTarget.UNCALIBRATED) {
            StrengthSurvey survey = StrengthSurvey.of(bench, targets);
            strength(SynapticInput.EXCITATORY, survey.events(), survey.excitatory(), TargetKey.SYNIN_GM_EXC);
            strength(SynapticInput.INHIBITORY, survey.events(), survey.inhibitory(), TargetKey.SYNIN_GM_INH);
            references();
        }
        borrowed.giveBack(bench);
    }

    private void references() {
        journal.step(new InputReference(SynapticInput.EXCITATORY, noisy()));
        journal.step(new InputReference(SynapticInput.INHIBITORY, noisy()));
    }

    private void strength(SynapticInput input, int events, double[] amplitudes, TargetKey code) {
        int largest = (int) Math.round(targets.get(code).most());
        journal.step(new SynapticStrength(new Burst(input, events), amplitudes, largest, noisy()));
    }

    private void membranes() {
        journal.step(new Leak(values(TargetKey.LEAK), recorded(Quantity.LEAK), false, 1));
        bench.merged(request.merged());
        journal.step(new MembraneTimeConstant(values(TargetKey.TAU_MEM), recorded(Quantity.TAU_MEM)));
        bench.merged(MergedCircuits.ONE);
        journal.step(new Reset(values(TargetKey.RESET), recorded(Quantity.RESET), 1));
        journal.step(new Leak(values(TargetKey.LEAK), noisy(), false, 1));
    }

    /** Conductances between compartments, where they are asked for. */
    private void compartments() {
        if (targets.asksFor(TargetStep.ICC)) {
            journal.step(new InterCompartment(values(TargetKey.TAU_ICC), recorded(Quantity.TAU_ICC)));
        }
    }

    /** Offsets of drivers and the voltages of their short-term plasticity, where they are asked for. */
    private void drivers() {
        if (targets.asksFor(TargetStep.STP)) {
            journal.step(DriverOffset.of(targets));
            bench.set(QuadrantParameter.STP_V_CHARGE_0, code(TargetKey.STP_CHARGE_0))
                    .set(QuadrantParameter.STP_V_RECOVER_0, code(TargetKey.STP_RECOVER_0))
                    .set(QuadrantParameter.STP_V_CHARGE_1, code(TargetKey.STP_CHARGE_1))
                    .set(QuadrantParameter.STP_V_RECOVER_1, code(TargetKey.STP_RECOVER_1));
        }
    }

    /** Once more, with all other codes where they will stay, and from here on merged as wanted. */
    private void refinement() {
        journal.step(new CadcRamp());
        bench.merged(request.merged());
        journal.step(new Threshold(values(TargetKey.THRESHOLD), noisy()));
        journal.step(new Reset(values(TargetKey.RESET), noisy(), REFINED_READS));
        journal.step(new Leak(values(TargetKey.LEAK), noisy(), true, REFINED_READS));
    }

    /** Correlation sensors, where they are asked for. */
    private void sensors() {
        if (targets.asksFor(TargetStep.CORRELATION)) {
            double amplitude = targets.get(TargetKey.CORRELATION_AMPLITUDE).of(0);
            journal.step(Correlation.amplitude(amplitude));
            journal.step(Correlation.tau(
                    amplitude, targets.get(TargetKey.CORRELATION_TAU).of(0)));
        }
    }

    /** Inputs and comparators on, refractory times as wanted. */
    private void operate() {
        bench.neurons(neuron -> neuron.withSynapticInputExcitatory(true)
                .withSynapticInputInhibitory(true)
                .withThresholdComparator(true)
                .withFire(true));
        journal.step(new RefractoryPeriod(values(TargetKey.REFRACTORY), values(TargetKey.HOLDOFF)));
    }

    /** Code that all quadrants have. */
    private int code(TargetKey key) {
        return (int) Math.round(targets.get(key).of(0));
    }

    private double[] values(TargetKey key) {
        return targets.get(key).toArray();
    }

    private int[] codes(TargetKey key) {
        int[] codes = new int[AtomicNeuron.COUNT];
        Arrays.setAll(codes, n -> (int) Math.round(targets.get(key).of(n)));
        return codes;
    }

    /** Each search draws noise of its own. */
    private BinarySearch noisy() {
        return BinarySearch.noisy(request.seed() * 1_000_003 + ++searches);
    }

    /** Some traces for pictures, and all where they are kept; afterwards analog parameters are where they were. */
    private void traces() {
        int[] neurons = keeping ? IntStream.range(0, AtomicNeuron.COUNT).toArray() : SHOWN;
        double unitUs = targets.get(TargetKey.TAU_MEM).of(0);
        seen(MembraneTimeConstant.show(bench, neurons, unitUs));
        for (SynapticInput input : SynapticInput.values()) {
            TargetKey key = input == SynapticInput.EXCITATORY ? TargetKey.TAU_SYN_EXC : TargetKey.TAU_SYN_INH;
            seen(SynapticTimeConstant.show(
                    bench, input, neurons, targets.get(key).of(0)));
        }
        bench.apply();
    }

    private void seen(List<TraceFit> traces) {
        for (TraceFit trace : traces) {
            if (keeping) {
                evidence.keep(trace);
            }
            if (IntStream.of(SHOWN).anyMatch(n -> n == trace.neuron())) {
                evidence.trace(trace);
            }
        }
    }

    /** The same, its steps kept as evidence. */
    private Search recorded(Quantity quantity) {
        return new RecordedSearch(noisy(), quantity, evidence);
    }
}
