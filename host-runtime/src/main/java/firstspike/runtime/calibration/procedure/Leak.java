package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;

/**
 * Brings resting potentials to their targets with comparators off; synaptic inputs are off until they are calibrated
 * (calibration.md 4.2). Immutable.
 */
public final class Leak implements Procedure {

    /** A millisecond: many time constants of a membrane after the leaks themselves have settled. */
    private static final long SETTLE_TICKS = 125_000;

    private final double[] targets;
    private final Search search;
    private final boolean inputs;
    private final int reads;

    /**
     * @param targets one a neuron, LSB
     * @param search of the codes
     * @param inputs whether synaptic inputs are on: only where their references are calibrated
     * @param reads whose mean is a result; 1 in a search by bisection
     */
    public Leak(double[] targets, Search search, boolean inputs, int reads) {
        this.targets = targets.clone();
        this.search = search;
        this.inputs = inputs;
        this.reads = reads;
    }

    @Override
    public String id() {
        return "neuron.leak";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        bench.neurons(neuron -> Switches.inputs(neuron.withThresholdComparator(false), inputs, inputs));
        SearchOutcome outcome = NeuronSearch.rising(NeuronParameter.V_LEAK, search)
                .run(
                        bench,
                        targets,
                        b -> b.each(joined ->
                                joined.read(program -> CadcPotentials.read(program.pause(SETTLE_TICKS), reads))));
        Switches.restore(bench, before);
        return NeuronSearch.finding(Quantity.LEAK, targets, outcome);
    }
}
