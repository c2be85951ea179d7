package firstspike.runtime.learning;

/**
 * Constants of a current-based LIF neuron: {@code tauMem dv/dt = vLeak - v + I/gLeak}, {@code tauSyn dI/dt = -I}, capacitance
 * {@code gLeak * tauMem}. Times in any one unit (units of the synaptic time constant in experiments), voltages relative.
 *
 * @param tauSyn synaptic time constant, above 0
 * @param tauMem membrane time constant, above 0
 * @param gLeak leak conductance, above 0
 * @param vLeak leak potential
 * @param vThreshold threshold, above the leak potential
 */
public record NeuronConstants(double tauSyn, double tauMem, double gLeak, double vLeak, double vThreshold) {
    /** The neuron of the published software experiments: equal time constants 1, threshold 1 over leak 0. */
    public static final NeuronConstants UNIT = new NeuronConstants(1, 1, 1, 0, 1);

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public NeuronConstants {
        requirePositive("tauSyn", tauSyn);
        requirePositive("tauMem", tauMem);
        requirePositive("gLeak", gLeak);
        if (!Double.isFinite(vLeak) || !Double.isFinite(vThreshold) || !(vThreshold > vLeak)) {
            throw new IllegalArgumentException("vThreshold : " + vThreshold + " (expected: finite and > vLeak " + vLeak
                    + "); a neuron whose leak reaches its threshold has no first spike by input");
        }
    }

    /**
     * Membrane capacitance.
     *
     * @return {@code gLeak * tauMem}
     */
    public double capacitance() {
        return gLeak * tauMem;
    }

    /**
     * Distance from leak to threshold.
     *
     * @return above 0
     */
    public double thresholdDistance() {
        return vThreshold - vLeak;
    }

    /**
     * The constant c of the closed forms ({@code inloop.md} section 1).
     *
     * @return {@code gLeak * (vThreshold - vLeak)}
     */
    public double drive() {
        return gLeak * (vThreshold - vLeak);
    }

    /**
     * Which closed form exists for the ratio of the time constants.
     *
     * @return the exact ratio's class
     */
    public TimeConstantRatio ratio() {
        if (tauMem == tauSyn) {
            return TimeConstantRatio.EQUAL;
        }
        return tauMem == 2 * tauSyn ? TimeConstantRatio.DOUBLE : TimeConstantRatio.OTHER;
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " : " + value + " (expected: finite and > 0)");
        }
    }
}
