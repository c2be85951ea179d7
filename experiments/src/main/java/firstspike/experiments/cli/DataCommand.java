package firstspike.experiments.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Looks after data files. */
@Command(
        name = "data",
        header = "Says which data sets are there, which are missing, and where people get them.",
        subcommands = {DataListCommand.class, DataCheckCommand.class},
        commandListHeading = "%nCommands:%n",
        footer = {"  firstspike data list", "  firstspike data check mnist --data ~/data"})
final class DataCommand extends Action {

    @Override
    int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "no subcommand; list or check");
    }
}
