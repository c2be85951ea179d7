package firstspike.experiments.cli;

import firstspike.experiments.cli.common.CommonOptions;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.driver.credential.SecretText;
import firstspike.experiments.config.Nearest;
import firstspike.runtime.recording.JsonText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry of the command line. */
public final class Main {

    private static final int WIDTH = 100;

    private Main() {}

    /** @param args as typed */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exit = run(args, new Environment(out, err, System.getenv(), System.console() != null));
        out.flush();
        System.exit(exit);
    }

    /**
     * Runs a command in this process.
     *
     * @param args as typed
     * @param out takes results
     * @param err takes progress and messages
     * @param variables of the environment
     * @return the exit code
     */
    public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> variables) {
        return run(args, new Environment(out, err, variables, false));
    }

    static int run(String[] args, Environment environment) {
        CommandLine line = new CommandLine(new FirstspikeCommand(environment));
        Commands.addNamed(line, args);
        layOut(line, environment);
        line.setColorScheme(Help.defaultColorScheme(colours(args, environment) ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setParameterExceptionHandler((e, given) -> refuse(e, given, environment));
        line.setExecutionExceptionHandler((e, command, parsed) -> fail(e, args, environment));
        try {
            return line.execute(args);
        } catch (Error e) {
            // an exhausted heap or a library that does not link is no Exception, and would end Java with 1
            return fail(e, args, environment);
        }
    }

    /** All commands, without running any. */
    static CommandLine commandLine(Environment environment) {
        CommandLine line = new CommandLine(new FirstspikeCommand(environment));
        Commands.addAll(line);
        layOut(line, environment);
        return line;
    }

    private static void layOut(CommandLine line, Environment environment) {
        line.setUsageHelpWidth(WIDTH);
        line.setUsageHelpAutoWidth(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(environment.out(), true));
        line.setErr(new PrintWriter(environment.err(), true));
        line.registerConverter(Path.class, new PathConverter());
        all(line).forEach(Main::layOut);
    }

    /** A command and all below it. */
    static List<CommandLine> all(CommandLine line) {
        List<CommandLine> found = new ArrayList<>(List.of(line));
        line.getSubcommands().values().forEach(sub -> found.addAll(all(sub)));
        return found;
    }

    private static void layOut(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage().width(WIDTH);
        spec.usageMessage().sortOptions(false);
        if (spec.usageMessage().footerHeading().isEmpty()) {
            spec.usageMessage().footerHeading("%nExamples:%n");
        }
        ExitCodes.describe(spec);
    }

    private static int refuse(ParameterException e, String[] args, Environment environment) {
        CommandLine line = e.getCommandLine();
        String message = message(e, args);
        if (wantsJson(args)) {
            environment
                    .out()
                    .println(SecretText.hide(
                            JsonText.compact(new Failure("USAGE", Failure.USAGE, message, null, List.of()).json())));
        }
        environment.err().println("firstspike: " + SecretText.hide(message));
        environment
                .err()
                .println("usage: "
                        + line.getUsageMessage()
                                .lines()
                                .filter(text -> text.startsWith("Usage: "))
                                .map(text -> text.substring("Usage: ".length()))
                                .findFirst()
                                .orElse(line.getCommandSpec().qualifiedName()));
        environment.err().println("help: " + line.getCommandSpec().qualifiedName() + " --help");
        return Failure.USAGE;
    }

    /** What is wrong with a command line; a mistyped word is named before what is missing because of it. */
    static String message(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        Optional<String> typed = Optional.empty();
        if (e instanceof UnmatchedArgumentException unmatched) {
            typed = Optional.of(unmatched.getUnmatched().get(0));
        } else if (e instanceof MissingParameterException) {
            typed = unknownOption(line, args);
        }
        return typed.map(word -> (word.startsWith("-")
                                ? "option: "
                                : line.getSubcommands().isEmpty() ? "argument: " : "command: ")
                        + word + " is not known" + proposal(word, line))
                .orElse(e.getMessage());
    }

    private static Optional<String> unknownOption(CommandLine line, String[] args) {
        return Arrays.stream(args)
                .takeWhile(word -> !word.equals("--"))
                .filter(word -> word.matches("--[a-z].*"))
                .filter(word -> line.getCommandSpec().findOption(word.replaceFirst("=.*", "")) == null)
                .findFirst();
    }

    private static String proposal(String typed, CommandLine line) {
        List<String> known = new ArrayList<>();
        if (typed.startsWith("-")) {
            line.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        } else {
            known.addAll(line.getSubcommands().keySet());
        }
        String name = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        return Nearest.to(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private static int fail(Throwable e, String[] args, Environment environment) {
        Failure failure = Failure.of(e);
        if (wantsJson(args)) {
            environment.out().println(SecretText.hide(JsonText.compact(failure.json())));
        }
        failure.message().lines().forEach(text -> environment.err().println("firstspike: " + SecretText.hide(text)));
        if (failure.exit() == Failure.BUG) {
            environment.err().println("firstspike: this is a bug in the program; the details follow");
        }
        if (failure.exit() == Failure.BUG || List.of(args).contains("--verbose")) {
            e.printStackTrace(environment.err());
        }
        return failure.exit();
    }

    /** Whether help is coloured; needed before the words are parsed, since help ends the parsing. */
    private static boolean colours(String[] args, Environment environment) {
        CommonOptions.Colour when = CommonOptions.Colour.auto;
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            for (CommonOptions.Colour each : CommonOptions.Colour.values()) {
                boolean next =
                        args[i].equals("--color") && i + 1 < args.length && args[i + 1].equalsIgnoreCase(each.name());
                when = next || args[i].equalsIgnoreCase("--color=" + each.name()) ? each : when;
            }
        }
        return when.on(environment);
    }

    private static boolean wantsJson(String[] args) {
        for (String arg : args) {
            if (arg.equals("--")) {
                return false;
            }
            if (arg.equals("--json")) {
                return true;
            }
        }
        return false;
    }
}
