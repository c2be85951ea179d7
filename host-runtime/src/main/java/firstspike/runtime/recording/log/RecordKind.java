package firstspike.runtime.recording.log;

/** Kinds of records that have a sequence number, by their field number in the file. */
public enum RecordKind {
    /** {@link SpikeChunk}. */
    SPIKES(firstspike.proto.log.v1.LogRecord.SPIKES_FIELD_NUMBER),
    /** {@link SampleChunk}. */
    SAMPLES(firstspike.proto.log.v1.LogRecord.SAMPLES_FIELD_NUMBER),
    /** {@link Mark}. */
    MARK(firstspike.proto.log.v1.LogRecord.MARK_FIELD_NUMBER),
    /** {@link HealthRecord}. */
    HEALTH(firstspike.proto.log.v1.LogRecord.HEALTH_FIELD_NUMBER),
    /** {@link SetupRecord}. */
    SETUP(firstspike.proto.log.v1.LogRecord.SETUP_FIELD_NUMBER);

    private final int number;

    RecordKind(int number) {
        this.number = number;
    }

    /** Field number in the file. */
    int number() {
        return number;
    }

    /** The kind of a field number, or null. */
    static RecordKind of(int number) {
        for (RecordKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }
}
