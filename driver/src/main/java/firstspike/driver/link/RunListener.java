package firstspike.driver.link;

/** Receives the parts of a streamed run as they arrive, on the link's thread. */
public interface RunListener {

    /**
     * @param spikes the next spikes in trace order
     */
    void spikes(SpikeColumns spikes);

    /**
     * @param firstPosition position of the first value among all Omnibus reads of the run
     * @param values read words
     */
    void omnibusValues(long firstPosition, int[] values);

    /**
     * @param health of the complete run; the last call
     */
    void finished(RunHealth health);
}
