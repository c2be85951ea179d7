package firstspike.runtime.calibration.quantity;

/**
 * A property of every neuron that a calibration brings to its target, with the deviation that is accepted of one neuron and
 * the share of neurons that must be within it (calibration.md 6).
 */
public enum Quantity {
    /** Resting potential. */
    LEAK("v_leak_lsb", "LSB", 3, false, 0.98),
    /** Potential after a spike. */
    RESET("v_reset_lsb", "LSB", 3, false, 0.98),
    /** Potential at which the neuron spikes. */
    THRESHOLD("v_threshold_lsb", "LSB", 5, false, 0.95),
    /** Membrane time constant. */
    TAU_MEM("tau_m_us", "us", 0.15, true, 0.95),
    /** Time constant of the excitatory input. */
    TAU_SYN_EXC("tau_syn_exc_us", "us", 0.12, true, 0.95),
    /** Time constant of the inhibitory input. */
    TAU_SYN_INH("tau_syn_inh_us", "us", 0.12, true, 0.95),
    /** Amplitude of a burst of excitatory events. */
    AMPLITUDE_EXC("i_synin_gm_exc_lsb", "LSB", 0.20, true, 0.90),
    /** Amplitude of a burst of inhibitory events. */
    AMPLITUDE_INH("i_synin_gm_inh_lsb", "LSB", 0.20, true, 0.90),
    /** Time from a spike to the next one that is possible. */
    REFRACTORY("tau_refrac_us", "us", 1.1, false, 1),
    /** Membrane capacitance over the conductance to a neighbour; where it is asked for. */
    TAU_ICC("tau_icc_us", "us", 0.20, true, 0.90);

    private final String key;
    private final String unit;
    private final double tolerance;
    private final boolean relative;
    private final double share;

    Quantity(String key, String unit, double tolerance, boolean relative, double share) {
        this.key = key;
        this.unit = unit;
        this.tolerance = tolerance;
        this.relative = relative;
        this.share = share;
    }

    /** Name in files, with its unit (formats.md 6). */
    public String key() {
        return key;
    }

    /** Unit of targets and results: LSB of the CADC, or us. */
    public String unit() {
        return unit;
    }

    /** Accepted deviation of one neuron: in the unit, or a part of the target; refractory: in periods of its clock. */
    public double tolerance() {
        return tolerance;
    }

    /** Whether the tolerance is a part of the target. */
    public boolean isRelative() {
        return relative;
    }

    /** Share of the neurons that must be within the tolerance, 0 to 1. */
    public double share() {
        return share;
    }

    /**
     * @param value measured, in the unit
     * @param target in the unit
     * @return whether the value is accepted; false for NaN; not for {@link #REFRACTORY}, which is counted in clock periods
     */
    public boolean accepts(double value, double target) {
        return Math.abs(value - target) <= (relative ? tolerance * target : tolerance);
    }
}
