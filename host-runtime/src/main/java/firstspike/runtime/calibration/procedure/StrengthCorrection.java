package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.register.CapMemCellValue;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.SearchFailure;
import firstspike.runtime.measurement.Bench;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Brings the strength of an input that has drifted back to what it was, in the state in which experiments run: how much a
 * larger code gives is measured once on the whole chip, then each neuron follows that slope (calibration.md 9). Amplitudes
 * are too noisy for a slope of each neuron, and each code lands with a spread of its own, so that more than two corrections
 * bring nothing. Immutable.
 */
public final class StrengthCorrection implements Procedure {

    private static final int CORRECTIONS = 2;
    private static final double PROBE = 1.1;
    private static final int WEIGHT = 63;
    private static final int EVENTS = 20;
    /** Least part of a relative change of the code that an amplitude must follow to be corrected by it. */
    private static final double LEAST_GAIN = 0.2;

    private final SynapticInput input;
    private final double[] targets;
    private final double[] tauMemUs;
    private final double[] tauSynUs;
    private final double longestUs;

    /**
     * @param input to correct
     * @param targets peak of a single event of weight 63 in each neuron, LSB; NaN leaves a neuron as it is
     * @param tauMemUs membrane time constants, microseconds
     * @param tauSynUs time constants of the input, microseconds
     * @param longestUs the longest that is wanted of any neuron, microseconds
     */
    public StrengthCorrection(
            SynapticInput input, double[] targets, double[] tauMemUs, double[] tauSynUs, double longestUs) {
        this.input = input;
        this.targets = targets.clone();
        this.tauMemUs = tauMemUs.clone();
        this.tauSynUs = tauSynUs.clone();
        this.longestUs = longestUs;
    }

    @Override
    public String id() {
        return "neuron.synin." + input.label();
    }

    @Override
    public Finding run(Bench bench) {
        int[] codes = bench.codes(input.strength());
        double[] now = peaks(bench);
        double gain = gain(now, peaks(bench.set(input.strength(), scaled(codes, PROBE))));
        int[] best = codes.clone();
        double[] reached = now.clone();
        for (int i = 0; i < CORRECTIONS && gain > LEAST_GAIN; i++) {
            for (int n = 0; n < codes.length; n++) {
                double step = 1 + (targets[n] / now[n] - 1) / gain;
                codes[n] = Double.isFinite(step) ? clip(codes[n] * step) : codes[n];
            }
            now = peaks(bench.set(input.strength(), codes));
            for (int n = 0; n < codes.length; n++) {
                if (!(Math.abs(reached[n] - targets[n]) <= Math.abs(now[n] - targets[n]))) {
                    reached[n] = now[n];
                    best[n] = codes[n];
                }
            }
        }
        bench.set(input.strength(), best);
        SearchFailure[] failures = new SearchFailure[AtomicNeuron.COUNT];
        for (int n = 0; n < failures.length; n++) {
            if (Double.isNaN(reached[n])) {
                failures[n] = SearchFailure.NOT_MEASURABLE;
            } else if (best[n] <= 0 || best[n] >= CapMemCellValue.MAXIMUM) {
                failures[n] = SearchFailure.RANGE_REACHED;
            }
        }
        Quantity quantity = input.amplitudeQuantity();
        return new Finding(Optional.of(quantity), targets.clone(), reached, failures, 2 + CORRECTIONS, List.of());
    }

    /**
     * Amplitudes as they are.
     *
     * @param bench in the state of experiments; the same afterwards
     * @return peak of a single event in each neuron, LSB, NaN where not measurable
     */
    public double[] peaks(Bench bench) {
        PostsynapticPotentials potentials = PostsynapticPotentials.measure(bench, input, WEIGHT, EVENTS, longestUs);
        return potentials.peaks(potentials.onsetUs(tauMemUs, tauSynUs), tauMemUs, tauSynUs);
    }

    /** Relative change of amplitudes over that of codes, in the median. */
    private static double gain(double[] low, double[] high) {
        double[] ratios = new double[low.length];
        Arrays.setAll(ratios, n -> high[n] / low[n]);
        return (Statistics.median(ratios) - 1) / (PROBE - 1);
    }

    private static int[] scaled(int[] codes, double factor) {
        return Arrays.stream(codes).map(code -> clip(code * factor)).toArray();
    }

    private static int clip(double code) {
        return (int) Math.max(0, Math.min(CapMemCellValue.MAXIMUM, Math.round(code)));
    }
}
