package firstspike.runtime.calibration.result;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.quantity.Quantity;

/**
 * One thing that is wrong with a circuit; a circuit may have several.
 *
 * @param neuron 0 to 511
 * @param quantity key of the quantity that failed, or {@link #SPIKES}
 * @param reason why
 */
public record BadNeuron(int neuron, String quantity, BadReason reason) {

    /** What circuits fail that spike never or always. */
    public static final String SPIKES = "spikes";

    /** Checks the number: {@link IllegalArgumentException} outside. */
    public BadNeuron {
        AtomicNeuron.of(neuron);
    }

    /**
     * @param neuron 0 to 511
     * @param quantity that failed
     * @param reason why
     */
    public BadNeuron(int neuron, Quantity quantity, BadReason reason) {
        this(neuron, quantity.key(), reason);
    }
}
