package firstspike.runtime.calibration.verification;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.playback.Ticks;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.calibration.fit.RefractoryClocks;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.procedure.InterCompartment;
import firstspike.runtime.calibration.procedure.MembraneTimeConstant;
import firstspike.runtime.calibration.procedure.PostsynapticPotentials;
import firstspike.runtime.calibration.procedure.Reset;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.procedure.SynapticTimeConstant;
import firstspike.runtime.calibration.procedure.Threshold;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.target.TargetStep;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.measurement.SpikeCounts;
import firstspike.runtime.session.ChipConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures every quantity of all neurons again (calibration.md 7). The bench has the calibrated codes in force by a set-up
 * program, and the same afterwards: what a measurement needs otherwise is put back by a set-up program, which lands analog
 * parameters where they were. One owner thread.
 */
public final class Verifier {

    /** Readings whose mean is a potential: with one, a good calibration in 25 would miss its share. */
    private static final int READS = 16;

    private static final int NOISE_READS = 60;
    private static final int EVENTS = 20;
    private static final int WEIGHT = 63;
    /** While a driven neuron fires some twenty times. */
    private static final double SPIKES_US = 2000;
    /** A millisecond of rest after switches were changed. */
    private static final long SETTLE_TICKS = 125_000;

    private final Bench bench;
    private final TargetSet targets;
    private final Map<Quantity, double[]> values = new EnumMap<>(Quantity.class);

    /**
     * @param bench of the chip, in the state of experiments, with the test synapses of the base state
     * @param targets of the calibration
     */
    public Verifier(Bench bench, TargetSet targets) {
        this.bench = bench;
        this.targets = targets;
    }

    /**
     * Measures everything.
     *
     * @param functional whether the chip's functions are checked too
     * @return what was found
     */
    public Verified run(boolean functional) {
        ChipConfiguration before = bench.configuration();
        double[] noise = potentials();
        timeConstants(before);
        double[] misshapen = amplitudes();
        Optional<FunctionalChecks> checks =
                functional ? Optional.of(FunctionalChecks.run(bench, misshapen)) : Optional.empty();
        boolean[] restless = checks.map(FunctionalChecks::restless).orElseGet(() -> new boolean[AtomicNeuron.COUNT]);
        boolean[] silent = threshold(before);
        refractory();
        if (targets.asksFor(TargetStep.ICC)) {
            int[] all = IntStream.range(0, AtomicNeuron.COUNT).toArray();
            values.put(Quantity.TAU_ICC, InterCompartment.measure(bench, all, longest(TargetKey.TAU_ICC)));
            putBack(before);
        }
        List<QuantityReport> reports = new ArrayList<>();
        values.forEach((quantity, measured) -> reports.add(report(quantity, measured)));
        return new Verified(reports, noise, silent, restless, checks);
    }

    private QuantityReport report(Quantity quantity, double[] measured) {
        double[] wanted = wanted(quantity, measured);
        if (quantity != Quantity.REFRACTORY) {
            return QuantityReport.of(quantity, wanted, measured);
        }
        boolean[] accepted = new boolean[measured.length];
        for (int n = 0; n < accepted.length; n++) {
            accepted[n] = Math.abs(measured[n] - wanted[n]) <= quantity.tolerance() * clockPeriodUs(n);
        }
        return new QuantityReport(quantity, wanted, measured, accepted, Statistics.of(measured));
    }

    /** Rest and reset, and the noise of a membrane at rest. */
    private double[] potentials() {
        ChipConfiguration before = bench.configuration();
        bench.neurons(neuron -> neuron.withThresholdComparator(false)
                .withMembraneOffset(false)
                .withSynapticInputExcitatory(true)
                .withSynapticInputInhibitory(true));
        values.put(
                Quantity.LEAK,
                bench.each(joined -> joined.read(program -> CadcPotentials.read(program.pause(SETTLE_TICKS), READS))));
        double[] noise = bench.each(
                joined -> joined.read(program -> CadcPotentials.deviation(program.pause(SETTLE_TICKS), NOISE_READS)));
        Reset.prepare(bench);
        values.put(Quantity.RESET, bench.read(program -> Reset.read(program, READS)));
        bench.configure(before);
        return noise;
    }

