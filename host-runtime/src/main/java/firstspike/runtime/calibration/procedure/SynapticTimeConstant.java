package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.runtime.calibration.evidence.TraceFit;
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
 * Codes that give one synaptic input of every neuron its time constant (calibration.md 4.6), with the decision which neurons
 * need the high resistance: the MADC sees the line of the input come back after a volley of events.
 *
 * <p>What the bench must have: readout amplifiers on, {@link TestSynapses}. Inputs are disconnected from the membranes meanwhile, so that no
 * neuron moves, but keep a strength, which the line needs to move at all.
 */
public final class SynapticTimeConstant implements Procedure {

    private static final double LEAST_US = 0.1;
    private static final double MOST_US = 100;
    private static final double SHORTEST_DECAY_US = 50;
    private static final double DECAY_TAUS = 8;
    /** Where the resistance is decided: the strongest code with room for the search. */
    private static final int STRONGEST = 1017;

    private static final int STRENGTH = 500;
    private static final int DAC = 1000;
    /** Events on each of the four test rows of a volley: together some 200 LSB of the MADC. */
    private static final int EVENTS_A_BUS = 3;

    private final SynapticInput input;
    private final double[] targetsUs;
    private final Search search;

    /**
     * @param input of the neurons
     * @param targetsUs wanted time constants, microseconds
     * @param search of the codes
     */
    public SynapticTimeConstant(SynapticInput input, double[] targetsUs, Search search) {
        this.input = input;
        this.targetsUs = targetsUs.clone();
        this.search = search;
    }

    @Override
    public String id() {
        return "neuron.tau-syn." + input.label();
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        prepare(bench, input);
        strengthen(bench, input);
        DecayTraces traces = traces(input, Arrays.stream(targetsUs).max().orElseThrow());
        int[] all = IntStream.range(0, AtomicNeuron.COUNT).toArray();

        bench.neurons(neuron -> input.withHighResistance(neuron, true)).set(input.tau(), STRONGEST);
        double[] least = traces.measure(bench, all);
        boolean[] high = new boolean[AtomicNeuron.COUNT];
        for (int n = 0; n < high.length; n++) {
            high[n] = !(least[n] > targetsUs[n]);
        }
        bench.neurons(
                neuron -> input.withHighResistance(neuron, high[neuron.neuron().index()]));

        SearchOutcome outcome = search.search(
                new SearchTask(SearchRange.CELL, targetsUs, true),
                codes -> traces.measure(bench.set(input.tau(), codes), all));
        bench.configure(before)
                .set(input.tau(), outcome.codes())
                .neurons(neuron ->
                        input.withHighResistance(neuron, high[neuron.neuron().index()]));
        return new Finding(
                Optional.of(input.tauQuantity()),
                targetsUs.clone(),
                outcome.results(),
                outcome.failures(),
                outcome.steps(),
                List.of());
    }

    /**
     * Measures time constants as they are.
     *
     * @param bench of the chip; its codes and switches are the same afterwards
     * @param input of the neurons
     * @param neurons to measure
     * @param expectedUs what they are about, microseconds
     * @return microseconds, one a neuron in the same order; NaN where not measurable
     */
    public static double[] measure(Bench bench, SynapticInput input, int[] neurons, double expectedUs) {
        ChipConfiguration before = bench.configuration();
        prepare(bench, input);
        double[] taus = traces(input, expectedUs).measure(bench, neurons);
        bench.configure(before);
        return taus;
    }

    /**
     * Records some neurons for pictures.
     *
     * @param bench of the chip; its codes and switches are the same afterwards
     * @param input of the neurons
     * @param neurons to record
     * @param expectedUs what their time constants are about, microseconds
     * @return their traces and fits
     */
    public static List<TraceFit> show(Bench bench, SynapticInput input, int[] neurons, double expectedUs) {
        ChipConfiguration before = bench.configuration();
        prepare(bench, input);
        List<TraceFit> shown = traces(input, expectedUs).show(bench, input.tauQuantity(), neurons);
        bench.configure(before);
        return shown;
    }

    private static DecayTraces traces(SynapticInput input, double longest) {
        return new DecayTraces(
                (recording, neuron) -> {},
                (recording, neuron) -> volley(recording, neuron, input),
                Math.max(SHORTEST_DECAY_US, DECAY_TAUS * longest),
                DecayTraces.AFTER_EXTREME,
                LEAST_US,
                MOST_US);
    }

    private static void volley(MadcTraces.Recording recording, AtomicNeuron neuron, SynapticInput input) {
        for (int i = 0; i < EVENTS_A_BUS; i++) {
            for (int bus = 0; bus < TestSynapses.BUSES; bus++) {
                recording
                        .program()
                        .spike(TestSynapses.label(neuron.hemisphere(), bus, input == SynapticInput.EXCITATORY));
            }
        }
    }

    private static void prepare(Bench bench, SynapticInput input) {
        bench.neurons(neuron -> Switches.inputs(neuron, false, false)
                .withThresholdComparator(false)
                .withMembraneOffset(false)
                .withReadoutSource(input.readout()));
    }

    /** A line moves only with some strength, and best with strong synapses; both are free until they are calibrated. */
    private static void strengthen(Bench bench, SynapticInput input) {
        bench.set(input.strength(), STRENGTH).set(QuadrantParameter.SYN_I_BIAS_DAC, DAC);
    }
}
