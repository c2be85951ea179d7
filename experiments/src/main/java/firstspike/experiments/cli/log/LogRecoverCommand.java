package firstspike.experiments.cli.log;

import firstspike.driver.link.WallClock;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.spikelog.LogTree;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogRecovery;
import firstspike.runtime.recording.log.Recovery;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a torn log whole. */
@Command(
        name = "recover",
        header = "Cuts a torn tail off a log, and rebuilds its index and footer.",
        description = {
            "",
            "What is cut is kept beside the log as NAME.torn-1. With --salvage, damaged records in the middle",
            "are left out, counted and marked, and the log as it was is kept. A sound log is not touched."
        },
        footer = {"  firstspike log recover out.fslog", "  firstspike log recover out.fslog --salvage --json"})
final class LogRecoverCommand extends Action {

    @Parameters(paramLabel = "LOG", description = "A .fslog file that nobody writes.")
    Path file;

    @Option(names = "--salvage", description = "Leave damaged records in the middle out.")
    boolean salvage;

    @Override
    protected int run(Environment environment, Console console) {
        Recovery recovery = LogRecovery.recover(file, salvage, WallClock.system());
        LogHealth before = recovery.before();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.log-recovery/1");
        tree.put("path", file.toString());
        tree.put("state_before", before.verdict().text());
        tree.put("changed", recovery.changed());
        tree.put("kept", recovery.kept().map(Path::toString).orElse(null));
        tree.put("kept_bytes", recovery.keptBytes());
        tree.put("corrupt_records", before.corruptRecords());
        tree.put("missing_records", before.missingRecords());
        tree.put("health", LogTree.health(before));
        console.object(tree);
        if (!recovery.changed()) {
            console.line("nothing to do: " + file + " is " + before.verdict().text());
        } else {
            console.line("recovered " + file + ", which was " + before.verdict().text());
            recovery.kept().ifPresent(kept -> console.line("kept " + recovery.keptBytes() + " bytes as " + kept));
            if (before.corruptRecords() + before.missingRecords() > 0) {
                console.line("left out " + before.corruptRecords() + " damaged records, " + before.missingRecords()
                        + " are missing; the log is marked as falsified");
            }
        }
        console.line(LogTree.healthLine(before));
        return DONE;
    }
}
