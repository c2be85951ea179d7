package firstspike.driver.coordinate;

import java.util.Locale;

/**
 * Analog parameter of one neuron circuit: row of its CapMem column. The row is {@link #ordinal()}; rows 0..7 are
 * voltages, rows 8..23 currents (registers.md 10.2).
 */
public enum NeuronParameter {
    /** Leak potential. */
    V_LEAK,
    /** Reset potential. */
    V_RESET,
    /** Spike threshold. */
    V_THRESHOLD,
    /** Excitatory reversal potential of the conductance-based input. */
    E_SYNIN_EXC_REV,
    /** Inhibitory reversal potential of the conductance-based input. */
    E_SYNIN_INH_REV,
    /** Leak potential of the adaptation term. */
    V_ADAPT_LEAK,
    /** Threshold of the exponential term. */
    V_EXP,
    /** Reference of the adaptation term. */
    V_ADAPT_REF,
    /** Leak conductance, which sets the membrane time constant. */
    I_BIAS_LEAK,
    /** Reset conductance. */
    I_BIAS_RESET,
    /** Excitatory synaptic time constant. */
    I_BIAS_SYNIN_EXC_TAU,
    /** Excitatory amplifier in conductance-based mode. */
    I_BIAS_SYNIN_EXC_COBA,
    /** Reference shift of the excitatory amplifier. */
    I_BIAS_SYNIN_EXC_SHIFT,
    /** Strength of the excitatory amplifier. */
    I_BIAS_SYNIN_EXC_GM,
    /** Inhibitory synaptic time constant. */
    I_BIAS_SYNIN_INH_TAU,
    /** Inhibitory amplifier in conductance-based mode. */
    I_BIAS_SYNIN_INH_COBA,
    /** Reference shift of the inhibitory amplifier. */
    I_BIAS_SYNIN_INH_SHIFT,
    /** Strength of the inhibitory amplifier. */
    I_BIAS_SYNIN_INH_GM,
    /** Adaptation time constant. */
    I_BIAS_ADAPT_TAU,
    /** Sub-threshold adaptation. */
    I_BIAS_ADAPT_A,
    /** Spike-triggered adaptation. */
    I_BIAS_ADAPT_B,
    /** Strength of the exponential term. */
    I_BIAS_EXP,
    /** Constant current onto the membrane. */
    I_MEM_OFFSET,
    /** Conductance between compartments. */
    I_BIAS_NMDA;

    /** Row of the cell, 0..23. */
    public int row() {
        return ordinal();
    }

    /** Whether the cell stores a voltage; else it stores a current. */
    public boolean isVoltage() {
        return ordinal() < CapMemCell.FIRST_CURRENT_ROW;
    }

    /** Name as the register tables write it, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
