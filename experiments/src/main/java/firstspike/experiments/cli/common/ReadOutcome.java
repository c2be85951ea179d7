package firstspike.experiments.cli.common;

import firstspike.experiments.spikelog.LogTree;
import firstspike.runtime.recording.log.LogEnding;
import firstspike.runtime.recording.log.LogHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What reading a spike log comes to (errors.md 4): the events were given, and standard error, {@code --json} and the exit code say
 * whether any are missing.
 *
 * @param exit code of the command when it did all else that it was for
 * @param code machine-readable; null when nothing is missing
 * @param healths of the logs that were read
 */
public record ReadOutcome(int exit, String code, List<LogHealth> healths) {

    private static final int LISTED = 10;

    /**
     * @param healths of the logs that were read
     * @return the gravest of their outcomes
     */
    public static ReadOutcome of(LogHealth... healths) {
        List<LogHealth> all = List.of(healths);
        if (all.stream().anyMatch(LogHealth::isFalsified)) {
            return new ReadOutcome(Failure.LOG_FALSIFIED, "LOG_FALSIFIED", all);
        }
        if (all.stream().anyMatch(health -> health.tail().ending() == LogEnding.NOT_ENDED)) {
            return new ReadOutcome(Failure.LOG_NOT_ENDED, "LOG_NOT_ENDED", all);
        }
        return new ReadOutcome(Action.DONE, null, all);
    }

    /** Says on standard error what is missing, and where it was damaged. */
    public ReadOutcome tell(Console console) {
        for (LogHealth health : healths) {
            health.missing().forEach(text -> console.warn("the log " + text));
            health.damages().stream()
                    .limit(LISTED)
                    .forEach(damage -> console.warn("at byte " + damage.at() + ": " + damage.reason()));
            if (!health.missing().isEmpty() || !health.damages().isEmpty()) {
                console.message(LogTree.healthLine(health));
            }
        }
        return this;
    }

    /** Adds {@code complete}, and for an incomplete log {@code code}, {@code exit} and what is missing. */
    public ReadOutcome into(Map<String, Object> tree) {
        List<String> missing =
                healths.stream().flatMap(health -> health.missing().stream()).toList();
        tree.put("complete", missing.isEmpty());
        tree.put("missing", missing);
        if (code != null) {
            tree.put("code", code);
            tree.put("exit", exit);
        }
        return this;
    }

    /** The last line of a stream of JSON lines, which only an incomplete log has. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.log-end/1");
        into(tree);
        return tree;
    }

    /** Whether anything is missing for good: not what a living writer has still to add. */
    public boolean isIncomplete() {
        return healths.stream()
                .anyMatch(health -> health.isFalsified()
                        || health.tail().ending() == LogEnding.NOT_ENDED
                        || health.tail().ending() == LogEnding.RECOVERED);
    }
}
