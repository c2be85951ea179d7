package firstspike.runtime.calibration.verification;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.procedure.StrengthCorrection;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.procedure.Threshold;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.measurement.MergedCircuits;
import firstspike.runtime.session.ChipConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks whether a chip is still as its calibration left it: leak, threshold and amplitude of 32 neurons that are spread over
 * the chip (calibration.md 9). What it changes it puts back with a set-up program, which lands analog parameters where they
 * were.
 */
public final class DriftCheck {

    private static final int NEURONS = 32;
    private static final int READS = 16;
    private static final long SETTLE_TICKS = 125_000;
    /** Median shift of a potential that is drift, LSB. */
    private static final double POTENTIAL_SHIFT = 2;
    /** Median shift of an amplitude that is drift, per cent. */
    private static final double AMPLITUDE_SHIFT = 10;
    /** Share of neurons out of tolerance that is drift. */
    private static final double SHARE = 0.1;

    private static final double PER_CENT = 100;

    private final Bench bench;
    private final CalibrationResult stored;
    private final int[] neurons;
    private final List<DriftReport.Finding> findings = new ArrayList<>();

    private DriftCheck(Bench bench, CalibrationResult stored) {
        this.bench = bench;
        this.stored = stored;
        boolean[] good = stored.good();
        int pitch = AtomicNeuron.COUNT / NEURONS;
        neurons = IntStream.range(0, NEURONS)
                .map(i -> IntStream.range(0, pitch)
                        .map(k -> i * pitch + (i + k) % pitch)
                        .filter(n -> good[n])
                        .findFirst()
                        .orElse(i * pitch))
                .toArray();
    }

    /**
     * Measures and compares.
     *
     * @param bench of the chip; what it has configured is in force again afterwards, by a set-up program
     * @param stored the calibration whose values are compared with
     * @return what was found
     */
    public static DriftReport run(Bench bench, CalibrationResult stored) {
        ChipConfiguration before = bench.configuration();
        DriftCheck check = new DriftCheck(bench, stored);
        MergedCircuits merged = bench.merged();
        bench.merged(stored.merged()).configure(OperatingState.of(stored)).apply();
        check.leak();
        check.amplitude();
        check.threshold();
        bench.merged(merged).configure(before).apply();
        return new DriftReport(check.neurons, check.findings);
    }

    private void leak() {
        ChipConfiguration operating = bench.configuration();
        bench.neurons(neuron -> neuron.withThresholdComparator(false));
        potential(
                Quantity.LEAK,
                bench.each(joined -> joined.read(program -> CadcPotentials.read(program.pause(SETTLE_TICKS), READS))));
        bench.configure(operating);
    }

    private void threshold() {
        Threshold.prepare(bench);
        potential(Quantity.THRESHOLD, Threshold.measure(bench));
    }

    private void amplitude() {
        double[] tauMem = stored.achieved(Quantity.TAU_MEM).orElseGet(DriftCheck::unknown);
        double longest = stored.targets().get(TargetKey.TAU_MEM).most();
        for (SynapticInput input : SynapticInput.values()) {
            double[] before = stored.achieved(input.amplitudeQuantity()).orElseGet(DriftCheck::unknown);
            double[] tauSyn = stored.achieved(input.tauQuantity()).orElseGet(DriftCheck::unknown);
            double[] now = pick(new StrengthCorrection(input, before, tauMem, tauSyn, longest).peaks(bench));
            double[] wanted = pick(before);
            double[] shifts = new double[neurons.length];
            Arrays.setAll(shifts, i -> PER_CENT * (now[i] / wanted[i] - 1));
            finding(input.amplitudeQuantity(), now, shifts, true, AMPLITUDE_SHIFT, wanted);
        }
    }

    private void potential(Quantity quantity, double[] measured) {
        double[] now = pick(measured);
        double[] before = pick(stored.achieved(quantity).orElseGet(DriftCheck::unknown));
        double[] shifts = new double[neurons.length];
        Arrays.setAll(shifts, i -> now[i] - before[i]);
        TargetKey key = quantity == Quantity.LEAK ? TargetKey.LEAK : TargetKey.THRESHOLD;
        finding(
                quantity,
                now,
                shifts,
                false,
                POTENTIAL_SHIFT,
                pick(stored.targets().get(key).toArray()));
    }

    private void finding(
            Quantity quantity, double[] now, double[] shifts, boolean relative, double limit, double[] wanted) {
        int[] out = IntStream.range(0, neurons.length)
                .filter(i -> !quantity.accepts(now[i], wanted[i]))
                .map(i -> neurons[i])
                .toArray();
        double shift = Statistics.median(shifts);
        boolean drifted = Math.abs(shift) > limit || out.length > SHARE * neurons.length;
        findings.add(new DriftReport.Finding(quantity, now, shift, relative, out, drifted));
    }

    private double[] pick(double[] all) {
        return Arrays.stream(neurons).mapToDouble(n -> all[n]).toArray();
    }

    private static double[] unknown() {
        double[] none = new double[AtomicNeuron.COUNT];
        Arrays.fill(none, Double.NaN);
        return none;
    }
}
