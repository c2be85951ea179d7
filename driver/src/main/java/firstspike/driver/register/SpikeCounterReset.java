package firstspike.driver.register;

import firstspike.driver.coordinate.AtomicNeuron;

/**
 * Clears count and overflow flag of one neuron (registers.md 6.4).
 *
 * @param neuron the circuit
 */
public record SpikeCounterReset(AtomicNeuron neuron) implements RegisterView {

    @Override
    public ContainerValues values() {
        return Container.SPIKE_COUNTER_RESET.layout().defaults();
    }

    @Override
    public int coordinateIndex() {
        return neuron.backendIndex();
    }
}
