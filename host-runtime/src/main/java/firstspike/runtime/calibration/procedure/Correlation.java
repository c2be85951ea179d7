package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.runtime.calibration.fit.CorrelationFit;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.calibration.search.SearchTask;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Currents of the correlation sensors that give each quadrant's median synapse its amplitude and, in a step of its own
 * afterwards, its time constant (calibration.md 4.11). What single synapses deviate stays. Immutable.
 *
 * <p>What the bench must have: {@link TestSynapses}, calibrated converters; of a board that its reference voltages for the
 * sensors are on.
 */
public final class Correlation implements Procedure {

    private static final int PAIRS = 100;
    /** Summed effect up to which readings of most synapses stay in the reliable range of the converter, LSB. */
    private static final double LARGEST_SUM = 140;

    private static final double[] DELAYS_US = {0.5, 1, 2.5, 5, 10, 20, 30, 50};
    /** Those that tell an amplitude. */
    private static final double[] SHORT_DELAYS_US = {1, 2.5, 5, 10};

    private static final int FIRST_RAMP = 80;
    private static final int FIRST_STORE = 70;
    private static final int OUTPUT_BUFFER = 600;

    private final Part part;
    private final double amplitude;
    private final double tauUs;
    private final SearchRange range;
    private final int pairs;

    private enum Part {
        AMPLITUDE,
        TAU
    }

    private Correlation(Part part, double amplitude, double tauUs, SearchRange range, int pairs) {
        this.pairs = pairs;
        this.range = range;
        this.part = part;
        this.amplitude = amplitude;
        this.tauUs = tauUs;
    }

    /**
     * The first of both steps; it sets the sensors' other currents.
     *
     * @param amplitudeLsb that a pair of simultaneous events shall have, LSB
     */
    public static Correlation amplitude(double amplitudeLsb) {
        return new Correlation(Part.AMPLITUDE, amplitudeLsb, Double.NaN, SearchRange.CELL, pairs(amplitudeLsb));
    }

    /**
     * The second step.
     *
     * @param amplitudeLsb that pairs have by now, LSB
     * @param tauUs wanted time constant, microseconds
     */
    public static Correlation tau(double amplitudeLsb, double tauUs) {
        return new Correlation(Part.TAU, amplitudeLsb, tauUs, SearchRange.CELL, pairs(amplitudeLsb));
    }

    /** The same, with codes of a range only and fewer pairs. */
    Correlation within(SearchRange codes, int fewer) {
        return new Correlation(part, amplitude, tauUs, codes, fewer);
    }

    @Override
    public String id() {
        return part == Part.AMPLITUDE ? "correlation.amplitude" : "correlation.tau";
    }

    @Override
    public Finding run(Bench bench) {
        if (part == Part.AMPLITUDE) {
            bench.set(QuadrantParameter.SYN_I_BIAS_COROUT, OUTPUT_BUFFER)
                    .set(QuadrantParameter.SYN_I_BIAS_RAMP, FIRST_RAMP)
                    .set(QuadrantParameter.SYN_I_BIAS_STORE, FIRST_STORE);
            return search(
                    bench,
                    QuadrantParameter.SYN_I_BIAS_STORE,
                    amplitude,
                    new EventPairs(SHORT_DELAYS_US, pairs),
                    CorrelationFit::amplitude);
        }
        return search(
                bench,
                QuadrantParameter.SYN_I_BIAS_RAMP,
                tauUs,
                new EventPairs(DELAYS_US, pairs),
                CorrelationFit::tauUs);
    }

    /**
     * Measures as it is.
     *
     * @param bench of the chip; its configuration is the same afterwards
     * @param amplitudeLsb about what pairs have, LSB
     * @return median amplitude (LSB) and time constant (µs) of each quadrant
     */
    public static CorrelationFit[] measure(Bench bench, double amplitudeLsb) {
        ChipConfiguration before = bench.configuration();
        EventPairs.prepare(bench);
        CorrelationFit[] fits = new EventPairs(DELAYS_US, pairs(amplitudeLsb)).measure(bench);
        bench.configure(before);
        return fits;
    }

    private static int pairs(double amplitude) {
        return (int) Math.max(1, Math.min(PAIRS, LARGEST_SUM / amplitude));
    }

    private Finding search(
            Bench bench,
            QuadrantParameter parameter,
            double target,
            EventPairs pairs,
            ToDoubleFunction<CorrelationFit> observable) {
        ChipConfiguration before = bench.configuration();
        EventPairs.prepare(bench);
        double[] targets = new double[Quadrant.COUNT];
        Arrays.fill(targets, target);
        boolean inverted = part == Part.TAU;
        SearchOutcome outcome = BinarySearch.plain()
                .search(new SearchTask(range, targets, inverted), codes -> Arrays.stream(
                                pairs.measure(bench.set(parameter, codes)))
                        .mapToDouble(observable)
                        .toArray());
        bench.configure(before).set(parameter, outcome.codes());
        return new Finding(
                Optional.empty(),
                targets,
                outcome.results(),
                outcome.failures(),
                outcome.steps(),
                warnings(parameter, outcome, target));
    }

    private List<String> warnings(QuadrantParameter parameter, SearchOutcome outcome, double target) {
        List<String> warnings = new ArrayList<>();
        for (int q = 0; q < Quadrant.COUNT; q++) {
            if (outcome.failures()[q] == SearchFailure.RANGE_REACHED) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "%s of quadrant %d: %.3g is not reached, %.3g at the end of the range of %s (code %d)",
                        id(),
                        q,
                        target,
                        outcome.results()[q],
                        parameter.name().toLowerCase(Locale.ROOT),
                        outcome.codes()[q]));
            }
        }
        return warnings;
    }
}
