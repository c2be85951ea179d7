package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticks;
import firstspike.driver.register.CapMemCellValue;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Search;
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
 * Conductances between compartments: currents that give every neuron the wanted ratio of its membrane's capacitance to the
 * conductance between membrane and somatic line, with the decision which neurons divide or multiply theirs (calibration.md 1,
 * 5 step 15). Two neighbours that rest apart are joined for a while; their potentials approach each other with 1/tau = 2/tau_icc +
 * 1/tau_leak, where the leak is made weak and its time constant measured. Afterwards neurons are as separate as before. Immutable.
 *
 * <p>What the bench must have: single circuits, leak potentials in the middle of the range, readout amplifiers on.
 */
public final class InterCompartment implements Procedure {

    private static final double LEAST_US = 0.02;
    private static final double MOST_US = 500;
    /** With division: a membrane of 61 µs on a chip without mismatch. */
    private static final int WEAK_LEAK = 120;

    private static final double WEAK_LEAK_US = 60;
    /** Before a recording, for what the one before has moved. */
    private static final double REST_US = 6 * WEAK_LEAK_US;
    /** How much higher odd neurons rest: 240 mV. */
    private static final int APART = 150;
    /** Bias below which division, and above which multiplication is decided. */
    private static final int WEAK = 200;

    private static final int STRONG = 959;
    private static final double SHORTEST_DECAY_US = 10;
    private static final double DECAY_TAUS = 8;
    /** From the last sample on, until neighbours are separated. */
    private static final double MARGIN_US = 20;

    private final double[] targetsUs;
    private final Search search;
    private final int[] neurons;

    /**
     * @param targetsUs wanted time constants of the neurons, microseconds
     * @param search of the codes
     */
    public InterCompartment(double[] targetsUs, Search search) {
        this(targetsUs, search, IntStream.range(0, AtomicNeuron.COUNT).toArray());
    }

    /** Of some neurons only; others keep what they have. */
    InterCompartment(double[] targetsUs, Search search, int[] neurons) {
        this.targetsUs = targetsUs.clone();
        this.search = search;
        this.neurons = neurons.clone();
    }

    @Override
    public String id() {
        return "neuron.icc";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        prepare(bench);
        double[] targets = Arrays.stream(neurons).mapToDouble(n -> targetsUs[n]).toArray();
        double longest = Arrays.stream(targets).max().orElseThrow();
        double[] leakUs = leaks(bench);
        boolean[] divide = new boolean[AtomicNeuron.COUNT];
        boolean[] multiply = new boolean[AtomicNeuron.COUNT];
        bench.neurons(neuron -> scaled(neuron, divide, multiply));
        double[] weak = measure(bench.set(NeuronParameter.I_BIAS_NMDA, WEAK), leakUs, longest);
        double[] strong = measure(bench.set(NeuronParameter.I_BIAS_NMDA, STRONG), leakUs, longest);
        for (int i = 0; i < neurons.length; i++) {
            divide[neurons[i]] = weak[i] < targets[i];
            multiply[neurons[i]] = !divide[neurons[i]] && strong[i] > targets[i];
        }
        bench.neurons(neuron -> scaled(neuron, divide, multiply));
        int[] codes = bench.codes(NeuronParameter.I_BIAS_NMDA);
        SearchOutcome outcome = search.search(new SearchTask(SearchRange.CELL, targets, true), tried -> {
            for (int i = 0; i < neurons.length; i++) {
                codes[neurons[i]] = tried[i];
            }
            return measure(bench.set(NeuronParameter.I_BIAS_NMDA, codes), leakUs, longest);
        });
        bench.configure(before);
        int[] found = bench.codes(NeuronParameter.I_BIAS_NMDA);
        for (int i = 0; i < neurons.length; i++) {
            found[neurons[i]] = outcome.codes()[i];
        }
        bench.set(NeuronParameter.I_BIAS_NMDA, found).neurons(neuron -> scaled(neuron, divide, multiply));
        return new Finding(
                Optional.of(Quantity.TAU_ICC),
                targets,
                outcome.results(),
                outcome.failures(),
                outcome.steps(),
                List.of());
    }

