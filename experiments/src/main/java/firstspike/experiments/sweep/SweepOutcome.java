package firstspike.experiments.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sweep came to.
 *
 * @param path of its folder, empty when nothing was run
 * @param table of all points
 */
public record SweepOutcome(Optional<Path> path, SweepTable table) {

    /** {@code done} when every point has been tried, {@code planned} when nothing was to be run, else {@code interrupted}. */
    public String state() {
        if (path.isEmpty()) {
            return "planned";
        }
        boolean open = table.count(PointState.WAITING) + table.count(PointState.INTERRUPTED) > 0;
        return open ? "interrupted" : "done";
    }

    /** The object of JSON mode (journeys.md 4). */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SweepFolder.SCHEMA);
        tree.put("path", path.map(Path::toString).orElse(null));
        tree.put("points", table.results().size());
        tree.put("done", table.count(PointState.DONE));
        List<Object> failed = new ArrayList<>();
        for (PointResult result : table.failed()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("point", result.point().number());
            row.put("exit", result.exit());
            row.put("message", result.message());
            failed.add(row);
        }
        tree.put("failed", failed);
        tree.put("table", table.trees());
        tree.put("name", table.plan().name());
        tree.put("state", state());
        Map<String, Object> runs = new LinkedHashMap<>();
        for (PointResult result : table.results()) {
            result.run()
                    .ifPresent(run -> runs.put(
                            Integer.toString(result.point().number()),
                            run.getFileName().toString()));
        }
        tree.put("runs", runs);
        tree.put("health", table.health().substring("health: ".length()));
        return tree;
    }

    /** The last block of a screen; its last line is the health. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        table.failed().forEach(result -> result.message()
                .lines()
                .forEach(line -> lines.add(
                        "point " + result.point().number() + " failed (exit " + result.exit() + "): " + line)));
        lines.add(String.format(
                "%-20s %d of %d done, %d failed",
                "points",
                table.count(PointState.DONE),
                table.results().size(),
                table.failed().size()));
        path.ifPresent(folder -> {
            lines.add(String.format("%-20s %s  (%s)", "sweep", folder, state()));
            lines.add(String.format("%-20s %s", "table", folder.resolve(Sweep.RESULTS_CSV)));
            lines.add(String.format("%-20s %s", "figures", folder.resolve("figures")));
        });
        lines.add(table.health());
        return lines;
    }
}
