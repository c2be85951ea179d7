package firstspike.experiments.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, written from the same model as its help, in the macros of man(7). */
final class ManPage {

    private final CommandLine command;
    private final CommandSpec spec;
    private final StringBuilder out = new StringBuilder();

    private ManPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
    }

    /** Name of its file without section: {@code firstspike-calibrate-run}. */
    static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    static String of(CommandLine command, String version) {
        return new ManPage(command).page(version);
    }

    private String page(String version) {
        String name = name(command);
        macro("TH", name.toUpperCase(Locale.ROOT), "1", "", "Firstspike " + version, "Firstspike manual");
        section("NAME");
        text(name + " \\- " + escaped(String.join(" ", spec.usageMessage().header())));
        section("SYNOPSIS");
        out.append(".B ").append(escaped(spec.qualifiedName())).append('\n');
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                text("[" + bold(option.longestName())
                        + value(option.paramLabel(), option.arity().max()) + "]");
            }
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            String label = italic(parameter.paramLabel()) + (parameter.arity().max() > 1 ? "..." : "");
            text(parameter.arity().min() == 0 ? "[" + label + "]" : label);
        }
        if (!command.getSubcommands().isEmpty()) {
            text(italic("COMMAND"));
        }
        description();
        parameters();
        options();
        commands();
        exitStatus();
        examples();
        return out.toString();
    }

    private void description() {
        List<String> lines = List.of(spec.usageMessage().description()).stream()
                .filter(line -> !line.isBlank())
                .toList();
        if (!lines.isEmpty()) {
            section("DESCRIPTION");
            lines.forEach(line -> text(escaped(plain(line))));
        }
    }

    private void parameters() {
        if (!spec.positionalParameters().isEmpty()) {
            section("ARGUMENTS");
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            tagged(italic(parameter.paramLabel()), String.join(" ", parameter.description()));
        }
    }

    private void options() {
        section("OPTIONS");
        for (OptionSpec option : spec.options()) {
            if (option.hidden()) {
                continue;
            }
            StringBuilder names = new StringBuilder();
            for (String name : option.names()) {
                names.append(names.isEmpty() ? "" : ", ").append(bold(name));
            }
            tagged(names + value(option.paramLabel(), option.arity().max()), String.join(" ", option.description()));
        }
    }

    private void commands() {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        command.getSubcommands()
                .forEach((name, sub) -> tagged(
                        bold(name(sub)) + "(1)",
                        String.join(" ", sub.getCommandSpec().usageMessage().header())));
    }

    private void exitStatus() {
        Map<String, String> codes = spec.usageMessage().exitCodeList();
        if (!codes.isEmpty()) {
            section("EXIT STATUS");
            codes.forEach((code, meaning) -> tagged(bold(code), meaning));
        }
    }

    private void examples() {
        section("EXAMPLES");
        out.append(".nf\n");
        for (String line : spec.usageMessage().footer()) {
            text(escaped(plain(line).strip()));
        }
        out.append(".fi\n");
    }

    private void section(String title) {
        out.append(".SH ").append(title).append('\n');
    }

    private void tagged(String term, String description) {
        out.append(".TP\n");
        text(term);
        text(escaped(plain(description)));
    }

    private void macro(String name, String... arguments) {
        out.append('.').append(name);
        for (String argument : arguments) {
            out.append(" \"").append(argument.replace("\"", "\\(dq")).append('"');
        }
        out.append('\n');
    }

    /** A line; one that begins like a macro must not become one. */
    private void text(String line) {
        out.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
                .append(line)
                .append('\n');
    }

    private static String value(String label, int most) {
        return most == 0 ? "" : "=" + italic(label);
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    /** Without the format codes and styles of the help. */
    private static String plain(String text) {
        return Help.Ansi.OFF.string(text.replace("%n", " ").replace("%%", "%"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
