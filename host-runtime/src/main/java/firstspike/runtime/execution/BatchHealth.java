package firstspike.runtime.execution;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TimeBase;
import firstspike.runtime.mapping.Stimulus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counters of one batch, and whether they make its times worthless (formats.md 3.3). One owner thread. */
final class BatchHealth {

    static final String EXTRA = "events.extra";
    static final String OVER_CAP = "events.over_cap";
    static final String SAME_TICK = "events.same_tick";
    static final String OUTSIDE = "events.outside_window";
    static final String UNMAPPED_LABEL = "events.unmapped_label";
    static final String REPEATS = "program.repeats";
    static final String TIMEOUTS = "program.timeouts";
    static final String SHORT = "program.short";

    private static final List<String> FALSIFYING = List.of(
            HealthKeys.DROPPED_CROSSBAR,
            HealthKeys.DROPPED_PADI,
            HealthKeys.DROPPED_TRACE,
            HealthKeys.DROPPED_LINK,
            HealthKeys.MERGED,
            HealthKeys.IN_FLIGHT_AT_HALT,
            HealthKeys.SUSPECT_TIME,
            HealthKeys.LATE_RESPONSES,
            HealthKeys.WRITES_PENDING,
            HealthKeys.PPU_IGNORED);
    private static final long LATEST_TICKS = 1250;
    private static final double MOST_OUTSIDE = 1e-3;

    private final SortedMap<String, Long> counters = new TreeMap<>();

    /**
     * What makes a run worthless.
     *
     * @param result of the run
     * @param dissector after it has seen the spikes
     * @param allowed counters that may be what they are
     * @return the first reason as key=value, or an empty text
     */
    static String fault(RunResult result, Dissector dissector, Set<String> allowed) {
        RunHealth health = result.health();
        for (String key : FALSIFYING) {
            if (health.count(key) > 0 && !allowed.contains(key)) {
                return key + "=" + health.count(key);
            }
        }
        if (health.count(HealthKeys.LATE_MAX_TICKS) > LATEST_TICKS && !allowed.contains(HealthKeys.LATE_MAX_TICKS)) {
            return HealthKeys.LATE_MAX_TICKS + "=" + health.count(HealthKeys.LATE_MAX_TICKS);
        }
        if (health.timeBase() != TimeBase.SYNCED) {
            return "time.base=" + health.timeBase().name().toLowerCase(Locale.ROOT);
        }
        if (dissector.unmapped() > 0 && !allowed.contains(UNMAPPED_LABEL)) {
            return UNMAPPED_LABEL + "=" + dissector.unmapped();
        }
        if (dissector.outside() > MOST_OUTSIDE * result.spikes().size() && !allowed.contains(OUTSIDE)) {
            return OUTSIDE + "=" + dissector.outside();
        }
        return "";
    }

    /** Adds a run whose times are used; what only describes that one run is left out. */
    void accept(RunResult result, Stimulus stimulus, Dissector dissector) {
        Map<String, Long> run = result.health().counters();
        run.forEach((key, value) -> {
            if (!HealthKeys.describesOneRun(key)) {
                add(key, value);
            }
        });
        if (!run.containsKey(HealthKeys.EVENTS_SENT)) {
            add(HealthKeys.EVENTS_SENT, (long) stimulus.count());
        }
        if (!run.containsKey(HealthKeys.EVENTS_RECEIVED)) {
            add(HealthKeys.EVENTS_RECEIVED, (long) result.spikes().size());
        }
        add(HealthKeys.LATE, stimulus.moved());
        add(HealthKeys.LATE_MAX_TICKS, stimulus.largestMove());
        if (dissector.trains().isEmpty()) {
            add(EXTRA, dissector.extra());
        }
        dissector.trains().ifPresent(trains -> {
            add(OVER_CAP, trains.overCap());
            add(SAME_TICK, trains.sameTick());
        });
        add(OUTSIDE, dissector.outside());
        add(UNMAPPED_LABEL, dissector.unmapped());
    }

    /** Adds the counters of another chip. */
    void join(BatchHealth other) {
        other.counters.forEach(this::add);
    }

    /** Adds to a counter; the largest lateness is the maximum. */
    void add(String key, long value) {
        counters.merge(key, value, key.equals(HealthKeys.LATE_MAX_TICKS) ? Math::max : Long::sum);
    }

    SortedMap<String, Long> counters() {
        return counters;
    }
}
