package firstspike.runtime.calibration.result;

import java.util.Arrays;

/** What a quantity should have become, for all neurons alike or for each, and how far off is accepted. Immutable. */
public final class TargetValue {

    private final double[] values;
    private final double tolerance;
    private final boolean relative;

    /**
     * @param values one for all, or one a neuron
     * @param tolerance accepted deviation: in the quantity's unit, or as a part of the target
     * @param relative whether it is a part of the target
     */
    public TargetValue(double[] values, double tolerance, boolean relative) {
        if (values.length != 1 && values.length != CalibrationResult.NEURONS) {
            throw new IllegalArgumentException("values of a target: " + values.length + " (limit: 1 or "
                    + CalibrationResult.NEURONS + "); give one for all or one a neuron");
        }
        this.values = values.clone();
        this.tolerance = tolerance;
        this.relative = relative;
    }

    /** Whether all neurons have the same target. */
    public boolean isCommon() {
        return values.length == 1;
    }

    /**
     * @param neuron 0 to 511
     * @return its target
     */
    public double of(int neuron) {
        return values[isCommon() ? 0 : neuron];
    }

    /** One for all, or one a neuron; a copy. */
    public double[] values() {
        return values.clone();
    }

    /** Accepted deviation. */
    public double tolerance() {
        return tolerance;
    }

    /** Whether the tolerance is a part of the target, not in its unit. */
    public boolean isRelative() {
        return relative;
    }

    /**
     * @param neuron 0 to 511
     * @param value that it has
     * @return whether that is close enough; false for NaN
     */
    public boolean accepts(int neuron, double value) {
        double limit = relative ? tolerance * Math.abs(of(neuron)) : tolerance;
        return Math.abs(value - of(neuron)) <= limit;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TargetValue that
                && Arrays.equals(values, that.values)
                && Double.compare(tolerance, that.tolerance) == 0
                && relative == that.relative;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values) + Double.hashCode(tolerance);
    }

    @Override
    public String toString() {
        return (isCommon() ? Double.toString(values[0]) : values.length + " values") + " ± "
                + (relative ? 100 * tolerance + " %" : Double.toString(tolerance));
    }
}
