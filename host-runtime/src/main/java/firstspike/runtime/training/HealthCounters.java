package firstspike.runtime.training;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Joins health counters of several runs: counts add up, largest values stay largest. */
final class HealthCounters {
    /** Ends the names of counters of which the largest counts. */
    static final String LARGEST = "_max_ticks";

    private HealthCounters() {}

    static SortedMap<String, Long> join(SortedMap<String, Long> a, SortedMap<String, Long> b) {
        SortedMap<String, Long> joined = new TreeMap<>(a);
        b.forEach((key, value) -> joined.merge(key, value, key.endsWith(LARGEST) ? Math::max : Long::sum));
        return Collections.unmodifiableSortedMap(joined);
    }
}
