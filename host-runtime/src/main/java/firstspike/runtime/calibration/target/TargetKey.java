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
    HOLDOFF("holdoff_us", "us", 0, 4, 0, 4000),
    /** Potential at which excitatory events have no effect; off unless asked for. May lie where no leak reaches. */
    COBA_REVERSAL_EXC(TargetStep.COBA_EXC, "e_coba_reversal_exc_lsb", "LSB", 0, 280, -250, 500, Double.NaN),
    /** Potential at which excitatory events have the effect of a current. */
    COBA_REFERENCE_EXC(TargetStep.COBA_EXC, "e_coba_reference_exc_lsb", "LSB", 60, 160, 0, 255, Double.NaN),
    /** Potential at which inhibitory events have no effect; off unless asked for. */
    COBA_REVERSAL_INH(TargetStep.COBA_INH, "e_coba_reversal_inh_lsb", "LSB", 0, 280, -250, 500, Double.NaN),
    /** Potential at which inhibitory events have the effect of a current. */
    COBA_REFERENCE_INH(TargetStep.COBA_INH, "e_coba_reference_inh_lsb", "LSB", 60, 160, 0, 255, Double.NaN),
    /** Membrane capacitance over the conductance to a neighbouring compartment; off unless asked for. */
    TAU_ICC(TargetStep.ICC, "tau_icc_us", "us", 0.1, 30, 0.02, 200, Double.NaN),
    /** Code of the charge voltage of the first set of short-term plasticity. */
    STP_CHARGE_0(TargetStep.STP, "stp_v_charge_0_lsb", "LSB", 0, 1022, 0, 1022, 100),
    /** Code of the recover voltage of the first set. */
    STP_RECOVER_0(TargetStep.STP, "stp_v_recover_0_lsb", "LSB", 0, 1022, 0, 1022, 400),
    /** Code of the charge voltage of the second set. */
    STP_CHARGE_1(TargetStep.STP, "stp_v_charge_1_lsb", "LSB", 0, 1022, 0, 1022, 330),
    /** Code of the recover voltage of the second set. */
    STP_RECOVER_1(TargetStep.STP, "stp_v_recover_1_lsb", "LSB", 0, 1022, 0, 1022, 50),
    /** Code of the ramp that makes pulses of drivers with short-term plasticity. */
    STP_RAMP(TargetStep.STP, "stp_i_ramp_lsb", "LSB", 0, 1022, 0, 1022, 600),
    /** Code of both voltages while offsets of drivers are searched. */
    STP_VOLTAGE(TargetStep.STP, "stp_v_stp_lsb", "LSB", 0, 1022, 0, 1022, 180),
    /** What a pair of events takes off a correlation sensor's reading; off unless asked for. */
    CORRELATION_AMPLITUDE(TargetStep.CORRELATION, "correlation_amplitude_lsb", "LSB", 0.2, 2, 0.02, 7, 0.5),
    /** Distance of two events at which that has fallen to 1/e. */
    CORRELATION_TAU(TargetStep.CORRELATION, "correlation_tau_us", "us", 2, 30, 0.2, 200, 5);

    private final TargetStep step;
    private final String key;
    private final String unit;
    private final double low;
    private final double high;
    private final double least;
    private final double most;
    private final double usual;

    TargetKey(String key, String unit, double low, double high, double least, double most) {
        this(TargetStep.ALWAYS, key, unit, low, high, least, most, Double.NaN);
    }

    TargetKey(
            TargetStep step,
            String key,
            String unit,
            double low,
            double high,
            double least,
            double most,
            double usual) {
        this.step = step;
        this.usual = usual;
        this.key = key;
        this.unit = unit;
        this.low = low;
        this.high = high;
        this.least = least;
        this.most = most;
    }

    /** Step that needs the target; a step runs when one of its targets is given. */
    public TargetStep step() {
        return step;
    }

    /** Whether neurons share the value: it belongs to quadrants or drivers. */
    boolean isShared() {
        return this == SYNAPSE_DAC_BIAS || step == TargetStep.STP || step == TargetStep.CORRELATION;
    }

    /** What a set that asks for the step has when it does not give the key; NaN where that follows from others. */
    double usual() {
        return usual;
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
