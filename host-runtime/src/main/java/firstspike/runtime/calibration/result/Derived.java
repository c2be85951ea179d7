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

    private final double[] normalisedThreshold;
    private final OptionalLong timeOffsetTicks;
    private final Map<Quantity, double[]> mismatch = new EnumMap<>(Quantity.class);

    /**
     * @param normalisedThreshold a neuron: threshold in units of 30 LSB of weight; NaN where not measured
     * @param timeOffsetTicks measured minus expected spike time of the first layer
     * @param mismatch a quantity and neuron: estimate of its deviation from the nominal law
     */
    public Derived(double[] normalisedThreshold, OptionalLong timeOffsetTicks, Map<Quantity, double[]> mismatch) {
        this.normalisedThreshold = CalibrationResult.checked("normalised threshold", normalisedThreshold);
        this.timeOffsetTicks = timeOffsetTicks;
        mismatch.forEach((quantity, values) ->
                this.mismatch.put(quantity, CalibrationResult.checked("mismatch of " + quantity.key(), values)));
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
        double[] measured = Arrays.stream(normalisedThreshold)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (measured.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = measured.length / 2;
        return OptionalDouble.of(
                measured.length % 2 == 1 ? measured[middle] : (measured[middle - 1] + measured[middle]) / 2);
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
