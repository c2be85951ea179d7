package firstspike.experiments.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference of all commands as one page of Markdown, written from the same model as their help. */
final class CommandPage {

    private final StringBuilder out = new StringBuilder();

    private CommandPage() {}

    static String of(List<CommandLine> commands) {
        CommandPage page = new CommandPage();
        page.out
                .append(
                        "# Commands\n\nWritten from the program's own help; `./firstspike COMMAND --help` says the same. ")
                .append("[What exit codes mean](exit-codes.md).\n");
        commands.forEach(page::command);
        return page.out.toString();
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        out.append("\n## ").append(spec.qualifiedName()).append("\n\n");
        out.append(sentence(spec.usageMessage().header())).append('\n');
        String description = sentence(spec.usageMessage().description());
        if (!description.isEmpty()) {
            out.append('\n').append(description).append('\n');
        }
        if (!spec.positionalParameters().isEmpty() || spec.options().stream().anyMatch(option -> !option.hidden())) {
            out.append("\n| | |\n|---|---|\n");
        }
        spec.positionalParameters().forEach(this::parameter);
        spec.options().stream().filter(option -> !option.hidden()).forEach(this::option);
        String codes = spec.usageMessage().exitCodeList().keySet().stream()
                .map(String::strip)
                .collect(Collectors.joining(", "));
        if (!codes.isEmpty()) {
            out.append("\nExit codes: ").append(codes).append(".\n");
        }
        List<String> examples = List.of(spec.usageMessage().footer()).stream()
                .map(CommandPage::plain)
                .map(String::strip)
                .filter(line -> line.startsWith("firstspike "))
                .toList();
        if (!examples.isEmpty()) {
            out.append("\n<!-- not run: one example of each form -->\n```sh\n./")
                    .append(String.join("\n./", examples))
                    .append("\n```\n");
        }
    }

    private void parameter(PositionalParamSpec parameter) {
        row("`" + parameter.paramLabel() + "`", parameter.description());
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        row(
                List.of(option.names()).stream()
                        .map(name -> "`" + name + value + "`")
                        .collect(Collectors.joining(", ")),
                option.description());
    }

    private void row(String name, String[] description) {
        out.append("| ")
                .append(name.replace("|", "\\|"))
                .append(" | ")
                .append(sentence(description))
                .append(" |\n");
    }

    private static String sentence(String[] lines) {
        return plain(String.join(" ", lines))
                .strip()
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .replace("<", "&lt;");
    }

    /** Without the format codes and styles of the help. */
    private static String plain(String text) {
        return Help.Ansi.OFF.string(text.replace("%n", " ").replace("%%", "%"));
    }
}
