package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.NeuronConfig.ReadoutSource;
import firstspike.runtime.calibration.quantity.Quantity;

/** The two synaptic inputs of a neuron, with the cells and switches that belong to each. */
public enum SynapticInput {
    /** Raises the membrane. */
    EXCITATORY(
            "exc",
            NeuronParameter.I_BIAS_SYNIN_EXC_TAU,
            NeuronParameter.I_BIAS_SYNIN_EXC_GM,
            NeuronParameter.I_BIAS_SYNIN_EXC_SHIFT,
            ReadoutSource.EXCITATORY_SYNAPTIC_INPUT,
            "excitatory",
            Quantity.TAU_SYN_EXC,
            Quantity.AMPLITUDE_EXC),
    /** Lowers the membrane. */
    INHIBITORY(
            "inh",
            NeuronParameter.I_BIAS_SYNIN_INH_TAU,
            NeuronParameter.I_BIAS_SYNIN_INH_GM,
            NeuronParameter.I_BIAS_SYNIN_INH_SHIFT,
            ReadoutSource.INHIBITORY_SYNAPTIC_INPUT,
            "inhibitory",
            Quantity.TAU_SYN_INH,
            Quantity.AMPLITUDE_INH);

    private final String label;
    private final NeuronParameter tau;
    private final NeuronParameter strength;
    private final NeuronParameter shift;
    private final ReadoutSource readout;
    private final String field;
    private final Quantity tauQuantity;
    private final Quantity amplitudeQuantity;

    SynapticInput(
            String label,
            NeuronParameter tau,
            NeuronParameter strength,
            NeuronParameter shift,
            ReadoutSource readout,
            String field,
            Quantity tauQuantity,
            Quantity amplitudeQuantity) {
        this.label = label;
        this.tau = tau;
        this.strength = strength;
        this.shift = shift;
        this.readout = readout;
        this.field = field;
        this.tauQuantity = tauQuantity;
        this.amplitudeQuantity = amplitudeQuantity;
    }

    /** Short name, as in ids of procedures. */
    public String label() {
        return label;
    }

    /** Cell of its time constant. */
    public NeuronParameter tau() {
        return tau;
    }

    /** Cell of its strength. */
    public NeuronParameter strength() {
        return strength;
    }

    /** Cell of its reference. */
    public NeuronParameter shift() {
        return shift;
    }

    /** Its line, as the readout amplifier sees it. */
    public ReadoutSource readout() {
        return readout;
    }

    /** The quantity that its time constant is. */
    public Quantity tauQuantity() {
        return tauQuantity;
    }

    /** The quantity that its amplitude is. */
    public Quantity amplitudeQuantity() {
        return amplitudeQuantity;
    }

    /**
     * @param neuron switches of a circuit
     * @param high whether the input has its high resistance, for long time constants
     * @return changed switches
     */
    public NeuronConfig withHighResistance(NeuronConfig neuron, boolean high) {
        return new NeuronConfig(
                neuron.neuron(), neuron.values().with("enable_synaptic_input_" + field + "_high_resistance", high));
    }

    /**
     * @param neuron switches of a circuit
     * @param on whether the input is connected to the membrane
     * @return changed switches
     */
    public NeuronConfig withInput(NeuronConfig neuron, boolean on) {
        return new NeuronConfig(neuron.neuron(), neuron.values().with("enable_synaptic_input_" + field, on));
    }
}
