package firstspike.runtime.calibration.procedure;

import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;

/**
 * Brings the amplitude of a burst on one synaptic input to a target (calibration.md 4.7). Before each measurement the
 * input's reference is corrected. The chip is in the state of {@link LongMembrane}. Immutable.
 */
public final class SynapticStrength implements Procedure {

    private static final int LARGEST_CODE = 1022;
    private static final double REACH = 1.8;
    private static final int EXTRA = 100;

    private final Burst burst;
    private final double[] targets;
    private final int targetCode;
    private final Search search;

    /**
     * @param burst on the input
     * @param targets amplitude of each neuron, LSB
     * @param targetCode largest code that was asked for: it says how far codes may go
     * @param search of the codes
     */
    public SynapticStrength(Burst burst, double[] targets, int targetCode, Search search) {
        this.burst = burst;
        this.targets = targets.clone();
        this.targetCode = targetCode;
        this.search = search;
    }

    @Override
    public String id() {
        return "neuron.synin." + burst.input().label();
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        SynapticInput input = burst.input();
        double[] rest = InputReference.rest(bench, input, false);
        double slope = InputReference.slope(bench, input);
        SearchRange range = new SearchRange(0, (int) Math.min(REACH * targetCode + EXTRA, LARGEST_CODE));
        SearchOutcome outcome = new NeuronSearch(input.strength(), range, false, search).run(bench, targets, b -> {
            InputReference.correct(b, input, rest, slope);
            return burst.amplitudes(b);
        });
        Switches.restore(bench, before);
        Quantity quantity = input == SynapticInput.EXCITATORY ? Quantity.AMPLITUDE_EXC : Quantity.AMPLITUDE_INH;
        return NeuronSearch.finding(quantity, targets, outcome);
    }
}
