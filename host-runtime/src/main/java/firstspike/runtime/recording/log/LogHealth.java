package firstspike.runtime.recording.log;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How sound a log is: what every reading of it gives beside the events (formats.md 2.7).
 *
 * @param verdict of the file
 * @param tail how it ends
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
        LogTail tail,
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

    /** Whether it has its footer. */
    public boolean closed() {
        return tail.ending() == LogEnding.CLOSED || tail.ending() == LogEnding.RECOVERED;
    }

    /** Whether all bytes that are there can be read; a log that did not end may be whole. */
    public boolean isWhole() {
        return corruptRecords == 0 && missingRecords == 0 && tornBytes == 0;
    }

    /** Whether what is read is worth nothing: damage was passed over, or the log is marked so. */
    public boolean isFalsified() {
        return corruptRecords > 0 || missingRecords > 0 || skippedBytes > 0 || tail.falsified();
    }

    /** What the events that were read lack, in order of weight; empty: nothing. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (corruptRecords > 0 || missingRecords > 0 || skippedBytes > 0) {
            missing.add("passed over " + corruptRecords + " damaged and " + missingRecords + " missing records, "
                    + skippedBytes + " bytes: what was read is falsified");
        }
        if (tail.falsified()) {
            missing.add("marked as falsified by its footer: events were dropped, or its run was worthless");
        }
        switch (tail.ending()) {
            case NOT_ENDED ->
                missing.add("did not end: no footer after byte " + tail.end() + ", "
                        + (tornBytes > 0 ? tornBytes + " bytes of a cut record are left out, " : "") + lastProgram()
                        + "; what was to follow is missing ('firstspike log recover' closes it)");
            case RECOVERED ->
                missing.add("was recovered: what its writer had not finished is missing, " + lastProgram());
            case BEING_WRITTEN -> missing.add("is being written: read up to byte " + tail.end() + ", " + lastProgram());
            case CLOSED -> {
                // nothing is missing at its end
            }
        }
        return List.copyOf(missing);
    }

    private String lastProgram() {
        return tail.program() < 0
                ? "before the first program"
                : tail.programOpen()
                        ? "in the middle of program " + tail.program()
                        : "after the end of program " + tail.program();
    }

    /** Keys of formats.md 3.3 that are not 0. */
    public SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = new TreeMap<>();
        put(counters, "log.not_ended", tail.ending() == LogEnding.NOT_ENDED ? 1 : 0);
        put(counters, "log.recovered", tail.ending() == LogEnding.RECOVERED ? 1 : 0);
        put(counters, "log.marked_falsified", tail.falsified() ? 1 : 0);
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
