package firstspike.driver.link;

import firstspike.driver.playback.Note;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened beside the result of a run: counters under the names of {@link HealthKeys}, and notes in order. A counter
 * that a target cannot know is absent, not 0.
 *
 * @param counters by name, sorted
 * @param timeBase what the times of the result refer to
 * @param notes in order, each once with its count
 */
public record RunHealth(SortedMap<String, Long> counters, TimeBase timeBase, List<Note> notes) {

    private static final Set<String> LOSSES = Set.of(
            HealthKeys.DROPPED_CROSSBAR,
            HealthKeys.DROPPED_PADI,
            HealthKeys.DROPPED_TRACE,
            HealthKeys.DROPPED_LINK,
            HealthKeys.MERGED,
            HealthKeys.IN_FLIGHT_AT_HALT,
            HealthKeys.SUSPECT_TIME,
            HealthKeys.LATE_RESPONSES,
            HealthKeys.WRITES_PENDING,
            "link.crc_errors");

    /** Name of the note of a run whose program was longer than the playback memory. */
    public static final String STREAMED = "streamed";

    /** Copies both collections. */
    public RunHealth {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        notes = List.copyOf(notes);
    }

    /**
     * @param key one of {@link HealthKeys}
     * @return its value, 0 when absent
     */
    public long count(String key) {
        return counters.getOrDefault(key, 0L);
    }

    /** True when nothing was dropped, merged, late, in flight or of doubtful time (playback.md 11). */
    public boolean lossFree() {
        return LOSSES.stream().allMatch(key -> count(key) == 0);
    }

    /** True when the program was longer than the playback memory, so that its timing is not exact (playback.md 9). */
    public boolean streamed() {
        return notes.stream().anyMatch(note -> note.name().equals(STREAMED));
    }

    /** The note that makes {@link #streamed()} true. */
    public static Note streamedNote() {
        return Note.of(STREAMED, "the program was longer than the playback memory: its timing is not exact");
    }
}
