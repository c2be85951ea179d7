package firstspike.experiments.spikelog;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.recording.log.Damage;
import firstspike.runtime.recording.log.LogFooter;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogSummary;
import firstspike.runtime.recording.log.PopulationEvents;
import firstspike.runtime.recording.log.SpikeLog;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The object of {@code log inspect --json} (journeys.md 4) and the health that a log tells. Stateless. */
public final class LogTree {

    private LogTree() {}

    /**
     * @param log that was looked at
     * @param summary what it holds
     * @return keys in their order; after them, for a log that stopped the reading, those of the error object
     */
    public static Map<String, Object> of(SpikeLog log, LogSummary summary) {
        LogHealth health = summary.health();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.log/1");
        tree.put("path", log.file().toString());
        tree.put("bytes", summary.bytes());
        tree.put("state", health.verdict().text());
        tree.put("header", header(log.header()));
        tree.put("records", health.records());
        tree.put("programs", summary.programs());
        Map<String, Object> events = new LinkedHashMap<>();
        events.put("to_chip", summary.toChip());
        events.put("from_chip", summary.fromChip());
        events.put("samples", summary.samples());
        tree.put("events", events);
        tree.put("first_tick", value(summary.firstTick()));
        tree.put("last_tick", value(summary.lastTick()));
        tree.put(
                "per_population",
                summary.populations().stream().map(LogTree::population).toList());
        tree.put("torn", health.tornAt() < 0 ? null : torn(health));
        tree.put("corrupt", health.damages().stream().map(LogTree::damage).toList());
        tree.put("health", health(counters(summary)));
        tree.put("closed", health.closed());
        tree.put("falsified", summary.footer().map(LogTree::falsified).orElse(null));
        tree.put("recovered", summary.footer().map(LogTree::recovered).orElse(null));
        tree.put("chunks", value(summary.chunks()));
        tree.put("full", summary.scanned());
        return tree;
    }

    private static boolean falsified(LogFooter footer) {
        return (footer.flags() & LogFooter.FALSIFIED) != 0;
    }

    private static boolean recovered(LogFooter footer) {
        return (footer.flags() & LogFooter.REBUILT) != 0;
    }

    private static Object value(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private static Map<String, Object> header(LogHeader header) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format_version", LogHeader.FORMAT_VERSION);
        tree.put("run_id", header.runId());
        tree.put("target", header.target());
        tree.put("fidelity", header.fidelity());
        tree.put("chip_id", header.chipId());
        tree.put("calibration_id", header.calibrationId());
        tree.put("config_sha256", header.configSha256());
        tree.put("tick_ps", header.tickPs());
        tree.put("created", created(header));
        tree.put("writer", header.writer());
        tree.put("labels", header.labels().size());
        return tree;
    }

    /** When a log was made, by its header. */
    public static String created(LogHeader header) {
        return Instant.ofEpochMilli(header.createdUnixMs()).toString();
    }

    private static Map<String, Object> population(PopulationEvents row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("population", row.name());
        tree.put("events", row.events());
        tree.put("silent", value(row.silent()));
        tree.put("direction", row.direction().text());
        return tree;
    }

    private static Map<String, Object> torn(LogHealth health) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", health.tornAt());
        tree.put("bytes", health.tornBytes());
        return tree;
    }

    private static Map<String, Object> damage(Damage damage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", damage.at());
        tree.put("reason", damage.reason());
        return tree;
    }

    private static SortedMap<String, Long> counters(LogSummary summary) {
        SortedMap<String, Long> counters = new TreeMap<>(summary.counters());
        summary.health().counters().forEach((name, value) -> counters.merge(name, value, Long::sum));
        return counters;
    }

    private static HealthTotals totals(SortedMap<String, Long> counters) {
        HealthTotals totals = new HealthTotals(Set.of(), Map.of());
        totals.add(counters);
        return totals;
    }

    private static Map<String, Object> health(SortedMap<String, Long> counters) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("verdict", totals(counters).judge().verdict().name().toLowerCase(Locale.ROOT));
        tree.put("counters", counters);
        return tree;
    }

    /**
     * @param summary of a log
     * @return the line that ends every printed result
     */
    public static String healthLine(LogSummary summary) {
        return totals(counters(summary)).judge().line();
    }

    /**
     * @param health of a log
     * @return the same for its own soundness alone
     */
    public static String healthLine(LogHealth health) {
        return totals(health.counters()).judge().line();
    }

    /**
     * @param health of a log
     * @return its health as an object
     */
    public static Map<String, Object> health(LogHealth health) {
        return health(health.counters());
    }

    /**
     * @param error that stopped the reading
     * @param exit of the command
     * @return the further keys that it adds to an object
     */
    public static Map<String, Object> error(FormatException error, int exit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("code", error.code().name());
        tree.put("exit", exit);
        tree.put("message", error.getMessage());
        tree.put("thing", error.detail().thing());
        tree.put("value", error.detail().value());
        tree.put("limit", error.detail().limit());
        tree.put("remedy", error.detail().remedy());
        tree.put("fields", error.detail().fields());
        return tree;
    }
}
