package firstspike.driver.link;

import firstspike.driver.playback.ResponseKind;

/**
 * Receives the parts of a streamed run as they arrive, on the link's thread (playback.md 13.4). Within a kind everything
 * comes in order and exactly once; between kinds only the times tell the order. Arrays belong to the listener.
 */
public interface RunListener {

    /**
     * @param spikes the next spikes in trace order, at least one
     */
    void spikes(SpikeColumns spikes);

    /**
     * @param samples the next samples of the membrane converter in trace order, at least one
     */
    default void samples(SampleColumns samples) {}

    /**
     * Answers to reads, or markers.
     *
     * @param kind of all of them
     * @param firstPosition position of the first one among those of its kind in the run
     * @param values read values, at least one; markers have 1
     * @param fpgaTimes in ticks, as many
     */
    void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes);

    /**
     * @param notification change of state of a high-speed link
     */
    default void notification(Notification notification) {}

    /**
     * @param provenance of the complete run, with the hash of the words that were sent; called once, at the latest
     *     in front of the health
     */
    default void ran(Provenance provenance) {}

    /**
     * @param health of the complete run; the last call
     */
    void finished(RunHealth health);
}
