package firstspike.experiments.cli;

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
final class LogCommand extends Action {

    @Override
    int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "log: no command; 'firstspike log --help' lists them");
    }
}
