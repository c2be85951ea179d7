package firstspike.experiments.config;

import java.util.List;
import java.util.Map;

/**
 * Which health counters may be what.
 *
 * @param allow keys that do not falsify a result
 * @param limits other limits by key
 */
public record HealthSettings(List<String> allow, Map<String, Double> limits) {

    /** Copies both. */
    public HealthSettings {
        allow = List.copyOf(allow);
        limits = Map.copyOf(limits);
    }
}
