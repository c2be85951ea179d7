package firstspike.runtime.recording.log;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How sound a log is: what every reading of it gives beside the events (formats.md 2.7).
 *
 * @param verdict of the file
 * @param closed whether it has its footer
 * @param records valid ones, with header, index and footer
 * @param tornAt offset of the cut tail, or -1
 * @param tornBytes bytes of the cut tail
 * @param corruptRecords damaged places that were passed over
 * @param missingRecords records that are missing and that no damaged place explains
 * @param skippedBytes bytes of the damaged places
 * @param damages the first of them, also a damaged index, which costs no events
 */
public record LogHealth(
        LogVerdict verdict,
        boolean closed,
        long records,
        long tornAt,
        long tornBytes,
        long corruptRecords,
        long missingRecords,
        long skippedBytes,
        List<Damage> damages) {

    /** Most damages that are listed. */
    static final int MOST_DAMAGES = 1000;

    /** Copies the list. */
    public LogHealth {
        damages = List.copyOf(damages);
    }

    /** Whether everything that was written can be read. */
    public boolean isWhole() {
        return corruptRecords == 0 && missingRecords == 0 && tornBytes == 0;
    }

    /** Keys of formats.md 3.3 that are not 0. */
    public SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = new TreeMap<>();
        put(counters, "log.torn_bytes", tornBytes);
        put(counters, "log.corrupt_records", corruptRecords);
        put(counters, "log.missing_records", missingRecords);
        put(counters, "log.skipped_bytes", skippedBytes);
        return counters;
    }

    private static void put(SortedMap<String, Long> counters, String name, long value) {
        if (value != 0) {
            counters.put(name, value);
        }
    }
}
