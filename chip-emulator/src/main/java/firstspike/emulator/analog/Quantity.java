package firstspike.emulator.analog;

/** Codes of the quantities that are drawn (analog.md section 1). Part of every counter: never renumbered. */
final class Quantity {
    static final int LEAK_OFFSET = 1;
    static final int LEAK_SLOPE = 2;
    static final int RESET_OFFSET = 3;
    static final int RESET_SLOPE = 4;
    static final int THRESHOLD_OFFSET = 5;
    static final int THRESHOLD_SLOPE = 6;
    static final int LEAK_CONDUCTANCE = 7;
    static final int CAPACITANCE = 8;
    static final int INTRINSIC_CAPACITANCE = 9;
    /** Excitatory; the inhibitory line is one higher. */
    static final int SYNAPTIC_TAU = 10;
    /** Excitatory; the inhibitory line is one higher. */
    static final int SYNAPTIC_GM = 12;
    /** Excitatory; the inhibitory line is one higher. */
    static final int SYNAPTIC_OFFSET_CURRENT = 14;

    static final int MEMBRANE_OFFSET_CURRENT = 16;
    static final int DAC = 17;
    static final int SYNAPSE_WEIGHT = 18;
    static final int DEAD = 19;
    static final int CADC_OFFSET = 20;
    static final int CADC_GAIN = 21;
    static final int CADC_QUADRANT = 22;
    static final int EXPONENTIAL = 23;
    static final int ADAPTATION_TAU = 24;
    static final int ADAPTATION_A = 25;
    static final int ADAPTATION_B = 26;
    static final int ADAPTATION_V = 27;
    /** Causal; the acausal sensor is one higher. */
    static final int CORRELATION_AMPLITUDE = 28;
    /** Causal; the acausal sensor is one higher. */
    static final int CORRELATION_TAU = 30;

    static final int DRIVER_STRENGTH = 110;

    static final int THRESHOLD_NOISE = 101;
    static final int LEAK_DRIFT = 102;
    static final int THRESHOLD_DRIFT = 103;
    static final int MEMBRANE_NOISE = 105;
    static final int CADC_NOISE = 106;
    static final int MADC_NOISE = 107;
    static final int EVENT_LOSS = 108;
    static final int CAPMEM_WRITE = 109;

    private Quantity() {}
}
