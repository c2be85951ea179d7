package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.Requirement;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.recording.ShortestDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run came to, as the last block of a screen and as JSON.
 *
 * @param experiment that was run
 * @param runId id of the run, empty when there is no run folder
 * @param path of the run folder
 * @param state of the run
 * @param target URI
 * @param fidelity of the target
 * @param chipId of the target
 * @param calibrations what was used of the store
 * @param epochs that were trained
 * @param result metrics by name
 * @param missing share of silent neurons a layer
 * @param wallSeconds time that passed
 * @param chipSeconds time that a chip was busy
 * @param health counters and verdict
 * @param details further lines for people: tables
 */
public record Outcome(
        Experiment experiment,
        String runId,
        Optional<Path> path,
        String state,
        String target,
        String fidelity,
        String chipId,
        ChosenCalibrations calibrations,
        int epochs,
        SortedMap<String, Number> result,
        SortedMap<String, Double> missing,
        double wallSeconds,
        double chipSeconds,
        HealthTotals health,
        List<String> details) {

    /** The object of JSON mode. */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.result/1");
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("id", runId.isEmpty() ? null : runId);
        run.put("path", path.map(Path::toString).orElse(null));
        run.put("state", state);
        tree.put("run", run);
        tree.put("target", target);
        tree.put("fidelity", fidelity);
        tree.put("chip_id", chipId);
        tree.put("calibration", calibrations.tree());
        tree.put("seeds", seeds(experiment));
        tree.put("config_sha256", experiment.sha256());
        tree.put("epochs", epochs);
        tree.put("result", result);
        tree.put("missing", missing);
        tree.put("wall_s", wallSeconds);
        tree.put("chip_s", chipSeconds);
        Map<String, Object> healthTree = new LinkedHashMap<>();
        healthTree.put("verdict", health.judge().verdict().text());
        healthTree.put("counters", health.counters());
        healthTree.put("remarks", health.remarks());
        tree.put("health", healthTree);
        List<Object> requirements = new ArrayList<>();
        for (Requirement requirement : experiment.require()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("expression", requirement.text());
            row.put("actual", result.get(requirement.metric()));
            row.put("holds", requirement.holds(result));
            requirements.add(row);
        }
        tree.put("require", requirements);
        return tree;
    }

    /** The last block of a screen; its last line is the health. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(details);
        result.forEach((name, value) -> lines.add(line(name, text(value))));
        for (Requirement requirement : experiment.require()) {
            lines.add(line(
                    "require",
                    requirement.text()
                            + (requirement.holds(result) ? "  holds" : "  FALSE, actual ")
                            + (requirement.holds(result)
                                    ? ""
                                    : result.containsKey(requirement.metric())
                                            ? text(result.get(requirement.metric()))
                                            : "not measured")));
        }
        path.ifPresent(folder -> lines.add(line("run", folder + "  (" + state + ")")));
        if (!runId.isEmpty()) {
            lines.add(line("run id", runId));
        }
        lines.add(line("target", target + ", fidelity " + fidelity + ", chip " + chipId));
        lines.add(line("calibration", calibrations.line()));
        List<String> seeds = new ArrayList<>();
        seeds(experiment).forEach((name, seed) -> seeds.add(name + " " + seed));
        lines.add(line("seeds", String.join(", ", seeds)));
        lines.add(line(
                "time",
                ShortestDecimal.of(rounded(wallSeconds)) + " s wall, " + ShortestDecimal.of(rounded(chipSeconds))
                        + " s chip"));
        health.remarkLines().forEach(text -> lines.add(line("health", text)));
        lines.add(health.judge().line());
        return lines;
    }

    /** Whether every requirement holds. */
    public boolean requirementsHold() {
        return experiment.require().stream().allMatch(requirement -> requirement.holds(result));
    }

    static Map<String, Object> seeds(Experiment experiment) {
        Map<String, Object> seeds = new LinkedHashMap<>();
        seeds.put("weights_and_batches", experiment.training().batchSeed());
        seeds.put("numpy", experiment.training().noiseSeed());
        return seeds;
    }

    /** The same text as in run.json. */
    static String text(Number value) {
        return value instanceof Double number ? ShortestDecimal.of(number) : value.toString();
    }

    /** Seconds to a thousandth, as screens and run.json show them. */
    static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    private static String line(String name, String text) {
        return String.format("%-20s %s", name, text);
    }
}
