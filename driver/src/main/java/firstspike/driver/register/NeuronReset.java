package firstspike.driver.register;

import firstspike.driver.coordinate.AtomicNeuron;

/**
 * Artificial spike of one neuron: its membrane is reset for the refractory time. Acts only where the neuron may
 * fire (registers.md 6.4).
 *
 * @param neuron the circuit
 */
public record NeuronReset(AtomicNeuron neuron) implements RegisterView {

    @Override
    public ContainerValues values() {
        return Container.NEURON_RESET.layout().defaults();
    }

    @Override
    public int coordinateIndex() {
        return neuron.backendIndex();
    }
}
