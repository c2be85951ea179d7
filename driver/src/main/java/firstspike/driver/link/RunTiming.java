package firstspike.driver.link;

/**
 * Where the time of a run went, in nanoseconds of wall time; for people, never part of a comparison.
 *
 * @param encodeNs building and sending the words
 * @param queueNs waiting for the chip
 * @param executeNs execution
 * @param decodeNs receiving and decoding the result
 */
public record RunTiming(long encodeNs, long queueNs, long executeNs, long decodeNs) {

    /** Nothing measured. */
    public static final RunTiming NONE = new RunTiming(0, 0, 0, 0);
}
