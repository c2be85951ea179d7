package firstspike.experiments.cli;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Looks after the program itself. */
@Command(
        name = "self",
        header = "Looks after this copy of the program.",
        subcommands = {SelfArchiveCommand.class},
        footer = {"  firstspike self archive", "  firstspike self archive --json"})
final class SelfCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "no subcommand; archive");
    }
}
