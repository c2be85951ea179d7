package firstspike.experiments.cli.serve;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Tokens of servers. */
@Command(
        name = "token",
        header = "Makes tokens by which a server knows its users.",
        subcommands = {TokenNewCommand.class},
        footer = {"  firstspike token new --user ada --file tokens.txt", "  firstspike emulate --token-file tokens.txt"
        })
public final class TokenCommand extends Action {

    @Override
    protected int run(Environment environment, Console console) {
        throw new ParameterException(spec.commandLine(), "no subcommand; new");
    }
}
