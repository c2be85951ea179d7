package firstspike.runtime.measurement;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunResult;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What measuring has cost.
 *
 * @param programs that ran
 * @param lossFree whether no event was lost in any of them
 * @param counters health of all runs, summed
 */
public record BenchTotals(long programs, boolean lossFree, SortedMap<String, Long> counters) {

    /** Nothing measured. */
    public static final BenchTotals NONE = new BenchTotals(0, true, new TreeMap<>());

    private static final double TICK_S = 8e-9;

    /** Keeps a copy of the counters. */
    public BenchTotals {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    /** Time on an emulated chip in seconds; 0 on others. */
    public double chipSeconds() {
        return TICK_S * counters.getOrDefault(HealthKeys.VIRTUAL_TICKS, 0L);
    }

    BenchTotals plus(RunResult result) {
        SortedMap<String, Long> sums = new TreeMap<>(counters);
        result.health().counters().forEach((key, count) -> sums.merge(key, count, Long::sum));
        return new BenchTotals(programs + 1, lossFree && result.health().lossFree(), sums);
    }
}
