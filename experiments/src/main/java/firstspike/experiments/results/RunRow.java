package firstspike.experiments.results;

import firstspike.runtime.error.HostException;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.RunStatus;
import firstspike.runtime.recording.Verdict;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One run in a list of runs.
 *
 * @param path of its folder
 * @param status what its run.json says; empty when that cannot be read
 * @param problem why not, else empty
 */
public record RunRow(Path path, Optional<RunStatus> status, String problem) {

    /** What runs are judged by. */
    public static final String METRIC = "test/accuracy";

    /**
     * Looks at a folder; one that cannot be read is a row too.
     *
     * @param path of a run folder
     * @return the row
     */
    public static RunRow of(Path path) {
        try {
            RunStatus status = RunStatus.of(path);
            // a state that is none is found now, not when somebody asks
            status.state();
            return new RunRow(path, Optional.of(status), "");
        } catch (HostException e) {
            return new RunRow(path, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** Name of the folder. */
    public String folder() {
        return StoredRun.folderName(path);
    }

    /** State in a word; {@code unreadable} where it cannot be known. */
    public String state() {
        return status.map(found -> found.state().text()).orElse("unreadable");
    }

    /** Name of the experiment, or what was given for it. */
    public String name() {
        return text("name");
    }

    /** What the metric of a list came to; not-a-number before the end of the run. */
    public double metric() {
        return status.map(found -> found.record().get("result"))
                .map(StoredRun::map)
                .map(result -> result.get(METRIC))
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .orElse(Double.NaN);
    }

    /** Whether it came to a result that can be believed. */
    public boolean isGood() {
        return status.map(found -> found.state() == RunState.DONE
                        && !found.record().text("verdict").equals(Verdict.FALSIFIED.text()))
                .orElse(false);
    }

    /** When its run.json was last written; empty when that cannot be known. */
    public Optional<Instant> updated() {
        try {
            return Optional.of(Instant.parse(text("updated")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * @param key of run.json
     * @return its text; empty when null or unknown
     */
    public String text(String key) {
        return status.map(found -> found.record().text(key)).orElse("");
    }

    /** As an object of JSON. */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        Optional<RunRecord> record = status.map(RunStatus::record);
        tree.put("id", record.map(found -> found.get("run_id")).orElse(null));
        tree.put("folder", folder());
        tree.put("name", record.map(found -> found.get("name")).orElse(null));
        tree.put("state", state());
        for (String key : new String[] {
            "verdict", "epoch", "epochs_total", "created", "updated", "target", "fidelity", "chip_id", "result"
        }) {
            tree.put(key, record.map(found -> found.get(key)).orElse(null));
        }
        tree.put("problem", problem.isEmpty() ? null : problem);
        return tree;
    }
}
