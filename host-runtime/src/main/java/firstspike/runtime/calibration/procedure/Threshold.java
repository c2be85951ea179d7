package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPeaks;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;

/**
 * Brings thresholds to their targets: neurons without leak are charged by a small constant current, and the largest of many
 * readings is what they reach before they fire (calibration.md 4.4). It lies a little above the true threshold, more so the
 * more readings there are. Immutable.
 */
public final class Threshold implements Procedure {

    /** Readings of each neuron: their number is part of what a threshold means. */
    public static final int READINGS = 1000;

    private static final int CHARGING_CODE = 70;

    private final double[] targets;
    private final Search search;
    private final int readings;

    /**
     * @param targets one a neuron, LSB
     * @param search of the codes
     */
    public Threshold(double[] targets, Search search) {
        this(targets, search, READINGS);
    }

    /** With fewer readings, where thresholds need to be known roughly only. */
    Threshold(double[] targets, Search search, int readings) {
        this.targets = targets.clone();
        this.search = search;
        this.readings = readings;
    }

    @Override
    public String id() {
        return "neuron.threshold";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        int[] leak = bench.codes(NeuronParameter.I_BIAS_LEAK);
        int[] reset = bench.codes(NeuronParameter.V_RESET);
        int[] offset = bench.codes(NeuronParameter.I_MEM_OFFSET);
        prepare(bench);
        SearchOutcome outcome =
                NeuronSearch.rising(NeuronParameter.V_THRESHOLD, search).run(bench, targets, b -> measure(b, readings));
        bench.set(NeuronParameter.I_BIAS_LEAK, leak)
                .set(NeuronParameter.V_RESET, reset)
                .set(NeuronParameter.I_MEM_OFFSET, offset);
        Switches.restore(bench, before);
        return NeuronSearch.finding(Quantity.THRESHOLD, targets, outcome);
    }

    /**
     * No leak, reset at the bottom, a small current, comparators on, inputs off: the state of {@link #measure}.
     *
     * @param bench holds it afterwards
     */
    public static void prepare(Bench bench) {
        bench.set(NeuronParameter.I_BIAS_LEAK, 0)
                .set(NeuronParameter.V_RESET, 0)
                .set(NeuronParameter.I_MEM_OFFSET, CHARGING_CODE)
                .neurons(neuron -> Switches.inputs(neuron, false, false)
                        .withThresholdComparator(true)
                        .withFire(true)
                        .withMembraneOffset(true)
                        .withInvertMembraneOffset(false));
    }

    /**
     * @param bench in the state of {@link #prepare}
     * @return largest reading of each neuron, LSB
     */
    public static double[] measure(Bench bench) {
        return measure(bench, READINGS);
    }

    private static double[] measure(Bench bench, int readings) {
        return bench.each(joined -> {
            Executed<CadcPeaks> done = FiringWindow.run(joined, program -> CadcPeaks.read(program, readings));
            return done.tickets().of(done.result());
        });
    }
}
