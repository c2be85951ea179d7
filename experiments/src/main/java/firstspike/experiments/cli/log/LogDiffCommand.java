package firstspike.experiments.cli.log;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.ReadOutcome;
import firstspike.experiments.cli.common.SelectionOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.spikelog.LogDifference;
import firstspike.experiments.spikelog.LogTree;
import firstspike.runtime.recording.log.SpikeLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How the spikes of two logs differ. */
@Command(
        name = "diff",
        header = "Compares the spikes of two logs; differences exit 1.",
        description = {
            "",
            "The first, second, ... spike of each label in each program and direction are compared. Headers",
            "and times of writing may differ. Logs that are equal as far as they go, but did not end or are",
            "falsified, exit (10) or (11)."
        },
        footer = {
            "  firstspike log diff before.fslog after.fslog",
            "  firstspike log diff before.fslog after.fslog --tolerance 1 --direction from"
        })
final class LogDiffCommand extends Action {

    private static final String FORM = "%8s %-9s %6s %14s %14s";

    @Parameters(index = "0", paramLabel = "A", description = "A .fslog file, whose spikes are expected.")
    Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    Path second;

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--tolerance",
            paramLabel = "TICKS",
            defaultValue = "0",
            description = "Ticks of 8 ns that equal spikes may be apart (default: 0).")
    long tolerance;

    @Override
    protected int run(Environment environment, Console console) {
        if (tolerance < 0) {
            throw new UsageException("--tolerance: " + tolerance + " (limit: 0 or more); give ticks");
        }
        try (SpikeLog a = SpikeLog.open(first);
                SpikeLog b = SpikeLog.open(second)) {
            LogDifference difference = LogDifference.of(a, b, selection.of(a), tolerance);
            console.object(tree(difference));
            difference
                    .headers()
                    .forEach((key, values) -> console.line(key + ": " + values.get(0) + " | " + values.get(1)));
            if (difference.differences() == 0) {
                console.line("equal: " + difference.eventsA() + " spikes");
            } else {
                console.line(difference.differences() + " spikes differ, of " + difference.eventsA() + " and "
                        + difference.eventsB());
                console.line(String.format(FORM, "program", "direction", "label", "expected", "got"));
                for (LogDifference.Row row : difference.first()) {
                    console.line(String.format(
                            FORM,
                            row.program(),
                            row.direction().text(),
                            row.label(),
                            row.expected() == null ? "none" : row.expected(),
                            row.got() == null ? "none" : row.got()));
                }
            }
            ReadOutcome outcome = outcome(difference).tell(console);
            console.line(LogTree.healthLine(difference.healthB()));
            return difference.differences() == 0 ? outcome.exit() : Failure.FALSE_RESULT;
        }
    }

    private static ReadOutcome outcome(LogDifference difference) {
        return ReadOutcome.of(difference.healthA(), difference.healthB());
    }

    private Map<String, Object> tree(LogDifference difference) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.log-diff/1");
        tree.put("a", first.toString());
        tree.put("b", second.toString());
        tree.put("tolerance", tolerance);
        tree.put("equal", difference.differences() == 0);
        tree.put("events", List.of(difference.eventsA(), difference.eventsB()));
        tree.put("differences", difference.differences());
        List<Object> rows = new ArrayList<>();
        for (LogDifference.Row row : difference.first()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("program", row.program());
            object.put("direction", row.direction().text());
            object.put("label", row.label());
            object.put("expected", row.expected());
            object.put("got", row.got());
            rows.add(object);
        }
        tree.put("first", rows);
        tree.put("headers", difference.headers());
        outcome(difference).into(tree);
        tree.put("health", LogTree.health(difference.healthB()));
        return tree;
    }
}
