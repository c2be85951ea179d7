package firstspike.runtime.recording.log;

/** Takes the records of a log in the order of the file. */
@FunctionalInterface
public interface RecordSink {

    /**
     * @param record valid and in sequence; may be kept
     * @param offset of its frame in the file, bytes
     */
    void accept(LogRecord record, long offset);
}
