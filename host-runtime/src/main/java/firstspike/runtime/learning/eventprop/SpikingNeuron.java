package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.NeuronConstants;
import java.util.Objects;

/**
 * A neuron that spikes several times ({@code eventprop.md} section 1): after a spike it is clamped to the reset for the refractory
 * time, then it is free and cannot spike during the hold-off.
 *
 * @param constants time constants, conductance, leak and threshold
 * @param refractory length of the clamp, 0 or more, in the unit of the time constants
 * @param holdoff time without spikes after the clamp, 0 or more
 * @param vReset potential of the clamp, below the threshold
 */
public record SpikingNeuron(NeuronConstants constants, double refractory, double holdoff, double vReset) {
    /** Checks ranges; throws {@link IllegalArgumentException} that names the value. */
    public SpikingNeuron {
        Objects.requireNonNull(constants, "constants");
        requireTime("refractory", refractory);
        requireTime("holdoff", holdoff);
        if (!Double.isFinite(vReset) || !(vReset < constants.vThreshold())) {
            throw new IllegalArgumentException("vReset : " + vReset + " (expected: finite and < vThreshold "
                    + constants.vThreshold() + "); a neuron that is reset to its threshold never stops");
        }
    }

    /**
     * Distance of the reset from the leak.
     *
     * @return below the distance of the threshold, also negative
     */
    public double resetDistance() {
        return vReset - constants.vLeak();
    }

    private static void requireTime(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " : " + value + " (expected: finite and >= 0)");
        }
    }
}
