package firstspike.experiments.cli.log;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.spikelog.LogTree;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.log.Damage;
import firstspike.runtime.recording.log.LogEnding;
import firstspike.runtime.recording.log.LogFooter;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogInspection;
import firstspike.runtime.recording.log.LogSummary;
import firstspike.runtime.recording.log.PopulationEvents;
import firstspike.runtime.recording.log.SpikeLog;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a log holds and whether it is sound. */
@Command(
        name = "inspect",
        header = "Says what a spike log holds and whether it is sound.",
        description = {
            "",
            "A closed log is told from its last records at once; --full reads and checks every record. A log",
            "that did not end is no error (0) here: all before its end is safe, what is missing is said. Damage",
            "in the middle is (6)."
        },
        footer = {"  firstspike log inspect out.fslog", "  firstspike log inspect out.fslog --full --json"})
final class LogInspectCommand extends Action {

    private static final double PICO = 1e-12;

    @Parameters(paramLabel = "LOG", description = "A .fslog file; it may be written meanwhile.")
    Path file;

    @Option(names = "--full", description = "Read and check every record (default: only where it is needed).")
    boolean full;

    @Option(names = "--salvage", description = "Pass over damage in the middle, and count it.")
    boolean salvage;

    @Override
    protected int run(Environment environment, Console console) {
        try (SpikeLog log = SpikeLog.open(file)) {
            LogSummary summary = LogInspection.of(log, salvage, full);
            Optional<FormatException> error = summary.error();
            Map<String, Object> tree = LogTree.of(log, summary);
            tree.put("missing", summary.health().missing());
            error.ifPresent(thrown -> tree.putAll(LogTree.error(thrown, Failure.FILE)));
            console.object(tree);
            show(log.header(), summary, console);
            summary.health().missing().forEach(text -> console.warn("the log " + text));
            error.ifPresent(thrown -> console.message("firstspike: " + thrown.getMessage()));
            return error.isPresent() ? Failure.FILE : DONE;
        }
    }

    private void show(LogHeader header, LogSummary summary, Console console) {
        LogHealth health = summary.health();
        line(console, "log", file + ", " + summary.bytes() + " bytes");
        line(console, "state", state(summary));
        health.damages().stream()
                .limit(10)
                .map(LogInspectCommand::damage)
                .forEach(text -> line(console, "damage", text));
        line(console, "run", header.runId());
        line(console, "target", header.target() + ", fidelity " + header.fidelity() + ", chip " + header.chipId());
        line(console, "calibration", header.calibrationId().isEmpty() ? "none" : header.calibrationId());
        line(console, "written", LogTree.created(header) + " by " + header.writer());
        line(console, "records", health.records() + ", programs " + summary.programs());
        line(
                console,
                "events",
                summary.toChip() + " to the chip, " + summary.fromChip() + " from the chip, " + summary.samples()
                        + " samples");
        for (PopulationEvents row : summary.populations()) {
            line(
                    console,
                    "  " + row.name(),
                    row.events() + " " + row.direction().text()
                            + (row.silent().isPresent() ? ", " + row.silent().getAsLong() + " neurons silent" : ""));
        }
        if (summary.firstTick().isPresent() && summary.lastTick().isPresent()) {
            long first = summary.firstTick().getAsLong();
            long last = summary.lastTick().getAsLong();
            line(
                    console,
                    "ticks",
                    String.format(
                            Locale.ROOT,
                            "%d to %d in their programs (%.6f ms)",
                            first,
                            last,
                            (last - first) * (header.tickPs() * PICO) * 1e3));
        }
        long events = summary.toChip() + summary.fromChip() + summary.samples();
        summary.chunks()
                .ifPresent(chunks -> line(
                        console,
                        "chunks",
                        chunks
                                + (chunks == 0
                                        ? ""
                                        : String.format(
                                                Locale.ROOT,
                                                ", %.0f events each, %.2f bytes of file an event",
                                                (double) events / chunks,
                                                (double) summary.bytes() / events))));
        summary.counters().forEach((name, value) -> line(console, "counter", name + " " + value));
        console.line(LogTree.healthLine(summary));
    }

    private static String damage(Damage damage) {
        return "at byte " + damage.at() + ": " + damage.reason();
    }

    private static String state(LogSummary summary) {
        LogHealth health = summary.health();
        long safe = summary.toChip() + summary.fromChip() + summary.samples();
        String told =
                switch (health.verdict()) {
                    case CLOSED -> "closed";
                    case OPEN ->
                        health.tail().ending() == LogEnding.BEING_WRITTEN
                                ? "open: being written"
                                : "open: whole as far as it goes, but it did not end; 'firstspike log recover' closes it";
                    case TORN ->
                        "torn: " + health.tornBytes() + " bytes after the last whole record, " + safe
                                + " events are safe; 'firstspike log recover' cuts them off";
                    case CORRUPT, GAP, TRAILING, TOO_LARGE, MALFORMED_CHUNK ->
                        health.verdict().text() + ": "
                                + (summary.error().isPresent()
                                        ? safe + " events stand before the damage"
                                        : "passed over, "
                                                + health.corruptRecords() + " damaged and " + health.missingRecords()
                                                + " missing records, " + health.skippedBytes() + " bytes");
                    case NOT_A_LOG, NEWER_VERSION -> health.verdict().text();
                };
        long flags = summary.footer().map(LogFooter::flags).orElse(0L);
        return told
                + ((flags & LogFooter.FALSIFIED) != 0 ? ", marked as falsified" : "")
                + ((flags & LogFooter.REBUILT) != 0 ? ", recovered" : "")
                + (summary.scanned() ? "" : " (by its last records; --full checks all)");
    }

    private static void line(Console console, String key, String value) {
        console.line(String.format("%-14s %s", key, value));
    }
}
