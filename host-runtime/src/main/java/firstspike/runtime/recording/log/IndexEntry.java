package firstspike.runtime.recording.log;

/**
 * Where one record stands.
 *
 * @param sequence of the record
 * @param offset of its frame, bytes
 * @param program of the record
 * @param firstTick of its first event or its mark
 * @param lastTick of its last event or its mark
 * @param count events in it
 * @param kind of the record
 */
public record IndexEntry(
        long sequence, long offset, long program, long firstTick, long lastTick, int count, RecordKind kind) {}
