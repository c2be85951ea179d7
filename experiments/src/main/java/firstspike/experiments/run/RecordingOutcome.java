package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.runtime.recording.HealthTotals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a recording came to, for people and as JSON.
 *
 * @param experiment the network
 * @param runId id of the recording
 * @param file the log
 * @param target URI
 * @param fidelity of the target
 * @param chipId of the target
 * @param calibrations what was used of the store
 * @param programs that ran
 * @param toChip spikes that were sent
 * @param samples of the fast converter
 * @param perPopulation spikes from the chip, by layer
 * @param firstTick least tick of a spike from the chip, null without any
 * @param lastTick largest one, null without any
 * @param wallSeconds time that the programs took
 * @param health counters and verdict
 * @param interrupted whether it was stopped before its end
 */
public record RecordingOutcome(
        Experiment experiment,
        String runId,
        Path file,
        String target,
        String fidelity,
        String chipId,
        ChosenCalibrations calibrations,
        long programs,
        long toChip,
        long samples,
        SortedMap<String, Long> perPopulation,
        Long firstTick,
        Long lastTick,
        double wallSeconds,
        HealthTotals health,
        boolean interrupted) {

    private static final double TICK_US = 0.008;

    /** Spikes from the chip. */
    public long fromChip() {
        return perPopulation.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The last object of JSON mode. */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.recording/1");
        tree.put("path", file.toString());
        tree.put("run", runId);
        tree.put("state", interrupted ? "interrupted" : "done");
        tree.put("target", target);
        tree.put("fidelity", fidelity);
        tree.put("chip_id", chipId);
        tree.put("calibration", calibrations.tree());
        tree.put("seeds", Outcome.seeds(experiment));
        tree.put("config_sha256", experiment.sha256());
        tree.put("programs", programs);
        Map<String, Object> events = new LinkedHashMap<>();
        events.put("to_chip", toChip);
        events.put("from_chip", fromChip());
        events.put("samples", samples);
        tree.put("events", events);
        tree.put("per_population", perPopulation);
        tree.put("first_tick", firstTick);
        tree.put("last_tick", lastTick);
        tree.put("wall_s", Math.round(wallSeconds * 1000) / 1000.0);
        Map<String, Object> healthTree = new LinkedHashMap<>();
        healthTree.put("verdict", health.judge().verdict().text());
        healthTree.put("counters", health.counters());
        healthTree.put("remarks", health.remarks());
        tree.put("health", healthTree);
        return tree;
    }

    /** Lines for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("recorded", file.toString()));
        lines.add(line("programs", String.valueOf(programs)));
        lines.add(line("sent", toChip + " events"));
        perPopulation.forEach((name, events) -> lines.add(line("from " + name, events + " events")));
        if (samples > 0) {
            lines.add(line("samples", String.valueOf(samples)));
        }
        lines.add(line(
                "ticks",
                firstTick == null
                        ? "no event came"
                        : String.format(
                                Locale.ROOT,
                                "%d to %d (%.3f to %.3f us)",
                                firstTick,
                                lastTick,
                                firstTick * TICK_US,
                                lastTick * TICK_US)));
        double rate = wallSeconds > 0 ? (toChip + fromChip()) / wallSeconds : 0;
        lines.add(line("rate", String.format(Locale.ROOT, "%.3g events/s, %.2f s", rate, wallSeconds)));
        lines.add(line("target", target + ", fidelity " + fidelity + ", chip " + chipId));
        lines.add(line("calibration", calibrations.line()));
        lines.add(line("seeds", Outcome.seeds(experiment).toString()));
        lines.add(line("run", runId));
        health.remarkLines().forEach(text -> lines.add(line("health", text)));
        lines.add(health.judge().line());
        return lines;
    }

    /** How long it took. */
    public Duration wall() {
        return Duration.ofNanos(Math.round(wallSeconds * 1e9));
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "%-16s %s", name, text);
    }
}
