package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** What is done with many runs. */
@Command(
        name = "runs",
        header = "Lists runs, and removes old ones.",
        subcommands = {RunsListCommand.class, RunsPruneCommand.class},
        commandListHeading = "%nCommands:%n",
        footer = {"  firstspike runs list --state interrupted", "  firstspike runs prune --older-than 90d --dry-run"})
public final class RunsCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "runs: no command; 'firstspike runs --help' lists them");
    }
}
