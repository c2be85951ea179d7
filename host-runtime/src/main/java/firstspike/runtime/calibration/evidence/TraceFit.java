package firstspike.runtime.calibration.evidence;

import firstspike.runtime.calibration.quantity.Quantity;

/**
 * A recorded trace and the function that was fitted to a part of it. Arrays belong to the reader.
 *
 * @param quantity that the fit gives
 * @param neuron 0 to 511
 * @param timeUs of each sample from the first one, microseconds
 * @param value of each sample, LSB of the converter
 * @param fitted the function at each sample, LSB; NaN outside of the part that was fitted
 * @param result what the fit gives, in the unit of the quantity
 */
public record TraceFit(Quantity quantity, int neuron, double[] timeUs, double[] value, double[] fitted, double result) {

    /** Checks the lengths: {@link IllegalArgumentException} unless all are equal. */
    public TraceFit {
        if (timeUs.length != value.length || timeUs.length != fitted.length) {
            throw new IllegalArgumentException("trace of neuron " + neuron + ": " + timeUs.length + " times, "
                    + value.length + " samples, " + fitted.length + " fitted (limit: as many of each)");
        }
    }
}
