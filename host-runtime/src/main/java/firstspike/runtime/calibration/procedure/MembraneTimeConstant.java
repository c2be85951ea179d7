package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Side;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticks;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.Container;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.NeuronReset;
import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.fit.RefractoryClocks;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.calibration.search.SearchTask;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.MadcTraces;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Leak conductances that give every neuron its membrane time constant (calibration.md 4.5), with the decision which neurons
 * divide or multiply theirs. Long time constants are seen after a current into the membrane ends, short ones, from which
 * that current cannot lift the membrane, after a reset far below the leak.
 *
 * <p>What the bench must have: leak potentials in the middle of the range, readout amplifiers on.
 */
public final class MembraneTimeConstant implements Procedure {

    /** Targets above this are measured by the current into the membrane, microseconds. */
    static final double SHORT_US = 3;

    private static final double LEAST_US = 0.1;
    private static final double MOST_US = 2000;
    private static final int OFFSET_CODE = 1000;
    private static final double OFFSET_US = 100;
    /** Largest code with room for the reach of a search and for noise of the cells. */
    private static final int STRONGEST = 1017;

    private static final int WEAK = 63;
    private static final int STRONG = 959;
    private static final int LOW_RESET = 520;
    private static final int HIGH_LEAK = 880;
    private static final int STRONG_RESET = 1012;
    /** A clamp of 4 µs: eight times the fastest reset. */
    private static final int CLAMP_SCALE = 3;

    private static final int CLAMP_CYCLES = 64;
    private static final double SHORTEST_DECAY_US = 70;
    private static final double DECAY_TAUS = 8;
    private static final double LOWER_HALF = 0.5;

    private final double[] targetsUs;
    private final Search search;
    private final SearchRange range;

    /**
     * @param targetsUs wanted time constants of the neurons, microseconds
     * @param search of the codes
     */
    public MembraneTimeConstant(double[] targetsUs, Search search) {
        this.targetsUs = targetsUs.clone();
        this.search = search;
        this.range = SearchRange.CELL;
    }

    @Override
    public String id() {
        return "neuron.tau-mem";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        Collected found = new Collected(targetsUs);
        int[] codes = bench.codes(NeuronParameter.I_BIAS_LEAK);
        boolean[] divide = new boolean[AtomicNeuron.COUNT];
        boolean[] multiply = new boolean[AtomicNeuron.COUNT];
        for (Method method : Method.values()) {
            int[] neurons = IntStream.range(0, AtomicNeuron.COUNT)
                    .filter(n -> method == Method.of(targetsUs[n]))
                    .toArray();
            if (neurons.length == 0) {
                continue;
            }
            bench.configure(before);
            prepare(bench, method);
            DecayTraces traces = traces(method, longest(neurons));
            decide(bench, method, traces, neurons, divide, multiply);
            SearchTask task = new SearchTask(range, pick(targetsUs, neurons), true);
            SearchOutcome outcome = search.search(task, tried -> {
                for (int i = 0; i < neurons.length; i++) {
                    codes[neurons[i]] = tried[i];
                }
                return bench.set(NeuronParameter.I_BIAS_LEAK, codes).each(neurons, traces::measure);
            });
            for (int i = 0; i < neurons.length; i++) {
                codes[neurons[i]] = outcome.codes()[i];
            }
            found.add(neurons, outcome);
        }
        bench.configure(before)
                .set(NeuronParameter.I_BIAS_LEAK, codes)
                .neurons(neuron -> scaled(neuron, divide, multiply));
        return found.finding();
    }

    /**
     * Measures time constants as they are.
     *
     * @param bench of the chip; its codes and switches are the same afterwards
     * @param neurons to measure
     * @param expectedUs what they are about, microseconds
     * @return microseconds, one a neuron in the same order; NaN where not measurable
     */
    public static double[] measure(Bench bench, int[] neurons, double expectedUs) {
        ChipConfiguration before = bench.configuration();
        Method method = Method.of(expectedUs);
        prepare(bench, method);
        double[] taus = bench.each(neurons, traces(method, expectedUs)::measure);
        bench.configure(before);
        return taus;
    }

    /**
     * Records some neurons for pictures.
     *
     * @param bench of the chip; its codes and switches are the same afterwards
     * @param neurons to record
     * @param expectedUs what their time constants are about, microseconds
     * @return their traces and fits
     */
    public static List<TraceFit> show(Bench bench, int[] neurons, double expectedUs) {
        ChipConfiguration before = bench.configuration();
        Method method = Method.of(expectedUs);
        prepare(bench, method);
        DecayTraces traces = traces(method, expectedUs);
        List<TraceFit> shown = bench.eachOf(neurons, (joined, some) -> traces.show(joined, Quantity.TAU_MEM, some));
        bench.configure(before);
        return shown;
    }

    private double longest(int[] neurons) {
        return Arrays.stream(neurons).mapToDouble(n -> targetsUs[n]).max().orElseThrow();
    }

    private static double[] pick(double[] all, int[] neurons) {
        return Arrays.stream(neurons).mapToDouble(n -> all[n]).toArray();
    }

    private enum Method {
        /** Decay after a constant current ends. */
        OFFSET,
        /** Rise after a reset. */
        RESET;

