package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.results.RunRow;
import firstspike.experiments.results.StoredRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The table of runs. */
@Command(
        name = "list",
        header = "Lists runs with their state and result.",
        footer = {"  firstspike runs list", "  firstspike runs list --state interrupted --runs /data/runs"})
final class RunsListCommand extends Action {

    private static final String FORM = "%-52s %-12s %-10s %11s %14s  %s";

    @Mixin
    RunFilter filter = new RunFilter();

    @Override
    protected int run(Environment environment, Console console) {
        Set<String> states = filter.states();
        Optional<Instant> before = filter.before();
        List<RunRow> rows = filter.rows(environment).stream()
                .filter(row -> states.isEmpty() || states.contains(row.state()))
                .filter(row -> before.isEmpty()
                        || row.updated().map(at -> at.isBefore(before.get())).orElse(true))
                .toList();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.runs/1");
        tree.put("path", filter.runs.folder(environment).toString());
        tree.put("runs", rows.stream().map(RunRow::json).toList());
        console.object(tree);
        if (rows.isEmpty()) {
            console.line("no runs in " + filter.runs.folder(environment));
            return DONE;
        }
        console.line(head());
        rows.forEach(row -> console.line(line(row)));
        return DONE;
    }

    static String head() {
        return String.format(FORM, "run", "state", "health", "epoch", RunRow.METRIC, "target");
    }

    static String line(RunRow row) {
        return String.format(
                FORM,
                row.folder(),
                row.state(),
                row.text("verdict").isEmpty() ? "-" : row.text("verdict"),
                row.status().isEmpty() ? "-" : row.text("epoch") + "/" + row.text("epochs_total"),
                Double.isNaN(row.metric()) ? "-" : StoredRun.text(row.metric()),
                row.status().isEmpty() ? row.problem() : row.text("target"));
    }
}
