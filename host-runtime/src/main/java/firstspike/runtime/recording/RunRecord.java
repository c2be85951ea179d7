package firstspike.runtime.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Content of {@code run.json} (formats.md 3.1): identity, state and outcome of a run. Beyond the keys named there it holds
 * times ({@code wall_s}, {@code chip_s}), silent fractions, health, a hash of the data, versions, the machine and the owner of
 * the lock, so that whoever has this file alone can trace its numbers. Keys keep their order. Mutable, one owner thread.
 */
public final class RunRecord {

    /** Schema that is written. */
    public static final String SCHEMA = "firstspike.run/1";

    private static final List<String> KEYS = List.of(
            "schema",
            "run_id",
            "name",
            "state",
            "verdict",
            "created",
            "updated",
            "finished",
            "command",
            "parent_run",
            "resumed_from_epoch",
            "target",
            "fidelity",
            "chip_id",
            "calibration_id",
            "calibration_age_s",
            "config_sha256",
            "seeds",
            "epoch",
            "epochs_total",
            "result",
            "missing",
            "wall_s",
            "chip_s",
            "health",
            "error",
            "data_sha256",
            "product_version",
            "commit",
            "environment",
            "lock",
            "files");

    private static final int LONGEST_SHOWN = 40;

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A record with every key, all null but the schema and the state. */
    public RunRecord() {
        KEYS.forEach(key -> values.put(key, null));
        values.put("schema", SCHEMA);
        values.put("state", RunState.CREATED.text());
    }

    /**
     * @param json text of a file
     * @param name of the file, for messages
     * @return the record
     * @throws FormatException when it is none, or of a newer program
     */
    public static RunRecord parse(String json, String name) {
        JsonNode node;
        try {
            node = JsonTree.parse(json);
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    ErrorDetail.of(name, "no JSON: " + e.getOriginalMessage(), SCHEMA, "restore the file"),
                    e);
        }
        String schema = node.path("schema").asText();
        if (!schema.equals(SCHEMA)) {
            boolean newer = schema.matches("firstspike\\.run/[0-9]{1,9}");
            throw new FormatException(
                    newer ? FormatException.Code.UNSUPPORTED_VERSION : FormatException.Code.MALFORMED_HEADER,
                    name,
                    "schema '" + schema + "'",
                    SCHEMA,
                    newer ? "use the program that wrote it" : "name a run folder");
        }
        RunRecord record = new RunRecord();
        node.properties().forEach(field -> record.values.put(field.getKey(), JsonTree.toTree(field.getValue())));
        return record;
    }

    /**
     * @param key of the file
     * @param value text, number, truth value, map, list or null
     * @return this
     */
    public RunRecord set(String key, Object value) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("key of run.json: " + key + " (limit: " + KEYS + "); use a known one");
        }
        values.put(key, value);
        return this;
    }

    /**
     * @param state new state
     * @return this
     */
    public RunRecord state(RunState state) {
        return set("state", state.text());
    }

    /**
     * Where the run stands.
     *
     * @throws FormatException when the file names no state
     */
    public RunState state() {
        for (RunState state : RunState.values()) {
            if (state.text().equals(text("state"))) {
                return state;
            }
        }
        String text = text("state");
        throw new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                "state of run " + text("run_id"),
                "'" + text.substring(0, Math.min(LONGEST_SHOWN, text.length())) + "'",
                Arrays.toString(RunState.values()).toLowerCase(Locale.ROOT),
                "restore run.json");
    }

    /**
     * @param key of the file
     * @return its value, null when absent
     */
    public Object get(String key) {
        return values.get(key);
    }

    /**
     * @param key of the file
     * @return its value as text; empty when null
     */
    public String text(String key) {
        return values.get(key) == null ? "" : String.valueOf(values.get(key));
    }

    /** The text of the file. */
    public String json() {
        return JsonText.pretty(values);
    }
}
