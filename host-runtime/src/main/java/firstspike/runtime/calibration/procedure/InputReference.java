package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.register.CapMemCellValue;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Shifts the reference of one synaptic input until neurons rest at the same potential with the input on as with it off
 * (calibration.md 4.7). In which direction a code acts is measured. Immutable.
 */
public final class InputReference implements Procedure {

    private static final int READS = 4;
    /** A millisecond: many time constants after inputs were switched. */
    private static final long SETTLE_TICKS = 125_000;

    private static final int LOW_PROBE = 200;
    private static final int HIGH_PROBE = 420;
    /** Part of a correction that is made, for the slope is that of another strength. */
    private static final double DAMPING = 0.7;

    private final SynapticInput input;
    private final Search search;

    /**
     * @param input whose reference is shifted
     * @param search of the codes
     */
    public InputReference(SynapticInput input, Search search) {
        this.input = input;
        this.search = search;
    }

    @Override
    public String id() {
        return "neuron.synin-reference." + input.label();
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        double[] targets = rest(bench, input, false);
        double slope = slope(bench, input);
        SearchOutcome outcome = new NeuronSearch(input.shift(), SearchRange.CELL, slope < 0, search)
                .run(bench, targets, b -> rest(b, input, true));
        Switches.restore(bench, before);
        return new Finding(
                Optional.empty(), targets, outcome.results(), outcome.failures(), outcome.steps(), List.of());
    }

    /**
     * Resting potentials; all other inputs are off meanwhile.
     *
     * @param bench holds the switches afterwards
     * @param input that is looked at
     * @param on whether it is connected
     * @return potential of each neuron, LSB
     */
    static double[] rest(Bench bench, SynapticInput input, boolean on) {
        bench.neurons(
                neuron -> input.withInput(Switches.inputs(neuron.withThresholdComparator(false), false, false), on));
        return bench.read(program -> CadcPotentials.read(program.pause(SETTLE_TICKS), READS));
    }

    /** How far a code moves potentials in the median, LSB; codes stay as they were. */
    static double slope(Bench bench, SynapticInput input) {
        int[] codes = bench.codes(input.shift());
        double[] low = rest(bench.set(input.shift(), LOW_PROBE), input, true);
        double[] high = rest(bench.set(input.shift(), HIGH_PROBE), input, true);
        bench.set(input.shift(), codes);
        double[] differences = new double[AtomicNeuron.COUNT];
        Arrays.setAll(differences, n -> high[n] - low[n]);
        return Statistics.median(differences) / (HIGH_PROBE - LOW_PROBE);
    }

    /**
     * Corrects the shift once by a slope that is known: the fast way between two measurements of a strength.
     *
     * @param bench holds changed codes and the input connected afterwards
     * @param input whose reference is shifted
     * @param targets resting potentials with the input off
     * @param slope of {@link #slope}
     */
    static void correct(Bench bench, SynapticInput input, double[] targets, double slope) {
        double[] now = rest(bench, input, true);
        NeuronParameter shift = input.shift();
        int[] codes = bench.codes(shift);
        for (int n = 0; n < codes.length; n++) {
            double step = DAMPING * (targets[n] - now[n]) / slope;
            if (Double.isFinite(step)) {
                codes[n] = (int) Math.max(0, Math.min(CapMemCellValue.MAXIMUM, Math.round(codes[n] + step)));
            }
        }
        bench.set(shift, codes);
    }
}
