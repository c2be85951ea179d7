package firstspike.runtime.learning.eventprop;

/**
 * A wish about the membrane of a label neuron where a gradient cannot make or remove a spike ({@code eventprop.md} section 6): the
 * derivative of {@code strength} times the membrane at a fixed time.
 *
 * @param neuron of the last layer
 * @param time where the membrane is looked at, units of tau; of a spike: just before it
 * @param strength negative lifts the membrane when descending, positive lowers it
 * @param spike index in the trains of the batch of the spike it stands just before, or {@link #AT_A_TIME}
 */
public record Probe(int neuron, double time, double strength, int spike) {
    /** Stands for no spike: the time alone counts. */
    public static final int AT_A_TIME = -1;

    /**
     * A probe at a fixed time.
     *
     * @param neuron of the last layer
     * @param time units of tau
     * @param strength factor
     * @return the probe
     */
    public static Probe at(int neuron, double time, double strength) {
        return new Probe(neuron, time, strength, AT_A_TIME);
    }
}
