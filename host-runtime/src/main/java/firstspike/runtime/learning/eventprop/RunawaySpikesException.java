package firstspike.runtime.learning.eventprop;

/** A sample had more spikes than a network that learns something has: its weights have run away ({@code eventprop.md} 2). */
public final class RunawaySpikesException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final int layer;
    private final int neuron;
    private final double time;

    RunawaySpikesException(int layer, int neuron, double time, int limit) {
        super("layer " + layer + ", neuron " + neuron + ", time " + time + " tau : more than " + limit
                + " spikes in one sample (limit: training.spike_limit " + limit
                + "); weights have run away: lower the learning rate, set max_spikes or a longer refractory time");
        this.layer = layer;
        this.neuron = neuron;
        this.time = time;
    }

    /**
     * Layer of the spike that was one too many.
     *
     * @return index from 0
     */
    public int layer() {
        return layer;
    }

    /**
     * Neuron of the spike that was one too many.
     *
     * @return index in its layer
     */
    public int neuron() {
        return neuron;
    }

    /**
     * Time of the spike that was one too many.
     *
     * @return units of tau
     */
    public double time() {
        return time;
    }
}
