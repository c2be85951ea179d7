package firstspike.runtime.calibration.target;

/**
 * Targets by the keys of their files, with the range outside of which imperfect results are to be expected, and the hard
 * limits (calibration.md 2).
 */
public enum TargetKey {
    /** Resting potential. */
    LEAK("v_leak_lsb", "LSB", 50, 160, 0, 255),
    /** Potential after a spike. */
    RESET("v_reset_lsb", "LSB", 50, 160, 0, 255),
    /** Potential at which a neuron spikes. */
    THRESHOLD("v_threshold_lsb", "LSB", 50, 220, 0, 255),
    /** Membrane time constant. */
    TAU_MEM("tau_m_us", "us", 0.5, 60, 0.1, 2000),
    /** Excitatory synaptic time constant. */
    TAU_SYN_EXC("tau_syn_exc_us", "us", 0.3, 30, 0.1, 100),
    /** Inhibitory synaptic time constant. */
    TAU_SYN_INH("tau_syn_inh_us", "us", 0.3, 30, 0.1, 100),
    /** Code of the excitatory strength whose median amplitude is the target. */
    SYNIN_GM_EXC("i_synin_gm_exc_lsb", "LSB", 30, 800, 0, 1022),
    /** Code of the inhibitory strength. */
    SYNIN_GM_INH("i_synin_gm_inh_lsb", "LSB", 30, 800, 0, 1022),
    /** Code of the synapse current. */
    SYNAPSE_DAC_BIAS("synapse_dac_bias_lsb", "LSB", 30, 1022, 0, 1022),
    /** Code of the membrane capacitance. */
    CAPACITANCE("membrane_capacitance_code", "", 0, 63, 0, 63),
    /** Time from a spike to the next that is possible. */
    REFRACTORY("tau_refrac_us", "us", 0.04, 32, 0.008, 67_000),
    /** Part of it in which the membrane is free again. */
    HOLDOFF("holdoff_us", "us", 0, 4, 0, 4000);

    private final String key;
    private final String unit;
    private final double low;
    private final double high;
    private final double least;
    private final double most;

    TargetKey(String key, String unit, double low, double high, double least, double most) {
        this.key = key;
        this.unit = unit;
        this.low = low;
        this.high = high;
        this.least = least;
        this.most = most;
    }

    /** Key in files. */
    public String key() {
        return key;
    }

    /** LSB, us, or empty for a code. */
    public String unit() {
        return unit;
    }

    /** Smallest value without a warning. */
    public double low() {
        return low;
    }

    /** Largest value without a warning. */
    public double high() {
        return high;
    }

    void checkHard(NeuronValues values) {
        if (values.least() < least || values.most() > most) {
            throw new IllegalArgumentException(key + ": " + values + " " + unit + " (limit: " + least + " to " + most
                    + "); choose targets inside, best within " + low + " to " + high);
        }
    }

    boolean isUsual(NeuronValues values) {
        return values.least() >= low && values.most() <= high;
    }
}
