package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import firstspike.experiments.cli.common.Environment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class HelpTest {

    private final Cli cli = new Cli(Path.of("no-runs"));
    private final CommandLine parser = root();

    @TestFactory
    @DisplayName("J41 help of every command exits 0, fits 100 columns and has examples that parse")
    List<DynamicTest> helpOfEveryCommand() {
        List<DynamicTest> tests = new ArrayList<>();
        collect(root(), List.of(), tests);
        return tests;
    }

    @Test
    @DisplayName("the help of the root is that of all commands built whole")
    void helpOfTheRoot() {
        assertThat(cli.run("--help").out()).isEqualTo(root().getUsageMessage(CommandLine.Help.Ansi.OFF));
    }

    private void collect(CommandLine command, List<String> path, List<DynamicTest> tests) {
        tests.add(DynamicTest.dynamicTest("J41 firstspike " + String.join(" ", path), () -> check(path)));
        command.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(sub, longer, tests);
        });
    }

    private void check(List<String> path) {
        List<String> args = new ArrayList<>(path);
        args.add("--help");
        Cli.Said help = cli.run(args.toArray(String[]::new));

        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        List<String> examples = help.out()
                .lines()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        for (String example : examples) {
            List<String> words = words(example);
            assertThat(words.get(0)).isEqualTo("firstspike");
            String[] rest = words.subList(1, words.size()).toArray(String[]::new);
            assertThatCode(() -> parser.parseArgs(rest)).as(example).doesNotThrowAnyException();
        }
        if (!path.isEmpty()) {
            assertThat(help.out()).contains("Exit codes:");
            List<String> other = new ArrayList<>(List.of("help"));
            other.addAll(path);
            assertThat(cli.run(other.toArray(String[]::new)).out()).isEqualTo(help.out());
        }
    }

    /** Words of a shell line with single quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String[] parts = line.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                words.add(parts[i]);
            } else {
                words.addAll(Arrays.stream(parts[i].split(" "))
                        .filter(word -> !word.isEmpty())
                        .toList());
            }
        }
        return words;
    }

    private static CommandLine root() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return Main.commandLine(new Environment(nowhere, nowhere, Map.of(), false));
    }

    @Test
    void aMistypedCommandProposesTheNearest() {
        Cli.Said said = cli.run("trian", "yin-yang");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("trian").contains("did you mean train?");
    }

    @Test
    void aMistypedOptionProposesTheNearest() {
        Cli.Said said = cli.run("train", "yin-yang", "--taget", "ideal:");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("--taget")
                .contains("did you mean --target?")
                .contains("usage: firstspike train");
    }

    @Test
    void noCommandIsAWrongCommandLine() {
        assertThat(cli.run().exit()).isEqualTo(2);
    }

    @Test
    void versionNamesJavaAndProtocol() {
        Cli.Said said = cli.run("--version");

        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("firstspike ").contains("Java ").contains("firstspike.chip.v1");
    }
}
