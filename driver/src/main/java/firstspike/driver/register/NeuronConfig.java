package firstspike.driver.register;

import firstspike.driver.coordinate.AtomicNeuron;

/**
 * Analog switches of one neuron circuit (registers.md 6.1). By default nothing is connected. Fields without a
 * setter here, as those of the adaptation and of compartments, are set through {@code values}.
 *
 * @param neuron the circuit
 * @param values fields of container NeuronConfig
 */
public record NeuronConfig(AtomicNeuron neuron, ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public NeuronConfig {
        RegisterView.requireContainer(Container.NEURON_CONFIG, values);
    }

    /** All fields at their defaults. */
    public static NeuronConfig defaults(AtomicNeuron neuron) {
        return new NeuronConfig(neuron, Container.NEURON_CONFIG.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return neuron.index();
    }

    /** With a membrane capacitance of 0..63 units; 63 is about 2.3 pF. Default 0. */
    public NeuronConfig withMembraneCapacitorSize(int size) {
        return new NeuronConfig(neuron, values.with("membrane_capacitor_size", size));
    }

    /** With another signal at the readout amplifier. Default membrane. */
    public NeuronConfig withReadoutSource(ReadoutSource source) {
        return new NeuronConfig(neuron, values.with("readout_source", source.ordinal()));
    }

    /** Whether it connects the excitatory input to the membrane. Default false. */
    public NeuronConfig withSynapticInputExcitatory(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_synaptic_input_excitatory", enabled));
    }

    /** Whether it connects the inhibitory input to the membrane. Default false. */
    public NeuronConfig withSynapticInputInhibitory(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_synaptic_input_inhibitory", enabled));
    }

    /** Whether it compares the membrane with the threshold. Default false. */
    public NeuronConfig withThresholdComparator(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_threshold_comparator", enabled));
    }

    /** Whether it lets the neuron fire; gates bypass and artificial reset too. Default false. */
    public NeuronConfig withFire(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_fire", enabled));
    }

    /** Whether it makes every excitatory event a spike. Default false. */
    public NeuronConfig withBypassExcitatory(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_bypass_excitatory", enabled));
    }

    /** Whether it makes every inhibitory event a spike. Default false. */
    public NeuronConfig withBypassInhibitory(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_bypass_inhibitory", enabled));
    }

    /** Whether it divides the leak conductance by 8. Default false. */
    public NeuronConfig withLeakDivision(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_leak_division", enabled));
    }

    /** Whether it multiplies the leak conductance by 8. Default false. */
    public NeuronConfig withLeakMultiplication(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_leak_multiplication", enabled));
    }

    /** Whether it divides the reset conductance by 8. Default false. */
    public NeuronConfig withResetDivision(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_reset_division", enabled));
    }

    /** Whether it multiplies the reset conductance by 8. Default false. */
    public NeuronConfig withResetMultiplication(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_reset_multiplication", enabled));
    }

    /** Source degeneration of the amplifier while leaking. Default false. */
    public NeuronConfig withLeakDegeneration(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_leak_degeneration", enabled));
    }

    /** Source degeneration of the amplifier while resetting. Default false. */
    public NeuronConfig withResetDegeneration(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_reset_degeneration", enabled));
    }

    /** Powers the readout amplifier. Default false. */
    public NeuronConfig withReadoutAmplifier(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_readout_amplifier", enabled));
    }

    /** Whether it connects the amplifier to the shared readout line. Default false. */
    public NeuronConfig withReadout(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_readout", enabled));
    }

    /** Whether it adds the constant current to the membrane. Default false. */
    public NeuronConfig withMembraneOffset(boolean enabled) {
        return new NeuronConfig(neuron, values.with("enable_membrane_offset", enabled));
    }

    /** Whether it reverses the sign of the constant current. Default false. */
    public NeuronConfig withInvertMembraneOffset(boolean enabled) {
        return new NeuronConfig(neuron, values.with("invert_membrane_offset", enabled));
    }

    /** Whether it joins membrane and somatic line. Default false. */
    public NeuronConfig withConnectSoma(boolean enabled) {
        return new NeuronConfig(neuron, values.with("connect_soma", enabled));
    }

    /** Whether it joins the somatic line with the next column. Default false. */
    public NeuronConfig withConnectSomaRight(boolean enabled) {
        return new NeuronConfig(neuron, values.with("connect_soma_right", enabled));
    }

    /** Whether it joins the membrane with the next column. Default false. */
    public NeuronConfig withConnectMembraneRight(boolean enabled) {
        return new NeuronConfig(neuron, values.with("connect_membrane_right", enabled));
    }

    /** Whether it joins the membranes of both rows of the column. Default false. */
    public NeuronConfig withConnectBottom(boolean enabled) {
        return new NeuronConfig(neuron, values.with("connect_bottom", enabled));
    }

    /** Signals that the readout amplifier can see; the number is {@link #ordinal()}. */
    public enum ReadoutSource {
        MEMBRANE,
        EXCITATORY_SYNAPTIC_INPUT,
        INHIBITORY_SYNAPTIC_INPUT,
        ADAPTATION
    }
}
