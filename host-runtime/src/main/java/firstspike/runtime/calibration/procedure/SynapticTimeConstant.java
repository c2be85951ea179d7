package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.register.ColumnCurrentQuad;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.PadiEvent;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;
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
 * <p>What the bench must have: readout amplifiers on. Inputs are disconnected from the membranes meanwhile, so that no
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
    /** Rows of a volley: drivers of bus 0 with both rows, each synapse at its largest weight. */
    private static final int DRIVERS = 4;

    private static final int BUSES = 4;
    private static final int WEIGHT = 63;

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
        DecayTraces traces = traces(Arrays.stream(targetsUs).max().orElseThrow());
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
        double[] taus = traces(expectedUs).measure(bench, neurons);
        bench.configure(before);
        return taus;
    }

    private static DecayTraces traces(double longest) {
        return new DecayTraces(
                (recording, neuron) -> {},
                SynapticTimeConstant::volley,
                Math.max(SHORTEST_DECAY_US, DECAY_TAUS * longest),
                DecayTraces.AFTER_EXTREME,
                LEAST_US,
                MOST_US);
    }

    private static void volley(MadcTraces.Recording recording, AtomicNeuron neuron) {
        PadiEvent event = new PadiEvent(neuron.hemisphere(), 1, 0, 0);
        recording.program().write(event.writeAddresses(), event.words());
    }

    private static void prepare(Bench bench, SynapticInput input) {
        bench.neurons(neuron -> neuron.withThresholdComparator(false)
                        .withMembraneOffset(false)
                        .withSynapticInputExcitatory(false)
                        .withSynapticInputInhibitory(false)
                        .withReadoutSource(input.readout()))
                .set(input.strength(), STRENGTH)
                .set(QuadrantParameter.SYN_I_BIAS_DAC, DAC);
        ChipConfiguration.Builder chip = bench.configuration().change();
        RowMode mode = input.rowMode();
        for (Hemisphere half : Hemisphere.values()) {
            chip.set(CommonPadiBusConfig.defaults(half));
            for (int d = 0; d < SynapseDriver.COUNT / Hemisphere.COUNT; d++) {
                SynapseDriver driver = SynapseDriver.of(half.index() * SynapseDriver.COUNT / Hemisphere.COUNT + d);
                boolean used = d % BUSES == 0 && d < BUSES * DRIVERS;
                chip.set(
                        used
                                ? SynapseDriverConfig.defaults(driver)
                                        .withReceiver(true)
                                        .withRowAddressCompareMask(0)
                                        .withRowModes(mode, mode)
                                : SynapseDriverConfig.defaults(driver));
                for (int row = 2 * d; used && row < 2 * d + 2; row++) {
                    for (int quad = 0; quad < SynapseQuadColumn.COUNT; quad++) {
                        SynapseQuad place = SynapseQuad.of(SynapseQuad.index(half.index(), row, quad));
                        chip.set(new SynapseWeightQuad(place, WEIGHT, WEIGHT, WEIGHT, WEIGHT));
                        chip.set(new SynapseLabelQuad(place, 0, 0, 0, 0));
                    }
                }
            }
        }
        for (int q = 0; q < ColumnQuad.COUNT; q++) {
            chip.set(ColumnCurrentQuad.connected(ColumnQuad.of(q)));
        }
        bench.configure(chip.build());
    }
}
