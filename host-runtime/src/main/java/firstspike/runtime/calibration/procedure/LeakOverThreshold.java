package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.playback.Ticket;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.SpikeCounts;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Thresholds with which neurons that rest above them fire at wanted rates (calibration.md 4.10). A threshold below the reset
 * potential lets older chips fall silent, so codes down there count as too fast. Immutable.
 *
 * <p>What the bench must have: leaks above the thresholds that are to be found, resets below them.
 */
public final class LeakOverThreshold implements Procedure {

    private static final double TICKS_PER_S = 125e6;
    /** Part of the counter's range that the fastest neuron fills. */
    private static final double FILLING = 0.8;
    /** Rates that differ by more than this cannot be counted equally well. */
    private static final double LARGEST_SPAN = 10;
    /** Readings that tell where the reset potential lies: roughly is enough. */
    private static final int ROUGH_READINGS = 100;

    private static final double LARGEST_RATE = 1e6;

    private final double[] rates;
    private final double[] resetLsb;
    private final long seed;

    /**
     * @param rates spikes a second of each neuron, at most 10^6; 0 leaves a neuron as it is
     * @param resetLsb reset potential of each neuron, LSB
     * @param seed of the searches
     * @throws IllegalArgumentException for rates that are no numbers, negative, too large, or all 0
     */
    public LeakOverThreshold(double[] rates, double[] resetLsb, long seed) {
        for (double rate : rates) {
            if (!(rate >= 0 && rate <= LARGEST_RATE)) {
                throw new IllegalArgumentException("rate of a neuron: " + rate + " Hz (limit: 0 to " + LARGEST_RATE
                        + "); 0 leaves a neuron as it is");
            }
        }
        if (DoubleStream.of(rates).max().orElse(0) == 0) {
            throw new IllegalArgumentException("rates of neurons: all 0 (limit: one or more above); give rates");
        }
        this.rates = rates.clone();
        this.resetLsb = resetLsb.clone();
        this.seed = seed;
    }

    @Override
    public String id() {
        return "neuron.leak-over-threshold";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        int[] own = bench.codes(NeuronParameter.V_THRESHOLD);
        new Threshold(resetLsb, BinarySearch.noisy(seed), ROUGH_READINGS).run(bench);
        int[] lowest = bench.codes(NeuronParameter.V_THRESHOLD);
        bench.set(NeuronParameter.V_THRESHOLD, own).neurons(neuron -> Switches.inputs(neuron, false, false)
                .withMembraneOffset(false)
                .withThresholdComparator(true)
                .withFire(true));
        double fastest = DoubleStream.of(rates).max().orElseThrow();
        double slowest = DoubleStream.of(rates).filter(rate -> rate > 0).min().orElseThrow();
        long ticks = (long) (FILLING * SpikeCounts.MOST / fastest * TICKS_PER_S);
        SearchOutcome outcome = new NeuronSearch(
                        NeuronParameter.V_THRESHOLD, SearchRange.CELL, true, BinarySearch.noisy(seed + 1))
                .run(bench, rates, b -> measure(b, ticks, lowest));
        Switches.restore(bench, before);
        return finding(bench, outcome, own, fastest / slowest);
    }

    private Finding finding(Bench bench, SearchOutcome outcome, int[] own, double span) {
        int[] codes = outcome.codes();
        double[] results = outcome.results();
        SearchFailure[] failures = outcome.failures();
        for (int n = 0; n < codes.length; n++) {
            if (rates[n] == 0) {
                codes[n] = own[n];
                results[n] = Double.NaN;
                failures[n] = null;
            }
        }
        bench.set(NeuronParameter.V_THRESHOLD, codes);
        List<String> warnings = span > LARGEST_SPAN
                ? List.of("rates of leak over threshold span a factor of " + span + ", more than " + LARGEST_SPAN
                        + ": the slow ones are counted coarsely")
                : List.of();
        return new Finding(Optional.empty(), rates.clone(), results, failures, outcome.steps(), warnings);
    }

    /**
     * @param bench whose neurons fire by their leaks
     * @param ticks to count for
     * @return rate of each neuron in spikes a second
     */
    public static double[] measure(Bench bench, long ticks) {
        Executed<Ticket<int[]>> done = FiringWindow.run(bench, program -> SpikeCounts.over(program, ticks));
        int[] counts = done.result().get(done.tickets());
        return Arrays.stream(counts)
                .mapToDouble(count -> count * TICKS_PER_S / ticks)
                .toArray();
    }

    private static double[] measure(Bench bench, long ticks, int[] lowest) {
        double[] measured = measure(bench, ticks);
        int[] codes = bench.codes(NeuronParameter.V_THRESHOLD);
        for (int n = 0; n < measured.length; n++) {
            if (codes[n] < lowest[n]) {
                measured[n] = LARGEST_RATE;
            }
        }
        return measured;
    }
}
