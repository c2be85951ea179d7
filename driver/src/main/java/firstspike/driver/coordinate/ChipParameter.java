package firstspike.driver.coordinate;

import java.util.Locale;

/** Analog parameter that exists once on the chip (registers.md 10.4). */
public enum ChipParameter {
    /** Reference voltage of the sample-and-hold amplifier. */
    READOUT_SC_AMP_V_REF(0, 128, 6),
    /** Pseudo-differential reference voltage. */
    READOUT_PSEUDO_DIFF_V_REF(1, 128, 6),
    /** Test voltage of the current converter. */
    READOUT_ICONV_TEST_VOLTAGE(2, 128, 6),
    /** Reference voltage of the current converter's amplifier. */
    READOUT_ICONV_SC_AMP_V_REF(3, 128, 6),
    /** Bias of the current converter's amplifier. */
    READOUT_ICONV_SC_AMP_I_BIAS(0, 128, 21),
    /** Bias of the pseudo-differential buffer. */
    READOUT_PSEUDO_DIFF_BUFFER_BIAS(0, 128, 22),
    /** Bias of output amplifier 0. */
    READOUT_OUT_AMP_I_BIAS_0(0, 128, 23),
    /** Bias of output amplifier 1. */
    READOUT_OUT_AMP_I_BIAS_1(0, 129, 8),
    /** Bias of the current DAC. */
    READOUT_IDAC_I_BIAS(0, 129, 9),
    /** Cascode bias of the current DAC. */
    READOUT_IDAC_I_BIAS_CASC(0, 129, 10),
    /** Bias of the current converter's buffer. */
    READOUT_ICONV_I_BIAS_BUFFER(0, 129, 11),
    /** Bias of the active multiplexer. */
    READOUT_AC_MUX_I_BIAS(0, 129, 12),
    /** Input bias of the MADC. */
    READOUT_MADC_IN_500NA(0, 129, 13),
    /** Bias of the sample-and-hold amplifier. */
    READOUT_SC_AMP_I_BIAS(0, 129, 14),
    /** Readout bias of short-term plasticity, top. */
    STP_IBIAS_READOUT_TOP(1, 128, 21),
    /** Readout bias of short-term plasticity, bottom. */
    STP_IBIAS_READOUT_BOTTOM(3, 128, 21),
    /** Bias of the activation DACs, top. */
    HAGEN_IBIAS_DAC_TOP(1, 128, 22),
    /** Bias of the activation DACs, bottom. */
    HAGEN_IBIAS_DAC_BOTTOM(3, 128, 22);

    private final int quadrant;
    private final int column;
    private final int row;

    ChipParameter(int quadrant, int column, int row) {
        this.quadrant = quadrant;
        this.column = column;
        this.row = row;
    }

    /** Its cell. */
    public CapMemCell cell() {
        return new CapMemCell(Quadrant.of(quadrant), column, row);
    }

    /** Name as the register tables write it, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
