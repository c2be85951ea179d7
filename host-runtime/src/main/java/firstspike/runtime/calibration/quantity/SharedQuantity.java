package firstspike.runtime.calibration.quantity;

import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.SynapseDriver;

/** A property of quadrants or synapse drivers that a calibration measures at its end, where it is asked for (calibration.md 1). */
public enum SharedQuantity {
    /** Median of what a pair of simultaneous events takes off the correlation sensors of a quadrant. */
    CORRELATION_AMPLITUDE("correlation_amplitude_lsb", "LSB", Quadrant.COUNT),
    /** Median of the time constants of the correlation sensors of a quadrant. */
    CORRELATION_TAU("correlation_tau_us", "us", Quadrant.COUNT),
    /** What an event through a driver with short-term plasticity does to a neuron, median of its half. */
    DRIVER_STRENGTH("stp_strength_lsb", "LSB", SynapseDriver.COUNT);

    private final String key;
    private final String unit;
    private final int instances;

    SharedQuantity(String key, String unit, int instances) {
        this.key = key;
        this.unit = unit;
        this.instances = instances;
    }

    /** Name in files, with its unit. */
    public String key() {
        return key;
    }

    /** LSB of the CADC, or us. */
    public String unit() {
        return unit;
    }

    /** How many values it has. */
    public int instances() {
        return instances;
    }
}
