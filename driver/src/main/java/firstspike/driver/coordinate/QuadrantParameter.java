package firstspike.driver.coordinate;

import java.util.Locale;

/** Analog parameter that every quadrant has once, at the same place (registers.md 10.3). */
public enum QuadrantParameter {
    /** Charge voltage of short-term plasticity, set 0. */
    STP_V_CHARGE_0(128, 0),
    /** Charge voltage of short-term plasticity, set 1. */
    STP_V_CHARGE_1(128, 1),
    /** Recover voltage of short-term plasticity, set 0. */
    STP_V_RECOVER_0(128, 2),
    /** Recover voltage of short-term plasticity, set 1. */
    STP_V_RECOVER_1(128, 3),
    /** Start of the CADC ramp. */
    CADC_V_RAMP_OFFSET(128, 4),
    /** Bias of the CADC ramp buffer. */
    CADC_V_BIAS_RAMP_BUF(128, 5),
    /** Cascode bias of the neuron amplifiers. */
    NEURON_V_BIAS_CASC_N(128, 7),
    /** Synapse current, which scales all weights of the quadrant. */
    SYN_I_BIAS_DAC(128, 8),
    /** Correlation time constant. */
    SYN_I_BIAS_RAMP(128, 9),
    /** Correlation amplitude. */
    SYN_I_BIAS_STORE(128, 10),
    /** Correlation output buffer. */
    SYN_I_BIAS_COROUT(128, 11),
    /** Comparator of short-term plasticity. */
    STP_I_BIAS_COMPARATOR(128, 12),
    /** Ramp of short-term plasticity. */
    STP_I_RAMP(128, 13),
    /** Calibration of that ramp. */
    STP_I_CALIB(128, 14),
    /** Slope of the CADC ramp. */
    CADC_I_RAMP_SLOPE(128, 15),
    /** CADC comparators. */
    CADC_I_BIAS_COMP(128, 16),
    /** CADC reset buffer. */
    CADC_I_BIAS_VRESET_BUF(128, 17),
    /** Readout amplifiers of the neurons. */
    NEURON_I_BIAS_READOUT_AMP(128, 18),
    /** Source followers before the leak and reset amplifier and the other potentials. */
    NEURON_I_BIAS_LEAK_SOURCE_FOLLOWER(128, 19),
    /** Threshold comparators. */
    NEURON_I_BIAS_SPIKE_COMPARATOR(128, 20),
    /** Source followers of both synaptic inputs. */
    NEURON_I_BIAS_SYNIN_DROP(129, 23);

    private final int column;
    private final int row;

    QuadrantParameter(int column, int row) {
        this.column = column;
        this.row = row;
    }

    /** Its cell in the given quadrant. */
    public CapMemCell cell(Quadrant quadrant) {
        return new CapMemCell(quadrant, column, row);
    }

    /** Name as the register tables write it, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
