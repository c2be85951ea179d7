package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.calibration.search.SearchTask;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Makes synapses of all quadrants equally strong: as strong as the weakest quadrant at the wanted code is
 * (calibration.md 4.8). Excitatory inputs have their wanted strength codes. Immutable.
 */
public final class SynapseBias implements Procedure {

    /** Largest median amplitude in LSB: neurons rest higher than for {@link SynapticStrength}. */
    private static final double LARGEST = 40;

    private final int targetCode;

    /** @param targetCode of the synapse current, 1 to 1022 */
    public SynapseBias(int targetCode) {
        this.targetCode = targetCode;
    }

    @Override
    public String id() {
        return "synapse.dac-bias";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        bench.neurons(neuron -> Switches.inputs(neuron.withThresholdComparator(false), true, false));
        bench.set(QuadrantParameter.SYN_I_BIAS_DAC, targetCode);
        int events = StrengthSurvey.EVENTS;
        double[] medians = medians(bench, events);
        while (DoubleStream.of(medians).max().orElseThrow() > LARGEST) {
            events = StrengthSurvey.fewer(events);
            medians = medians(bench, events);
        }
        double[] targets = new double[Quadrant.COUNT];
        Arrays.fill(targets, DoubleStream.of(medians).min().orElseThrow());
        int chosen = events;
        SearchOutcome outcome = BinarySearch.plain().search(new SearchTask(SearchRange.CELL, targets, false), codes -> {
            bench.set(QuadrantParameter.SYN_I_BIAS_DAC, codes);
            return medians(bench, chosen);
        });
        bench.set(QuadrantParameter.SYN_I_BIAS_DAC, outcome.codes());
        Switches.restore(bench, before);
        return new Finding(
                Optional.empty(), targets, outcome.results(), outcome.failures(), outcome.steps(), List.of());
    }

    private static double[] medians(Bench bench, int events) {
        double[] amplitudes = new Burst(SynapticInput.EXCITATORY, events).amplitudes(bench);
        double[] medians = new double[Quadrant.COUNT];
        int size = AtomicNeuron.COUNT / Quadrant.COUNT;
        Arrays.setAll(medians, q -> Statistics.median(Arrays.copyOfRange(amplitudes, q * size, (q + 1) * size)));
        return medians;
    }
}
