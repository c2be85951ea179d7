package firstspike.runtime.calibration.result;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a calibration took of the chip.
 *
 * @param programs that measured; set-ups in between are not counted
 * @param chipSeconds time on the chip
 * @param counters health of the link, summed over the programs (formats.md 3.3)
 */
public record Effort(long programs, double chipSeconds, SortedMap<String, Long> counters) {

    /** Copies the counters. */
    public Effort {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    /** Nothing. */
    public static Effort none() {
        return new Effort(0, 0, new TreeMap<>());
    }
}
