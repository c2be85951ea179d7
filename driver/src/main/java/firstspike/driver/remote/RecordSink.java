package firstspike.driver.remote;

import com.google.protobuf.ByteString;

/** Takes the records of a result in order, each serialised once (playback.md 14.4). */
public interface RecordSink {

    /**
     * The next record.
     *
     * @param record at most {@link ResultEncoder#RECORD_BYTES}
     * @return false when there is no room for it: it is then not part of the result
     */
    boolean add(ByteString record);

    /**
     * The next record, for which there is always room: what a result is of no use without.
     *
     * @param record header or health of a part
     */
    void addAlways(ByteString record);

    /**
     * The last record, for which there is always room.
     *
     * @param footer of the result
     */
    void close(ByteString footer);
}
