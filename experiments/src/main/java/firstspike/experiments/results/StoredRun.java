package firstspike.experiments.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import firstspike.experiments.figure.Measured;
import firstspike.experiments.figure.StoredFigures;
import firstspike.runtime.recording.JsonTree;
import firstspike.runtime.recording.MetricsLog;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.RunStatus;
import firstspike.runtime.recording.ShortestDecimal;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A run as its folder tells it, while it goes on or after it ended. Immutable as long as the folder is. */
public final class StoredRun {

    private static final long LARGEST_TEXT = 1 << 20;

    private final RunStatus status;
    private final Measured measured;

    private StoredRun(RunStatus status, Measured measured) {
        this.status = status;
        this.measured = measured;
    }

    /**
     * Reads.
     *
     * @param path of a run folder
     * @return the run
     * @throws firstspike.runtime.error.HostException when a file of it cannot be read or is not as it was written
     */
    public static StoredRun read(Path path) {
        return of(RunStatus.of(path));
    }

    /**
     * Reads what lies beside a state that is known.
     *
     * @param status of the run
     * @return the run
     */
    public static StoredRun of(RunStatus status) {
        return new StoredRun(status, new StoredFigures(status.path()).read());
    }

    /** Where it lies and how it stands. */
    public RunStatus status() {
        return status;
    }

    /** What run.json says. */
    public RunRecord record() {
        return status.record();
    }

    /** What its figures show. */
    public Measured measured() {
        return measured;
    }

    /** Name of its folder. */
    public String folderName() {
        return folderName(status.path());
    }

    static String folderName(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /** How it stands, in words. */
    public String stateLine() {
        return stateLine(status);
    }

    /**
     * @param status of a run
     * @return how it stands, in words: state, epoch, and how to go on where that is the question
     */
    public static String stateLine(RunStatus status) {
        RunRecord record = status.record();
        String at = "epoch " + epoch(status) + " of " + text(record.get("epochs_total"));
        return switch (status.state()) {
            case CREATED -> "created, nothing has run yet";
            case RUNNING -> "running, " + at;
            case INTERRUPTED ->
                "interrupted at " + at + "; resume with: firstspike resume " + folderName(status.path());
            case FAILED -> "failed at " + at + ": " + errorMessage(record);
            case DONE -> "done, " + at;
        };
    }

    /** Epochs that are done: of the metrics where they are ahead of run.json, which is written with each checkpoint. */
    private static long epoch(RunStatus status) {
        long said = status.record().get("epoch") instanceof Number number ? number.longValue() : 0;
        if (status.state() == RunState.DONE) {
            return said;
        }
        var lines =
                new MetricsLog(status.path().resolve("metrics.jsonl")).read().lines();
        return lines.isEmpty()
                ? said
                : Math.max(said, lines.get(lines.size() - 1).path("epoch").asLong());
    }

    private static String errorMessage(RunRecord record) {
        return record.get("error") instanceof Map<?, ?> error ? text(error.get("message")) : "no reason was written";
    }

    /** The metrics of its end; empty before. */
    public Map<String, Object> result() {
        return map(record().get("result"));
    }

    /** Verdict, reasons and counters: of run.json, or of health.json while the run goes on. */
    public Map<String, Object> health() {
        Map<String, Object> health = map(record().get("health"));
        return health.isEmpty() ? json("health.json").map(StoredRun::map).orElse(Map.of()) : health;
    }

    /**
     * A small JSON file of the folder.
     *
     * @param name of the file
     * @return its tree; empty when there is none, or it is no JSON
     */
    public Optional<Object> json(String name) {
        return file(name).flatMap(text -> {
            try {
                return Optional.ofNullable(JsonTree.toTree(JsonTree.parse(text)));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * A small text of the folder.
     *
     * @param name of the file
     * @return its text; empty when there is none, or more than 1 MiB
     */
    public Optional<String> file(String name) {
        Path file = status.path().resolve(name);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_TEXT
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    /** Run id, target and fidelity, as figures carry them. */
    public String footer() {
        return footer(record());
    }

    /**
     * @param record of a run
     * @return run id, target and fidelity, as figures carry them
     */
    public static String footer(RunRecord record) {
        return "run " + record.text("run_id") + "   target " + record.text("target") + "   fidelity "
                + record.text("fidelity");
    }

    /**
     * A value as run.json writes it.
     *
     * @param value of run.json
     * @return its text; a dash for null
     */
    public static String text(Object value) {
        if (value == null) {
            return "-";
        }
        return value instanceof Double number && Double.isFinite(number)
                ? ShortestDecimal.of(number)
                : String.valueOf(value);
    }

    /**
     * @param value any part of a JSON tree
     * @return it as a map with text keys; empty when it is none
     */
    public static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> map.put(String.valueOf(key), item));
        }
        return map;
    }
}
