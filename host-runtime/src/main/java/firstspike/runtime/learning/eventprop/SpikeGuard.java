package firstspike.runtime.learning.eventprop;

/** Counts the spikes of a sample over all layers and ends it when there are too many. Mutable, one owner thread. */
final class SpikeGuard {
    private final int limit;
    private int layer;
    private int spikes;

    SpikeGuard(int limit) {
        this.limit = limit;
    }

    /** Begins a sample. */
    void beginSample() {
        spikes = 0;
    }

    /** Begins a layer of the sample. */
    void beginLayer(int index) {
        layer = index;
    }

    /** Counts a spike; throws {@link RunawaySpikesException} that names it when it is one too many. */
    void count(int neuron, double time) {
        if (++spikes > limit) {
            throw new RunawaySpikesException(layer, neuron, time, limit);
        }
    }
}
