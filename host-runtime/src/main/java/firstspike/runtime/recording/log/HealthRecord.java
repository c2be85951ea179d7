package firstspike.runtime.recording.log;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counters since the start of the log, by their names of formats.md 3.3; the last record of a closed log also has the totals
 * {@code log.*} of formats.md 2.4.
 *
 * @param sequence of the record
 * @param program it belongs to
 * @param counters by name, sorted
 */
public record HealthRecord(long sequence, long program, SortedMap<String, Long> counters) implements LogRecord {

    /** Copies the counters. */
    public HealthRecord {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    @Override
    public RecordKind kind() {
        return RecordKind.HEALTH;
    }
}
