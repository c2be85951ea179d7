package firstspike.driver.register;

import firstspike.driver.coordinate.AtomicNeuron;

/**
 * Digital part of one neuron circuit: label, refractory time, and how it fires together with others (registers.md
 * 6.2).
 *
 * @param neuron the circuit
 * @param values fields of container NeuronBackendConfig
 */
public record NeuronBackendConfig(AtomicNeuron neuron, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public NeuronBackendConfig {
        RegisterView.requireContainer(Container.NEURON_BACKEND_CONFIG, values);
    }

    /** All fields at their defaults. */
    public static NeuronBackendConfig defaults(AtomicNeuron neuron) {
        return new NeuronBackendConfig(
                neuron, Container.NEURON_BACKEND_CONFIG.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return neuron.backendIndex();
    }

    /** With another low byte of the spike label, 0..255. Default 0. */
    public NeuronBackendConfig withAddressOut(int addressOut) {
        return new NeuronBackendConfig(neuron, values.with("address_out", addressOut));
    }

    /** With another refractory time in cycles of the selected clock, 0..255. Default 0. */
    public NeuronBackendConfig withRefractoryTime(int cycles) {
        return new NeuronBackendConfig(neuron, values.with("refractory_time", cycles));
    }

    /**
     * With another end of the membrane reset: it is released 31 - 2 times this number of cycles before the
     * refractory time ends. 0..15, default 15.
     */
    public NeuronBackendConfig withResetHoldoff(int resetHoldoff) {
        return new NeuronBackendConfig(neuron, values.with("reset_holdoff", resetHoldoff));
    }

    /** Whether the refractory counter runs on the fast clock. Default false, the slow one. */
    public NeuronBackendConfig withFastClock(boolean fast) {
        return new NeuronBackendConfig(neuron, values.with("select_input_clock", fast));
    }

    /** Whether its spikes leave through the event output. Default false. */
    public NeuronBackendConfig withSpikeOut(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("enable_spike_out", enabled));
    }

    /** Whether it drives the connected fire line. Default false. */
    public NeuronBackendConfig withNeuronMaster(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("enable_neuron_master", enabled));
    }

    /** Whether it takes fire and refractory state from the connected line. Default false. */
    public NeuronBackendConfig withNeuronSlave(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("enable_neuron_slave", enabled));
    }

    /** Whether its fire line is joined with the other row of the column. Default false. */
    public NeuronBackendConfig withConnectFireBottom(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("connect_fire_bottom", enabled));
    }

    /** Whether it drives the fire line of the next column. Default false. */
    public NeuronBackendConfig withConnectFireToRight(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("connect_fire_to_right", enabled));
    }

    /** Whether the next column drives its fire line. Broken on the chip; default false. */
    public NeuronBackendConfig withConnectFireFromRight(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("connect_fire_from_right", enabled));
    }

    /** Whether post pulses come from outside only. Default false. */
    public NeuronBackendConfig withPostOverwrite(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("post_overwrite", enabled));
    }

    /** Whether the Bayesian logic makes the post pulses. Default true. */
    public NeuronBackendConfig withBayesianExtension(boolean enabled) {
        return new NeuronBackendConfig(neuron, values.with("enable_bayesian_extension", enabled));
    }
}
