package firstspike.runtime.calibration.procedure;

import static firstspike.runtime.error.CalibrationException.Code.TOO_FEW_SAMPLES;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Ticks;
import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.fit.ExponentialFit;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.MadcTrace;
import firstspike.runtime.measurement.MadcTraces;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Time constants of decays that the MADC sees, neuron after neuron in one program (calibration.md 4.5, 4.6). Immutable.
 *
 * @param prepare adds what happens before a recording, waits included
 * @param stimulus adds what sets off the decay, {@link #LEAD_US} after the samples are good
 * @param decayUs how long the decay is recorded, microseconds
 * @param share of the way back to rest at which a fit begins, 0 to 1
 * @param leastUs smallest time constant
 * @param mostUs largest time constant
 * @param grid of the samples: as coarse as the decay allows, for each sample costs time on the host
 */
record DecayTraces(
        BiConsumer<MadcTraces.Recording, AtomicNeuron> prepare,
        BiConsumer<MadcTraces.Recording, AtomicNeuron> stimulus,
        double decayUs,
        double share,
        double leastUs,
        double mostUs,
        EvenTrace.Grid grid) {

    /** Good samples before the decay, microseconds. */
    static final double LEAD_US = 2;

    /** Share at which a fit begins that takes the whole decay: what sets it off is over then. */
    static final double AFTER_EXTREME = 0.9;

    /** Fewest samples of a fit; a decay that leaves fewer is fitted from its stimulus on. */
    private static final int FEWEST = 100;
    /** Mean over which noise is no edge, microseconds. */
    private static final double SMOOTH_US = 0.3;
    /** Part of the decay at its end that counts as rest. */
    private static final double REST = 0.08;
    /** Shortest time from a stimulus to its effect that matters; fits begin later anyway. */
    private static final double LATENCY_US = 0.2;
    /** What the wake-up of the converter is waited for more, the second time. */
    private static final long PATIENCE_TICKS = 125_000;
    /** Samples that are enough for a decay of eight time constants or more. */
    private static final int ENOUGH = 250;

    /** With samples that are {@value #ENOUGH} or more in the decay. */
    DecayTraces(
            BiConsumer<MadcTraces.Recording, AtomicNeuron> prepare,
            BiConsumer<MadcTraces.Recording, AtomicNeuron> stimulus,
            double decayUs,
            double share,
            double leastUs,
            double mostUs) {
        this(prepare, stimulus, decayUs, share, leastUs, mostUs, EvenTrace.Grid.within(decayUs / ENOUGH));
    }

    /**
     * Measures time constants.
     *
     * @param bench of the chip; readout amplifiers see what decays
     * @param neurons to measure
     * @return microseconds, one a neuron in the same order; NaN where nothing decays
     * @throws CalibrationException when twice fewer than 90 % of the samples came
     */
    double[] measure(Bench bench, int[] neurons) {
        int samples = grid.samples(LEAD_US + decayUs);
        ChipConfiguration before = bench.configuration();
        grid.set(bench);
        List<MadcTrace> traces = record(bench, neurons, samples, 0);
        if (!complete(traces, samples)) {
            traces = record(bench, neurons, samples, PATIENCE_TICKS);
        }
        bench.configure(before);
        double[] taus = new double[neurons.length];
        for (int i = 0; i < taus.length; i++) {
            MadcTrace trace = traces.get(i);
            if (!EvenTrace.isComplete(trace, samples)) {
                throw new CalibrationException(
                        TOO_FEW_SAMPLES,
                        "samples of " + trace.neuron(),
                        trace.values().length,
                        "90 % of " + samples,
                        "check the MADC with doctor, and the link");
            }
            taus[i] = fit(EvenTrace.of(trace, grid)).tau();
        }
        return taus;
    }

    private static boolean complete(List<MadcTrace> traces, int samples) {
        return traces.stream().allMatch(trace -> EvenTrace.isComplete(trace, samples));
    }

    private List<MadcTrace> record(Bench bench, int[] neurons, int samples, long patience) {
        long before = Ticks.ofMicros(EvenTrace.COMING_UP_US + LEAD_US).value();
        Executed<MadcTraces> done = bench.run(program -> {
            program.pause(patience);
            return MadcTraces.record(bench, program, neurons, samples, (recording, neuron) -> {
                prepare.accept(recording, neuron);
                recording.start();
                recording.program().waitUntil(before - 1);
                stimulus.accept(recording, neuron);
            });
        });
        RunResult result = done.result();
        return done.tickets().of(result);
    }

    /**
     * Records neurons for pictures.
     *
     * @param bench of the chip, as for {@link #measure}
     * @param quantity that the fits give
     * @param neurons to record
     * @return their traces with their fits; a fit that did not converge is left out
     */
    List<TraceFit> show(Bench bench, Quantity quantity, int[] neurons) {
        ChipConfiguration before = bench.configuration();
        grid.set(bench);
        List<TraceFit> shown = new ArrayList<>();
        for (MadcTrace trace : record(bench, neurons, grid.samples(LEAD_US + decayUs), 0)) {
            shown.add(shown(quantity, trace.neuron().index(), EvenTrace.of(trace, grid)));
        }
        bench.configure(before);
        return shown;
    }

    private TraceFit shown(Quantity quantity, int neuron, EvenTrace trace) {
        int begin = begin(trace);
        ExponentialFit fit = fit(trace);
        double[] time = new double[trace.lsb().length];
        double[] fitted = new double[time.length];
        for (int i = 0; i < time.length; i++) {
            time[i] = trace.startUs() + i * grid.spacingUs();
            double since = (i - begin) * grid.spacingUs();
            fitted[i] = i < begin || !fit.converged()
                    ? Double.NaN
                    : fit.offset() + fit.amplitude() * Math.exp(-since / fit.tau());
        }
        return new TraceFit(quantity, neuron, time, trace.lsb(), fitted, fit.tau());
    }

    /** Fits what is left of the way back to rest from the wanted share on. */
    ExponentialFit fit(EvenTrace trace) {
        return ExponentialFit.of(trace.lsb(), begin(trace), trace.lsb().length, grid.spacingUs(), leastUs, mostUs);
    }

    /** Where a fit begins. */
    private int begin(EvenTrace trace) {
        double onset = EvenTrace.COMING_UP_US + LEAD_US + LATENCY_US;
        double[] y = trace.lsb();
        int from = trace.at(onset);
        double rest = trace.mean((int) (y.length - REST * decayUs / grid.spacingUs()), y.length);
        int smooth = (int) Math.max(2, SMOOTH_US / grid.spacingUs());
        int start = from;
        double top = trace.mean(from, from + smooth) - rest;
        for (int i = from; i + smooth <= y.length; i++) {
            double here = trace.mean(i, i + smooth) - rest;
            if (Math.abs(here) > Math.abs(top)) {
                top = here;
                start = i;
            }
        }
        while (start + smooth < y.length
                && Math.abs(trace.mean(start, start + smooth) - rest) > Math.abs(top) * share) {
            start++;
        }
        return y.length - start < FEWEST ? from : start;
    }
}
