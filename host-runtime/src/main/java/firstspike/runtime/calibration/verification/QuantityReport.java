package firstspike.runtime.calibration.verification;

import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One quantity of all neurons against its targets (calibration.md 6, 7). Arrays are the reader's.
 *
 * @param quantity that was measured
 * @param targets of each neuron, in the unit of the quantity
 * @param values measured of each neuron, NaN where not measurable
 * @param accepted whether each is within the accepted deviation
 * @param statistics of the values
 */
public record QuantityReport(
        Quantity quantity, double[] targets, double[] values, boolean[] accepted, Statistics statistics) {

    private static final int WORST = 10;

    /**
     * @param quantity that was measured; its own tolerance decides
     * @param targets of each neuron
     * @param values measured, NaN where not measurable
     * @return the report
     */
    public static QuantityReport of(Quantity quantity, double[] targets, double[] values) {
        boolean[] accepted = new boolean[values.length];
        for (int n = 0; n < values.length; n++) {
            accepted[n] = quantity.accepts(values[n], targets[n]);
        }
        return new QuantityReport(quantity, targets, values, accepted, Statistics.of(values));
    }

    /** Neurons within the accepted deviation. */
    public int acceptedCount() {
        return (int)
                IntStream.range(0, accepted.length).filter(n -> accepted[n]).count();
    }

    /** Share of neurons within the accepted deviation, 0 to 1. */
    public double share() {
        return acceptedCount() / (double) accepted.length;
    }

    /** Share above what is needed, as a part of what can be above it; below 0 where it is missed. */
    double margin() {
        double above = share() - quantity.share();
        if (above < 0) {
            return above;
        }
        return quantity.share() == 1 ? 1 : above / (1 - quantity.share());
    }

    /** Whether enough neurons are within the accepted deviation. */
    public boolean passed() {
        return margin() >= 0;
    }

    /** Numbers of the neurons that are furthest from their targets, the worst one first; those without a value before. */
    public int[] worst() {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer n) -> -deviation(n)))
                .limit(WORST)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double deviation(int n) {
        return Double.isNaN(values[n]) ? Double.POSITIVE_INFINITY : Math.abs(values[n] - targets[n]);
    }

    /** One line for people: share, median, spread and the worst neurons. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d of %d accepted (%.0f %% needed), median %.2f %s, trimmed sigma %.2f, worst neurons %s",
                quantity.key(),
                acceptedCount(),
                accepted.length,
                100 * quantity.share(),
                statistics.median(),
                quantity.unit(),
                statistics.trimmedSigma(),
                Arrays.toString(Arrays.copyOf(worst(), 3)));
    }
}
