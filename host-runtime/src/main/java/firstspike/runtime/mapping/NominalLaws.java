package firstspike.runtime.mapping;

/**
 * Published laws between register codes and the quantities of a neuron, as straight lines (analog.md 5, 6). SI units.
 * Nominal codes are computed with them; a chip that was calibrated does not need them.
 */
final class NominalLaws {

    /** Largest code of an analog parameter. */
    static final int LARGEST_CODE = 1022;
    /** Below this code the circuit that a bias feeds is off. */
    static final int SMALLEST_BIAS = 30;

    private static final double INTRINSIC_CAPACITANCE = 0.1e-12;
    private static final double CAPACITANCE_RANGE = 2.2e-12;
    private static final int LARGEST_CAPACITANCE_CODE = 63;
    private static final double LEAK_PER_CODE = 2.5e-9;
    private static final double LEAK_OF_CODE_ZERO = 0.05e-9;
    private static final double DIVISION = 8;
    private static final double TAU_SYN_HIGH_RESISTANCE = 3.07e-3;
    private static final double CURRENT_PER_WEIGHT = 3.567e-15;

    private NominalLaws() {}

    static double leakVolts(int code) {
        return clipped(1.58e-3 * code - 0.36);
    }

    static double thresholdVolts(int code) {
        return clipped(1.98e-3 * code + 0.12);
    }

    private static double clipped(double volts) {
        return Math.max(0, Math.min(1.4, volts));
    }

    static double capacitance(int code) {
        return INTRINSIC_CAPACITANCE + CAPACITANCE_RANGE * code / LARGEST_CAPACITANCE_CODE;
    }

    static double leakConductance(int code, boolean division) {
        return code == 0 ? LEAK_OF_CODE_ZERO : LEAK_PER_CODE * code / (division ? DIVISION : 1);
    }

    /** Code of a leak conductance, unrounded. */
    static double leakCode(double conductance, boolean division) {
        return conductance / LEAK_PER_CODE * (division ? DIVISION : 1);
    }

    /** Synaptic time constant with high resistance. */
    static double tauSyn(int code) {
        return TAU_SYN_HIGH_RESISTANCE / code;
    }

    /** Code of a synaptic time constant with high resistance, unrounded. */
    static double tauSynCode(double seconds) {
        return TAU_SYN_HIGH_RESISTANCE / seconds;
    }

    /** Current that one event of weight 1 adds. */
    static double currentPerWeight(int gm, int dac) {
        return CURRENT_PER_WEIGHT * gm * dac;
    }
}
