package firstspike.runtime.calibration.result;

/** A parameter of a neuron that is calibrated or measured; its key, with unit, stands in files (features.md part 3). */
public enum Quantity {
    /** Leak potential, as the CADC reads it. */
    LEAK("v_leak_lsb", "LSB"),
    /** Reset potential, as the CADC reads it. */
    RESET("v_reset_lsb", "LSB"),
    /** Spike threshold, as the CADC reads it. */
    THRESHOLD("v_threshold_lsb", "LSB"),
    /** Membrane time constant. */
    TAU_MEM("tau_m_us", "us"),
    /** Excitatory synaptic time constant. */
    TAU_SYN_EXC("tau_syn_exc_us", "us"),
    /** Inhibitory synaptic time constant. */
    TAU_SYN_INH("tau_syn_inh_us", "us"),
    /** Refractory time. */
    REFRACTORY("tau_refrac_us", "us"),
    /** Time after a reset during which the neuron is released but does not fire. */
    HOLDOFF("holdoff_us", "us"),
    /** Excitatory strength: code as target, amplitude of a burst in CADC reads as value. */
    STRENGTH_EXC("i_synin_gm_exc_lsb", "LSB"),
    /** Inhibitory strength: code as target, amplitude of a burst in CADC reads as value. */
    STRENGTH_INH("i_synin_gm_inh_lsb", "LSB"),
    /** Bias of the synapses of a quadrant. */
    SYNAPSE_DAC("synapse_dac_bias_lsb", "LSB"),
    /** Membrane capacitance. */
    CAPACITANCE("membrane_capacitance_code", "code"),
    /** Rate above threshold without input. */
    RATE("rate_khz", "kHz"),
    /** Offset of the column converters at mid range; an element is a neuron, causal channel. */
    CADC_OFFSET("cadc_offset_lsb", "LSB"),
    /** Whether the neuron spikes when it shall and rests when it shall: part of windows that are right, 0 to 1. */
    FIRING("firing", "part");

    private final String key;
    private final String unit;

    Quantity(String key, String unit) {
        this.key = key;
        this.unit = unit;
    }

    /** Name in files and on the command line. */
    public String key() {
        return key;
    }

    /** Unit of targets and values. */
    public String unit() {
        return unit;
    }

    /**
     * @param key name in files
     * @return the quantity
     * @throws IllegalArgumentException for a name that is none
     */
    public static Quantity of(String key) {
        return Labels.of(values(), Quantity::key, key, "calibrated quantity");
    }
}
