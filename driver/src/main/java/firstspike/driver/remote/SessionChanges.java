package firstspike.driver.remote;

import firstspike.driver.link.HealthKeys;
import java.util.Map;

/**
 * What happened to a remote session beside its programs, for the health of a run.
 *
 * @param reconnects connections that were made again
 * @param turns how often the session had its chip back after others had used it
 */
record SessionChanges(long reconnects, long turns) {

    static final SessionChanges NONE = new SessionChanges(0, 0);

    /** Adds what there is to the counters of a run. */
    void addTo(Map<String, Long> counters) {
        add(counters, HealthKeys.LINK_RECONNECTS, reconnects);
        add(counters, HealthKeys.LINK_TURNS, turns);
    }

    private static void add(Map<String, Long> counters, String key, long count) {
        if (count > 0) {
            counters.merge(key, count, Long::sum);
        }
    }
}
