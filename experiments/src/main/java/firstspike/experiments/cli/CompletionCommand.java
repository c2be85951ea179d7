package firstspike.experiments.cli;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** Prints a script that completes commands and options in a shell. */
@Command(
        name = "completion",
        header = "Prints a script by which a shell completes commands and options.",
        description = {
            "Write it to ~/.local/share/bash-completion/completions/firstspike (bash), to a file that",
            "~/.zshrc sources (zsh), or to ~/.config/fish/completions/firstspike.fish (fish)."
        },
        footer = {"  firstspike completion bash", "  firstspike completion fish --json"})
final class CompletionCommand extends Action {

    private static final String NAME = "firstspike";

    /** Shells that a script can be had for. */
    enum Shell {
        /** The script of picocli's generator. */
        bash,
        /** The same; it turns on the emulation of bash. */
        zsh,
        /** Lines of fish's own {@code complete}. */
        fish
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    Shell shell;

    @Override
    protected int run(Environment environment, Console console) {
        CommandLine root = Main.commandLine(environment);
        String script =
                switch (shell) {
                    case bash, zsh -> AutoComplete.bash(NAME, root);
                    case fish -> fish(root);
                };
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.completion/1");
        tree.put("shell", shell.name());
        tree.put("script", script);
        console.object(tree);
        console.line(script.stripTrailing());
        return DONE;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("# completes the commands and options of firstspike in fish\n");
        script.append("complete -c ").append(NAME).append(" -f\n");
        below(root, "", script);
        return script.toString();
    }

    /** Subcommands and options that belong where these words were typed. */
    private static void below(CommandLine command, String words, StringBuilder script) {
        StringBuilder here = new StringBuilder();
        for (String word : words.split(" ")) {
            here.append(word.isEmpty() ? "" : "__fish_seen_subcommand_from " + word + "; and ");
        }
        String others = String.join(" ", command.getSubcommands().keySet());
        String condition = here + (others.isEmpty() ? "true" : "not __fish_seen_subcommand_from " + others);
        command.getSubcommands().forEach((name, sub) -> script.append("complete -c ")
                .append(NAME)
                .append(" -n '")
                .append(condition)
                .append("' -a ")
                .append(name)
                .append(" -d ")
                .append(quoted(header(sub)))
                .append('\n'));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.hidden()) {
                continue;
            }
            script.append("complete -c ")
                    .append(NAME)
                    .append(" -n '")
                    .append(condition)
                    .append("'");
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
            }
            boolean takesValue = option.arity().max() > 0;
            script.append(takesValue ? " -r -F" : "")
                    .append(" -d ")
                    .append(quoted(description(option)))
                    .append('\n');
        }
        command.getSubcommands().forEach((name, sub) -> below(sub, (words + " " + name).strip(), script));
    }

    private static String header(CommandLine command) {
        String[] header = command.getCommandSpec().usageMessage().header();
        return header.length == 0 ? "" : header[0];
    }

    private static String description(OptionSpec option) {
        return option.description().length == 0 ? "" : option.description()[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
