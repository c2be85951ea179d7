package firstspike.experiments.cli.log;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** What is done with spike logs. */
@Command(
        name = "log",
        header = "Shows, compares, repairs and exports spike logs (.fslog).",
        subcommands = {
            LogInspectCommand.class,
            LogCatCommand.class,
            LogStatsCommand.class,
            LogDiffCommand.class,
            LogRecoverCommand.class,
            LogExportCommand.class
        },
        commandListHeading = "%nCommands:%n",
        footer = {"  firstspike log inspect out.fslog", "  firstspike log cat out.fslog --from 1ms --to 2ms"})
public final class LogCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "log: no command; 'firstspike log --help' lists them");
    }
}