    /**
     * Measures as it is.
     *
     * @param bench of the chip; its codes and switches are the same afterwards
     * @param neurons to measure
     * @param longestUs of their time constants, about, microseconds
     * @return microseconds, one a neuron in the same order; NaN where not measurable
     */
    public static double[] measure(Bench bench, int[] neurons, double longestUs) {
        ChipConfiguration before = bench.configuration();
        InterCompartment those =
                new InterCompartment(new double[AtomicNeuron.COUNT], (task, observable) -> null, neurons);
        prepare(bench);
        double[] taus = those.measure(bench, those.leaks(bench), longestUs);
        bench.configure(before);
        return taus;
    }

    /** Weak leaks, neighbours apart, nothing that fires or drives. */
    private static void prepare(Bench bench) {
        int[] leaks = bench.codes(NeuronParameter.V_LEAK);
        for (int n = 1; n < leaks.length; n += 2) {
            leaks[n] = Math.min(CapMemCellValue.MAXIMUM, leaks[n] + APART);
        }
        bench.set(NeuronParameter.V_LEAK, leaks)
                .set(NeuronParameter.I_BIAS_LEAK, WEAK_LEAK)
                .neurons(neuron -> coupled(
                        Switches.inputs(neuron.withThresholdComparator(false), false, false)
                                .withMembraneOffset(false)
                                .withLeakDivision(true)
                                .withLeakMultiplication(false)
                                .withReadoutSource(NeuronConfig.ReadoutSource.MEMBRANE),
                        false));
    }

    private double[] leaks(Bench bench) {
        return MembraneTimeConstant.measure(bench, neurons, WEAK_LEAK_US);
    }

    private double[] measure(Bench bench, double[] leakUs, double longestUs) {
        double decay = Math.max(SHORTEST_DECAY_US, DECAY_TAUS * longestUs / 2);
        DecayTraces traces = new DecayTraces(
                (recording, neuron) ->
                        recording.program().pause(Ticks.ofMicros(REST_US).value()),
                (recording, neuron) -> join(bench, recording, neuron, decay),
                decay,
                DecayTraces.AFTER_EXTREME,
                LEAST_US,
                MOST_US);
        double[] totals = traces.measure(bench, neurons);
        double[] taus = new double[totals.length];
        // a decay that is not faster than that of the leak alone has no conductance in it
        Arrays.setAll(taus, i -> {
            double rate = (1 / totals[i] - 1 / leakUs[i]) / 2;
            return rate > 0 ? Math.min(MOST_US, 1 / rate) : Double.isNaN(rate) ? Double.NaN : MOST_US;
        });
        return taus;
    }

    private static void join(Bench bench, MadcTraces.Recording recording, AtomicNeuron neuron, double decayUs) {
        AtomicNeuron other = AtomicNeuron.of(neuron.index() ^ 1);
        NeuronConfig apart = bench.neuron(other);
        boolean left = neuron.index() < other.index();
        PlaybackProgramBuilder program = recording.program();
        write(program, apart.withConnectSoma(true).withConnectSomaRight(!left));
        write(program, coupled(recording.switches().withConnectSomaRight(left), true));
        program.barrier(Barrier.OMNIBUS)
                .pause(Ticks.ofMicros(decayUs + MARGIN_US).value());
        write(program, recording.switches());
        write(program, apart);
    }

    private static void write(PlaybackProgramBuilder program, NeuronConfig switches) {
        program.write(switches.writeAddresses(), switches.words());
    }

    private static NeuronConfig coupled(NeuronConfig neuron, boolean on) {
        return new NeuronConfig(neuron.neuron(), neuron.values().with("enable_multicomp_conductance", on));
    }

    private static NeuronConfig scaled(NeuronConfig neuron, boolean[] divide, boolean[] multiply) {
        int n = neuron.neuron().index();
        return new NeuronConfig(
                neuron.neuron(),
                neuron.values()
                        .with("enable_divide_multicomp_conductance_bias", divide[n])
                        .with("enable_multiply_multicomp_conductance_bias", multiply[n]));
    }
}
