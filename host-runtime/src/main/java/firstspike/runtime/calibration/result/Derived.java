package firstspike.runtime.calibration.result;

import firstspike.runtime.calibration.quantity.Quantity;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What follows from the measurements of a calibration (calibration.md 4.12, 4.13). Immutable. */
public final class Derived {

    private static final Derived NONE = new Derived(nothing(), OptionalLong.empty(), Map.of());
    private static final int MIDDLE = 2;

    private final double[] normalisedThreshold;
    private final OptionalLong timeOffsetTicks;
    private final Map<Quantity, double[]> mismatch = new EnumMap<>(Quantity.class);
    private final double[] noiseLsb;

    /**
     * @param normalisedThreshold a neuron: threshold in units of 30 LSB of weight; NaN where not measured
     * @param timeOffsetTicks measured minus expected spike time of the first layer
     * @param mismatch a quantity and neuron: how far it is from the chip's median at equal codes, a difference in the unit of
     *     the quantity, or a factor where its tolerance is relative
     */
    public Derived(double[] normalisedThreshold, OptionalLong timeOffsetTicks, Map<Quantity, double[]> mismatch) {
        this(normalisedThreshold, timeOffsetTicks, mismatch, nothing());
    }

    private Derived(
            double[] normalisedThreshold,
            OptionalLong timeOffsetTicks,
            Map<Quantity, double[]> mismatch,
            double[] noiseLsb) {
        this.normalisedThreshold = CalibrationResult.checked("normalised threshold", normalisedThreshold);
        this.timeOffsetTicks = timeOffsetTicks;
        this.noiseLsb = CalibrationResult.checked("noise", noiseLsb);
        mismatch.forEach((quantity, values) ->
                this.mismatch.put(quantity, CalibrationResult.checked("mismatch of " + quantity.key(), values)));
    }

    /**
     * @param lsb standard deviation of readings of each neuron at rest, each the mean of its two channels, LSB; NaN where not
     *     measured
     * @return the same with this noise
     */
    public Derived withNoise(double[] lsb) {
        return new Derived(normalisedThreshold, timeOffsetTicks, mismatch, lsb);
    }

    /**
     * @param before value of each neuron with equal codes in all of them, NaN where not measurable
     * @return the same with the deviations that these show
     */
    public Derived withMismatch(Map<Quantity, double[]> before) {
        Map<Quantity, double[]> deviations = new EnumMap<>(Quantity.class);
        before.forEach((quantity, values) -> {
            if (quantity != Quantity.REFRACTORY) {
                double median = median(values).orElse(Double.NaN);
                deviations.put(
                        quantity,
                        Arrays.stream(values)
                                .map(value -> quantity.isRelative() ? value / median : value - median)
                                .map(value -> Double.isInfinite(value) ? Double.NaN : value)
                                .toArray());
            }
        });
        return new Derived(normalisedThreshold, timeOffsetTicks, deviations, noiseLsb);
    }

    /** Nothing was derived. */
    public static Derived none() {
        return NONE;
    }

    private static double[] nothing() {
        double[] values = new double[CalibrationResult.NEURONS];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Threshold of each neuron in units of 30 LSB of weight; NaN where not measured; a copy. */
    public double[] normalisedThreshold() {
        return normalisedThreshold.clone();
    }

    /** Median of those that were measured; empty when none was. */
    public OptionalDouble medianNormalisedThreshold() {
        return median(normalisedThreshold);
    }

    private static OptionalDouble median(double[] values) {
        double[] measured =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (measured.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = measured.length / MIDDLE;
        return OptionalDouble.of(
                measured.length % MIDDLE == 1 ? measured[middle] : (measured[middle - 1] + measured[middle]) / MIDDLE);
    }

    /** Standard deviation of readings of each neuron at rest, LSB; NaN where not measured; a copy. */
    public double[] noiseLsb() {
        return noiseLsb.clone();
    }

    /** Median of those that were measured; empty when none was. */
    public OptionalDouble medianNoiseLsb() {
        return median(noiseLsb);
    }

    /** Measured minus expected spike time of the first layer, ticks of 8 ns. */
    public OptionalLong timeOffsetTicks() {
        return timeOffsetTicks;
    }

    /** Estimates by quantity, each by neuron; the arrays are the caller's. */
    public Map<Quantity, double[]> mismatch() {
        Map<Quantity, double[]> copy = new EnumMap<>(Quantity.class);
        mismatch.forEach((quantity, values) -> copy.put(quantity, values.clone()));
        return Collections.unmodifiableMap(copy);
    }
}