        static Method of(double targetUs) {
            return targetUs > SHORT_US ? OFFSET : RESET;
        }
    }

    private static void prepare(Bench bench, Method method) {
        bench.neurons(neuron -> neuron.withThresholdComparator(false)
                .withMembraneOffset(false)
                .withReadoutSource(NeuronConfig.ReadoutSource.MEMBRANE));
        if (method == Method.OFFSET) {
            bench.set(NeuronParameter.I_MEM_OFFSET, OFFSET_CODE);
        } else {
            bench.neurons(neuron ->
                            neuron.withFire(true).withResetMultiplication(true).withResetDivision(false))
                    .backends(backend -> backend.withSpikeOut(false)
                            .withFastClock(true)
                            .withRefractoryTime(CLAMP_CYCLES)
                            .withResetHoldoff(RefractoryClocks.SHORTEST_HOLDOFF))
                    .set(NeuronParameter.V_RESET, LOW_RESET)
                    .set(NeuronParameter.V_LEAK, HIGH_LEAK)
                    .set(NeuronParameter.I_BIAS_RESET, STRONG_RESET);
            for (Side side : Side.values()) {
                bench.set(new CommonNeuronBackendConfig(
                                side,
                                bench.configuration().values(Container.COMMON_NEURON_BACKEND_CONFIG, side.index()))
                        .withClockScaleFast(CLAMP_SCALE));
            }
        }
    }

    private static DecayTraces traces(Method method, double longestUs) {
        double decay = Math.max(SHORTEST_DECAY_US, DECAY_TAUS * longestUs);
        return method == Method.OFFSET
                ? new DecayTraces(
                        MembraneTimeConstant::lift, MembraneTimeConstant::release, decay, LOWER_HALF, LEAST_US, MOST_US)
                : new DecayTraces(
                        (recording, neuron) -> {},
                        MembraneTimeConstant::reset,
                        decay,
                        DecayTraces.AFTER_EXTREME,
                        LEAST_US,
                        MOST_US,
                        EvenTrace.Grid.FINEST);
    }

    private static void lift(MadcTraces.Recording recording, AtomicNeuron neuron) {
        write(recording.program(), recording.switches().withMembraneOffset(true));
        recording
                .program()
                .barrier(Barrier.OMNIBUS)
                .pause(Ticks.ofMicros(OFFSET_US).value());
    }

    private static void release(MadcTraces.Recording recording, AtomicNeuron neuron) {
        write(recording.program(), recording.switches());
    }

    private static void reset(MadcTraces.Recording recording, AtomicNeuron neuron) {
        NeuronReset reset = new NeuronReset(neuron);
        recording.program().write(reset.writeAddresses(), reset.words());
    }

    private static void write(PlaybackProgramBuilder program, NeuronConfig switches) {
        program.write(switches.writeAddresses(), switches.words());
    }

    /** Which neurons divide or multiply: those that could not reach their targets without. */
    private void decide(
            Bench bench, Method method, DecayTraces traces, int[] neurons, boolean[] divide, boolean[] multiply) {
        if (method == Method.OFFSET) {
            bench.neurons(neuron -> neuron.withLeakDivision(true).withLeakMultiplication(false));
            double[] least = at(bench, traces, neurons, STRONGEST);
            for (int i = 0; i < neurons.length; i++) {
                divide[neurons[i]] = least[i] < targetsUs[neurons[i]];
            }
        } else {
            bench.neurons(neuron -> neuron.withLeakDivision(false).withLeakMultiplication(false));
            double[] weak = at(bench, traces, neurons, WEAK);
            double[] strong = at(bench, traces, neurons, STRONG);
            for (int i = 0; i < neurons.length; i++) {
                divide[neurons[i]] = weak[i] < targetsUs[neurons[i]];
                multiply[neurons[i]] = !divide[neurons[i]] && strong[i] > targetsUs[neurons[i]];
            }
        }
        bench.neurons(neuron -> scaled(neuron, divide, multiply));
    }

    private static double[] at(Bench bench, DecayTraces traces, int[] neurons, int code) {
        return bench.set(NeuronParameter.I_BIAS_LEAK, code).each(neurons, traces::measure);
    }

    private static NeuronConfig scaled(NeuronConfig switches, boolean[] divide, boolean[] multiply) {
        int n = switches.neuron().index();
        return switches.withLeakDivision(divide[n]).withLeakMultiplication(multiply[n]);
    }

    /** What searches of groups of neurons found, together. */
    private static final class Collected {
        private final double[] targets;
        private final double[] results = new double[AtomicNeuron.COUNT];
        private final SearchFailure[] failures = new SearchFailure[AtomicNeuron.COUNT];
        private int steps;

        Collected(double[] targets) {
            this.targets = targets;
        }

        void add(int[] neurons, SearchOutcome outcome) {
            for (int i = 0; i < neurons.length; i++) {
                results[neurons[i]] = outcome.results()[i];
                failures[neurons[i]] = outcome.failures()[i];
            }
            steps += outcome.steps();
        }

        Finding finding() {
            return new Finding(Optional.of(Quantity.TAU_MEM), targets.clone(), results, failures, steps, List.of());
        }
    }
}
