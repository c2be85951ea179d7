package firstspike.runtime.distortion;

/**
 * How strong each imperfection is; 0 is none of it. Standard deviations are relative to 1 unless a unit is given.
 *
 * @param tauSpread deviation of both time constants of each neuron, drawn once, floor 0.2; the capacitance follows the synaptic one
 * @param tauRatio membrane over synaptic time constant of all neurons as a factor on the model's, above 0; 1 is none of it
 * @param jitter deviation of every output spike time, drawn for every sample, in units of tau
 * @param thresholdFixed deviation of the threshold of each neuron, drawn once
 * @param thresholdTrial deviation of the threshold, drawn for every sample; the sum of both has a floor of 0.05
 * @param delay added to all inputs of every layer, biases too, in units of tau; the rule sees the times without it
 * @param eventLoss probability that an input event of a layer is lost, biases too, 0 to 1
 * @param synapseSpread deviation of the strength of each synapse, drawn once
 * @param amplitudeSpread deviation of the logarithm of the strength of all excitatory and of all inhibitory synapses of a neuron,
 *     drawn once
 */
public record Distortion(
        double tauSpread,
        double tauRatio,
        double jitter,
        double thresholdFixed,
        double thresholdTrial,
        double delay,
        double eventLoss,
        double synapseSpread,
        double amplitudeSpread) {

    /** Everything as the model says. */
    public static final Distortion NONE = new Distortion(0, 1, 0, 0, 0, 0, 0, 0, 0);

    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public Distortion {
        require("tau-spread", tauSpread, tauSpread >= 0 && tauSpread <= 1, "0 to 1");
        require("tau-ratio", tauRatio, tauRatio > 0 && tauRatio < Double.POSITIVE_INFINITY, "above 0");
        require("jitter", jitter, jitter >= 0 && jitter < Double.POSITIVE_INFINITY, "0 or more");
        require("threshold-fixed", thresholdFixed, thresholdFixed >= 0 && thresholdFixed <= 1, "0 to 1");
        require("threshold-trial", thresholdTrial, thresholdTrial >= 0 && thresholdTrial <= 1, "0 to 1");
        require("delay", delay, delay >= 0 && delay < Double.POSITIVE_INFINITY, "0 or more");
        require("event-loss", eventLoss, eventLoss >= 0 && eventLoss <= 1, "0 to 1");
        require("synapse-spread", synapseSpread, synapseSpread >= 0 && synapseSpread <= 1, "0 to 1");
        require("amplitude-spread", amplitudeSpread, amplitudeSpread >= 0 && amplitudeSpread <= 1, "0 to 1");
    }

    /** Whether neurons have time constants that are not the model's. */
    public boolean changesTimeConstants() {
        return tauSpread > 0 || tauRatio != 1;
    }

    private static void require(String name, double value, boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "distortion " + name + " : " + value + " (expected: " + rule + "); choose a value in range");
        }
    }
}
