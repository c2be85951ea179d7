package firstspike.acceptance;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.plan.Calibration;
import firstspike.runtime.calibration.plan.CalibrationListener;
import firstspike.runtime.calibration.plan.CalibrationRun;
import firstspike.runtime.calibration.plan.CalibrationTask;
import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.verification.Verified;
import firstspike.runtime.calibration.verification.Verifier;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A chip that was calibrated, and how it was measured with the median of its codes everywhere. */
record CalibratedChip(CalibrationResult result, Verified before, double seconds) {

    private static final List<String> SWITCHES = List.of(
            "enable_leak_division",
            "enable_leak_multiplication",
            "enable_synaptic_input_excitatory_high_resistance",
            "enable_synaptic_input_inhibitory_high_resistance");
    private static final long SEED = 7;

    /** Calibrates a chip; {@link AssertionError} when it does not run to its end. */
    static CalibratedChip of(String uri, TargetSet targets, boolean measureBefore) {
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
                ChipSession session = ChipSession.open(first -> target.open(0, first), 0, 0)) {
            long begin = System.nanoTime();
            CalibrationRun run = new Calibration(
                            session,
                            new CalibrationTask(targets, SEED, "acceptance"),
                            CalibrationListener.NONE,
                            Clock.systemUTC())
                    .run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (run.end().isPresent()) {
                throw new AssertionError(uri + " ended early", run.end().get());
            }
            Verified before = measureBefore ? alike(session, run.result()) : null;
            return new CalibratedChip(run.result(), before, seconds);
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
        double uncalibrated = before.report(quantity).orElseThrow().statistics().trimmedSigma();
        return sigma(quantity) / uncalibrated;
    }

    /** Deviation with the same code in all neurons, as a part of the median if wanted; without circuits that are out of use. */
    double sigmaBefore(Quantity quantity, boolean relative) {
        double[] values = before.achieved().get(quantity);
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

    private static Verified alike(ChipSession session, CalibrationResult result) {
        int[] capacitance = IntStream.generate(
                        () -> (int) result.targets().get(TargetKey.CAPACITANCE).of(0))
                .limit(AtomicNeuron.COUNT)
                .toArray();
        int bias = (int) result.targets().get(TargetKey.SYNAPSE_DAC_BIAS).of(0);
        Bench bench = new Bench(session, result.codes().onto(BaseState.of(capacitance, bias)));
        for (NeuronParameter parameter : NeuronParameter.values()) {
            bench.set(parameter, (int) Statistics.median(
                    Arrays.stream(bench.codes(parameter)).asDoubleStream().toArray()));
        }
        for (String name : SWITCHES) {
            boolean most = IntStream.range(0, AtomicNeuron.COUNT)
                            .filter(n ->
                                    bench.neuron(AtomicNeuron.of(n)).values().isSet(name))
                            .count()
                    > AtomicNeuron.COUNT / 2;
            ChipConfiguration.Builder chip = bench.configuration().change();
            for (int n = 0; n < AtomicNeuron.COUNT; n++) {
                ContainerValues values = bench.configuration().values(Container.NEURON_CONFIG, n);
                chip.set(Container.NEURON_CONFIG, n, values.with(name, most));
            }
            bench.configure(chip.build());
        }
        bench.renew();
        return new Verifier(bench, result.targets()).run(false);
    }
}