    private void timeConstants(ChipConfiguration before) {
        int[] all = IntStream.range(0, AtomicNeuron.COUNT).toArray();
        values.put(Quantity.TAU_MEM, MembraneTimeConstant.measure(bench, all, longest(TargetKey.TAU_MEM)));
        putBack(before);
        for (SynapticInput input : SynapticInput.values()) {
            values.put(input.tauQuantity(), SynapticTimeConstant.measure(bench, input, all, longest(key(input))));
        }
    }

    private static TargetKey key(SynapticInput input) {
        return input == SynapticInput.EXCITATORY ? TargetKey.TAU_SYN_EXC : TargetKey.TAU_SYN_INH;
    }

    private double longest(TargetKey key) {
        return targets.get(key).most();
    }

    /** Amplitudes of both inputs; how far some excitatory potentials are from the model. */
    private double[] amplitudes() {
        double longest = Math.max(
                longest(TargetKey.TAU_MEM), Math.max(longest(TargetKey.TAU_SYN_EXC), longest(TargetKey.TAU_SYN_INH)));
        int pitch = AtomicNeuron.COUNT / FunctionalChecks.RESPONSIVE;
        int[] spread = IntStream.range(0, FunctionalChecks.RESPONSIVE)
                .map(i -> i * pitch + i)
                .toArray();
        double[] misshapen = new double[0];
        for (SynapticInput input : SynapticInput.values()) {
            PostsynapticPotentials potentials = PostsynapticPotentials.measure(bench, input, WEIGHT, EVENTS, longest);
            double[] tauMem = values.get(Quantity.TAU_MEM);
            double[] tauSyn = values.get(input.tauQuantity());
            double onset = potentials.onsetUs(tauMem, tauSyn);
            values.put(input.amplitudeQuantity(), potentials.peaks(onset, tauMem, tauSyn));
            if (input == SynapticInput.EXCITATORY) {
                misshapen = potentials.residuals(spread, onset, tauMem, tauSyn);
            }
        }
        return misshapen;
    }

    /** Threshold, and which neurons never fire in the state in which it is measured. */
    private boolean[] threshold(ChipConfiguration before) {
        Threshold.prepare(bench);
        values.put(Quantity.THRESHOLD, Threshold.measure(bench));
        int[] counts = bench.read(
                program -> SpikeCounts.over(program, Ticks.ofMicros(SPIKES_US).value()));
        putBack(before);
        boolean[] silent = new boolean[counts.length];
        for (int n = 0; n < silent.length; n++) {
            silent[n] = counts[n] == 0;
        }
        return silent;
    }

    private void refractory() {
        double[] times = new double[AtomicNeuron.COUNT];
        Arrays.setAll(times, n -> {
            ContainerValues backend = bench.backend(AtomicNeuron.of(n)).values();
            return backend.value("refractory_time") * clockPeriodUs(n);
        });
        values.put(Quantity.REFRACTORY, times);
    }

    private double clockPeriodUs(int neuron) {
        AtomicNeuron circuit = AtomicNeuron.of(neuron);
        boolean fast = bench.backend(circuit).values().value("select_input_clock") == 1;
        ContainerValues common = bench.configuration()
                .values(Container.COMMON_NEURON_BACKEND_CONFIG, circuit.side().index());
        return RefractoryClocks.periodUs((int) common.value(fast ? "clock_scale_fast" : "clock_scale_slow"));
    }

    private void putBack(ChipConfiguration before) {
        bench.configure(before).apply();
    }

    /** Targets; of an amplitude the median of what was measured, which is how neurons are made alike. */
    private double[] wanted(Quantity quantity, double[] measured) {
        return switch (quantity) {
            case LEAK -> targets.get(TargetKey.LEAK).toArray();
            case RESET -> targets.get(TargetKey.RESET).toArray();
            case THRESHOLD -> targets.get(TargetKey.THRESHOLD).toArray();
            case TAU_MEM -> targets.get(TargetKey.TAU_MEM).toArray();
            case TAU_SYN_EXC -> targets.get(TargetKey.TAU_SYN_EXC).toArray();
            case TAU_SYN_INH -> targets.get(TargetKey.TAU_SYN_INH).toArray();
            case TAU_ICC -> targets.get(TargetKey.TAU_ICC).toArray();
            case REFRACTORY -> targets.get(TargetKey.REFRACTORY).toArray();
            case AMPLITUDE_EXC, AMPLITUDE_INH -> {
                double[] median = new double[measured.length];
                Arrays.fill(median, Statistics.median(measured));
                yield median;
            }
        };
    }
}
