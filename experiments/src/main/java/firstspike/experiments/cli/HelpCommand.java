package firstspike.experiments.cli;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the help of a command. */
@Command(
        name = "help",
        header = "Shows the help of a command.",
        footerHeading = "%nExamples:%n",
        footer = {"  firstspike help", "  firstspike help train"})
final class HelpCommand extends Action {

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Which command.")
    String[] path = {};

    @Override
    protected int run(Environment environment, Console console) {
        CommandLine command = Main.commandLine(environment);
        command.setColorScheme(spec.root().commandLine().getColorScheme());
        for (String name : path) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                var known = command.getSubcommands().keySet();
                throw new UsageException("command: " + name + " (known: " + String.join(", ", known) + "); "
                        + Nearest.to(name, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("choose one"));
            }
            command = next;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.help/1");
        tree.put("command", command.getCommandSpec().qualifiedName());
        tree.put("help", command.getUsageMessage(CommandLine.Help.Ansi.OFF));
        console.object(tree);
        console.line(command.getUsageMessage().stripTrailing());
        return DONE;
    }
}
