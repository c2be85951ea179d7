package firstspike.driver.register;

import firstspike.driver.coordinate.AtomicNeuron;

/**
 * Spike counter of one neuron (registers.md 6.4). It counts every firing, also those that send no spike.
 *
 * @param count firings since the reset, modulo 256
 * @param overflow whether it has wrapped since the reset
 */
public record SpikeCounterRead(int count, boolean overflow) {

    /** Address to read. */
    public static int readAddress(AtomicNeuron neuron) {
        return Container.SPIKE_COUNTER_READ.layout().address(neuron.backendIndex(), 0);
    }

    /** Meaning of the word that was read; bits without meaning are ignored. */
    public static SpikeCounterRead decode(int word) {
        ContainerValues values = Container.SPIKE_COUNTER_READ.layout().decode(new int[] {word});
        return new SpikeCounterRead((int) values.value("count"), values.isSet("overflow"));
    }
}
