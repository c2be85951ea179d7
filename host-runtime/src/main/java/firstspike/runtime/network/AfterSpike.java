package firstspike.runtime.network;

/**
 * What a neuron does after a spike ({@code eventprop.md} section 1), in the units of {@link NeuronModel}.
 *
 * @param refractory time at the reset potential, 0 or more
 * @param holdoff time after that in which it is free and cannot spike, 0 or more
 * @param vReset reset potential, below the threshold
 */
public record AfterSpike(double refractory, double holdoff, double vReset) {

    /** Checks the ranges that need no threshold. */
    public AfterSpike {
        if (!(refractory >= 0) || !(holdoff >= 0) || Double.isInfinite(refractory) || Double.isInfinite(holdoff)) {
            throw new IllegalArgumentException("neuron refractory, holdoff: " + refractory + ", " + holdoff
                    + " (limit: finite, 0 or more); correct them");
        }
    }
}
