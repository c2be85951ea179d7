package firstspike.runtime.calibration.result;

import firstspike.driver.coordinate.AtomicNeuron;

/**
 * One thing that is wrong with a circuit; a circuit may have several.
 *
 * @param neuron 0 to 511
 * @param quantity that failed
 * @param reason why
 */
public record BadNeuron(int neuron, Quantity quantity, BadReason reason) {

    /** Checks the number: {@link IllegalArgumentException} outside. */
    public BadNeuron {
        AtomicNeuron.of(neuron);
    }
}
