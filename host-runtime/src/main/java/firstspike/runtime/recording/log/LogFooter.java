package firstspike.runtime.recording.log;

/**
 * Last record of a closed log; its frame has 72 bytes.
 *
 * @param indexOffset of the index record, bytes
 * @param recordCount records with a sequence
 * @param eventCount spikes of both directions
 * @param programCount programs of the log
 * @param closedUnixMs when it was closed
 * @param flags sum of {@link #CLOSED}, {@link #FALSIFIED} and {@link #REBUILT}
 */
public record LogFooter(
        long indexOffset, long recordCount, long eventCount, long programCount, long closedUnixMs, long flags) {

    /** Closed by the writer. */
    public static final long CLOSED = 1;
    /** Events were dropped, or the result is falsified otherwise. */
    public static final long FALSIFIED = 2;
    /** Rebuilt by recovery. */
    public static final long REBUILT = 4;
    /** Bytes of its frame. */
    static final int FRAME = 72;
}
