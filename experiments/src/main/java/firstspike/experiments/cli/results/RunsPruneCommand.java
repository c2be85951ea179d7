package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.results.Pruning;
import firstspike.experiments.results.RunRow;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.RunFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes runs that nobody needs any more. */
@Command(
        name = "prune",
        header = "Lists runs of a state or an age, and removes them.",
        description = {
            "",
            "Says what goes and what stays, and why, before anything is removed. A run that a living process owns stays."
        },
        footer = {
            "  firstspike runs prune --older-than 90d --keep best --dry-run",
            "  firstspike runs prune --state failed --state interrupted --older-than 7d"
        })
final class RunsPruneCommand extends Action {

    @Option(
            names = "--keep",
            paramLabel = "WHAT",
            defaultValue = "best",
            description =
                    "What stays of each experiment: best (run of the largest test/accuracy), last, all (default: best).")
    Pruning.Keep keep = Pruning.Keep.BEST;

    @Option(names = "--dry-run", description = "Only say what would go.")
    boolean dryRun;

    @Mixin
    RunFilter filter = new RunFilter();

    @Override
    protected int run(Environment environment, Console console) {
        Optional<Instant> before = filter.before();
        if (filter.states().isEmpty() && before.isEmpty()) {
            throw new UsageException("runs prune: neither --state nor --older-than (limit: one of them at least); say"
                    + " which runs are meant");
        }
        List<Pruning.Decision> decisions = new Pruning(filter.states(), before, keep).decide(filter.rows(environment));
        console.line(decisions.isEmpty() ? "no run is meant" : "       " + RunsListCommand.head());
        for (Pruning.Decision decision : decisions) {
            console.line((decision.goes() ? "goes   " : "stays  ")
                    + RunsListCommand.line(decision.row())
                    + (decision.goes() ? "" : "  (" + decision.reason() + ")"));
        }
        List<RunRow> removed = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (Pruning.Decision decision : decisions) {
            if (decision.row().status().map(status -> status.owned()).orElse(false)) {
                refused.put(decision.row().folder(), decision.reason());
            } else if (decision.goes() && !dryRun) {
                remove(decision.row(), removed, refused);
            }
        }
        refused.forEach((run, why) -> console.warn("run " + run + " is refused: " + why));
        console.line(
                dryRun
                        ? decisions.stream().filter(Pruning.Decision::goes).count() + " would go (--dry-run)"
                        : removed.size() + " removed");
        console.object(json(decisions, removed, refused));
        return refused.isEmpty() ? DONE : Failure.BUSY;
    }

    private static void remove(RunRow row, List<RunRow> removed, Map<String, String> refused) {
        RunFolder folder;
        try {
            folder = RunFolder.open(row.path());
        } catch (StorageException e) {
            if (e.code() == StorageException.Code.RUN_LOCKED) {
                // somebody took it up since it was listed
                refused.put(row.folder(), String.valueOf(e.getMessage()));
                return;
            }
            throw e;
        }
        folder.remove();
        removed.add(row);
    }

    private Map<String, Object> json(
            List<Pruning.Decision> decisions, List<RunRow> removed, Map<String, String> refused) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.prune/1");
        tree.put("keep", keep.name().toLowerCase(Locale.ROOT));
        tree.put("dry_run", dryRun);
        List<Object> runs = new ArrayList<>();
        for (Pruning.Decision decision : decisions) {
            Map<String, Object> one = decision.row().json();
            one.put("goes", decision.goes());
            one.put("reason", decision.reason());
            one.put("removed", removed.contains(decision.row()));
            runs.add(one);
        }
        tree.put("runs", runs);
        tree.put("refused", refused);
        return tree;
    }
}
