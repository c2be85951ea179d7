package firstspike.experiments.cli.log;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.ReadOutcome;
import firstspike.experiments.cli.common.SelectionOptions;
import firstspike.experiments.spikelog.RowForm;
import firstspike.experiments.spikelog.SpikeRows;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.SpikeLog;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the spikes of a log. */
@Command(
        name = "cat",
        header = "Prints the spikes of a log, ordered by program, tick and direction.",
        description = {
            "",
            "The log is checked as a whole first. With --json each spike is an object on a line of its own,",
            "as with --format jsonl; a last line with the schema firstspike.log-end/1 says what is missing.",
            "What is missing is also said on standard error: (10) the log did not end, (11) it is falsified."
        },
        footer = {
            "  firstspike log cat out.fslog --from 1ms --to 2ms --population hidden",
            "  firstspike log cat out.fslog --program 0..9 --direction from --format jsonl"
        })
final class LogCatCommand extends Action {

    @Parameters(paramLabel = "LOG", description = "A .fslog file; it may be written meanwhile.")
    Path file;

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl|table",
            description = "How rows are written (default: table on a terminal, else csv).")
    RowForm form;

    @Option(names = "--salvage", description = "Pass over damage in the middle, and count it.")
    boolean salvage;

    @Override
    protected int run(Environment environment, Console console) {
        RowOutput rows = new RowOutput(console);
        try (SpikeLog log = SpikeLog.open(file)) {
            LogHealth health = SpikeRows.write(log, salvage, selection.of(log), form(environment, console), rows)
                    .health();
            rows.flush();
            ReadOutcome outcome = ReadOutcome.of(health).tell(console);
            if (outcome.isIncomplete()) {
                console.object(outcome.tree());
            }
            return outcome.exit();
        } catch (ReaderGone e) {
            return DONE;
        }
    }

    private RowForm form(Environment environment, Console console) {
        if (console.json()) {
            return RowForm.JSONL;
        }
        return form != null ? form : environment.terminal() ? RowForm.TABLE : RowForm.CSV;
    }
}
