package firstspike.runtime.recording.log;

/** A record between header and index. Code switches over {@link #kind()}. */
public sealed interface LogRecord permits SpikeChunk, SampleChunk, Mark, HealthRecord, SetupRecord {

    /** Which of the family. */
    RecordKind kind();

    /** Counts the records of a file, from 0 without a gap. */
    long sequence();

    /** Executed programs of the log, from 0. */
    long program();

    /** Spikes or samples in it; 0 for the other kinds. */
    default int events() {
        return 0;
    }

    /** Tick of its first event or its mark, else 0. */
    default long firstTick() {
        return 0;
    }

    /** Tick of its last event or its mark, else 0. */
    default long lastTick() {
        return firstTick();
    }
}
