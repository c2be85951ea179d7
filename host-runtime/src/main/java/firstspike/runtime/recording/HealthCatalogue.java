package firstspike.runtime.recording;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The health keys that exist (formats.md 3.3), and why counters that no rule judges are no fault. Stateless. */
public final class HealthCatalogue {

    /** A trailing dot stands for all keys that begin so. */
    private static final List<String> COUNTED = List.of(
            "events.sent",
            "events.received",
            "events.dropped.crossbar",
            "events.dropped.padi",
            "events.dropped.trace",
            "events.dropped.link",
            "events.dropped.log",
            "events.not_recorded",
            "events.late",
            "events.extra",
            "link.retransmits",
            "link.duplicates",
            "link.reconnects",
            "link.frames",
            "link.turns",
            "time.base",
            "program.timeouts",
            "program.repeats",
            "program.short",
            "spikes.missing.",
            "weights.bumped",
            "weights.bump_steps",
            "weights.bump_saturated",
            "weights.clipped",
            "weights.quantisation_rmse",
            "gradient.dropped",
            "gradient.floored",
            "gradient.flat",
            "calibration.age_s",
            "adc.saturated_samples",
            "log.writer_stall_ms");

    private static final Map<String, String> NO_FAULT = Map.of(
            "events.not_recorded", "came while recording was switched off, as it is between samples",
            "events.extra", "further spikes of a neuron in one window, of which the first counts",
            "link.retransmits", "frames that the link repeated: it delivers each once, nothing is missing",
            "link.duplicates", "frames that came twice and were taken once, nothing is missing",
            "link.reconnects", "the connection came back, what was in doubt was run again",
            "program.repeats", "batches that were run again: only the valid run counts",
            "gradient.dropped", "contributions above training.max_weight_gradient, left out as it says",
            "gradient.floored", "slopes below training.min_slope, raised to it",
            "adc.saturated_samples", "samples at the end of the converter's range: the membrane may have gone further");

    private static final String LATE = "events.late";
    private static final String LATE_MAX = "events.late_max_ticks";

    private HealthCatalogue() {}

    /**
     * @param key as typed
     * @return whether a result can have this counter
     */
    public static boolean has(String key) {
        return COUNTED.stream().anyMatch(name -> stands(name, key))
                || HealthRule.ALL.stream().anyMatch(rule -> stands(rule.key(), key));
    }

    private static boolean stands(String name, String key) {
        return name.endsWith(".") ? key.startsWith(name) && key.length() > name.length() : name.equals(key);
    }

    /** Names to propose for a mistyped one. */
    public static List<String> names() {
        SortedMap<String, Boolean> names = new TreeMap<>();
        COUNTED.forEach(name -> names.put(name, true));
        HealthRule.ALL.forEach(rule -> names.put(rule.key(), true));
        return names.keySet().stream().filter(name -> !name.endsWith(".")).toList();
    }

    /**
     * @param key of a counter above 0 that is no reason of the verdict
     * @param counters all of the result
     * @return why it is no fault; empty where its name says enough
     */
    static Optional<String> whyFine(String key, SortedMap<String, Number> counters) {
        if (key.equals(LATE)) {
            Number most = counters.get(LATE_MAX);
            return Optional.of("released after their tick, as several inputs of one instant must be"
                    + (most == null
                            ? ""
                            : ": the latest by " + most + " ticks, " + (long) HealthRule.LATE_TICKS + " are allowed"));
        }
        return Optional.ofNullable(NO_FAULT.get(key));
    }
}
