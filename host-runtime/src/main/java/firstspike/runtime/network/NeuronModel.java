package firstspike.runtime.network;

/**
 * The current-based neuron of a network in dimensionless units: time in synaptic time constants, voltage relative to an
 * arbitrary zero (inloop.md 1).
 *
 * @param tauSyn synaptic time constant, above 0
 * @param tauMem membrane time constant, above 0
 * @param gLeak leak conductance, above 0
 * @param vLeak leak potential
 * @param vThreshold spike threshold, above the leak
 * @param afterSpike what matters where neurons spike several times
 */
public record NeuronModel(
        double tauSyn, double tauMem, double gLeak, double vLeak, double vThreshold, AfterSpike afterSpike) {

    /** Checks the ranges. */
    public NeuronModel {
        if (!(tauSyn > 0) || !(tauMem > 0) || !(gLeak > 0)) {
            throw new IllegalArgumentException("neuron tau_syn, tau_mem, g_leak: " + tauSyn + ", " + tauMem + ", "
                    + gLeak + " (limit: above 0); give positive constants");
        }
        if (!(vThreshold > vLeak)) {
            throw new IllegalArgumentException(
                    "neuron threshold: " + vThreshold + " (limit: above the leak " + vLeak + "); raise v_threshold");
        }
        if (!(afterSpike.vReset() < vThreshold)) {
            throw new IllegalArgumentException("neuron reset: " + afterSpike.vReset() + " (limit: below the threshold "
                    + vThreshold + "); lower v_reset");
        }
    }

    /**
     * A neuron of which only the first spike matters: reset to the leak at once.
     *
     * @param tauSyn synaptic time constant, above 0
     * @param tauMem membrane time constant, above 0
     * @param gLeak leak conductance, above 0
     * @param vLeak leak potential
     * @param vThreshold spike threshold, above the leak
     */
    public NeuronModel(double tauSyn, double tauMem, double gLeak, double vLeak, double vThreshold) {
        this(tauSyn, tauMem, gLeak, vLeak, vThreshold, new AfterSpike(0, 0, vLeak));
    }

    /** Drive that reaches the threshold: {@code c = g_leak (v_threshold - v_leak)} (inloop.md 1). */
    public double thresholdDrive() {
        return gLeak * (vThreshold - vLeak);
    }
}
