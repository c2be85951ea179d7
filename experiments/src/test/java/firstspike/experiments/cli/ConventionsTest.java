package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.cli.common.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What holds for all commands, asked of each command of the model. */
class ConventionsTest {

    /** Commands that would run for long, listen or measure when nothing is said: with these words they refuse. */
    private static final Map<String, List<String>> REFUSED = Map.of(
            "emulate", List.of("--listen", "here"),
            "bench", List.of("nothing"),
            "dashboard", List.of("--port", "-1"),
            "doctor", List.of("--target", "nowhere:"));

    @TempDir
    Path folder;

    private Cli cli() {
        return new Cli(folder.resolve("runs"))
                .with("FIRSTSPIKE_CALIBRATIONS", folder.resolve("store").toString());
    }

    private static CommandLine root() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return Main.commandLine(new Environment(nowhere, nowhere, Map.of(), false));
    }

    private static List<String> words(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return Arrays.stream(name.split(" ")).skip(1).toList();
    }

    private static List<CommandLine> commands() {
        return Main.all(root()).stream()
                .filter(command -> !words(command).isEmpty())
                .toList();
    }

    @TestFactory
    @DisplayName("J42 each command with --json and without arguments prints one object with its schema first")
    Stream<DynamicTest> everyCommandSpeaksJson() {
        return commands().stream().map(command -> {
            String name = String.join(" ", words(command));
            return DynamicTest.dynamicTest("J42 " + name, () -> {
                List<String> line = new ArrayList<>(words(command));
                line.addAll(REFUSED.getOrDefault(name, List.of()));
                line.add("--json");
                Cli.Said said = cli().run(line.toArray(String[]::new));

                assertThat(said.out().strip().lines())
                        .as(said.out() + said.err())
                        .hasSize(1);
                JsonNode tree = new ObjectMapper().readTree(said.out());
                assertThat(tree.fieldNames().next()).isEqualTo("schema");
                boolean error = tree.path("schema").asText().equals("firstspike.error/1");
                assertThat(said.err()).doesNotContain("\tat ");
                if (error) {
                    assertThat(tree.fieldNames())
                            .toIterable()
                            .startsWith("schema", "code", "exit", "message", "thing", "value", "limit", "remedy");
                    assertThat(tree.path("exit").asInt()).isEqualTo(said.exit()).isNotZero();
                    assertThat(tree.path("message").asText()).isNotBlank();
                }
            });
        });
    }

    @Test
    @DisplayName("J41 each command lists exit codes of the table, and 2 among them")
    void exitCodesAreListed() {
        for (CommandLine command : commands()) {
            Map<String, String> codes = command.getCommandSpec().usageMessage().exitCodeList();
            assertThat(codes).as(String.join(" ", words(command))).containsKey("2");
            assertThat(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "70", "130"))
                    .containsAll(codes.keySet());
        }
    }

    @Test
    @DisplayName("J41 each command proposes the nearest option for a mistyped one")
    void nearestOption() {
        CommandLine root = root();
        for (CommandLine command : commands()) {
            List<String> line = new ArrayList<>(words(command));
            line.add("--verbsoe");
            String[] args = line.toArray(String[]::new);

            assertThatExceptionOfType(ParameterException.class)
                    .isThrownBy(() -> root.parseArgs(args))
                    .satisfies(e -> assertThat(Main.message(e, args))
                            .as(String.join(" ", line))
                            .isEqualTo("option: --verbsoe is not known; did you mean --verbose?"));
        }
        Cli.Said said = cli().run("train", "--verbsoe");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("did you mean --verbose?").contains("usage: firstspike train");
    }

    @Test
    @DisplayName("J41 each command has the common options")
    void commonOptions() {
        for (CommandLine command : commands()) {
            assertThat(command.getCommandSpec().optionsMap())
                    .as(String.join(" ", words(command)))
                    .containsKeys("--json", "--quiet", "--verbose", "--color", "--help");
        }
    }

    @Test
    void helpIsColouredOnlyWhereItIsWanted() {
        String escape = "\u001B[";
        assertThat(help(true, Map.of(), "auto")).contains(escape);
        assertThat(help(false, Map.of(), "auto")).doesNotContain(escape);
        assertThat(help(true, Map.of("NO_COLOR", "1"), "auto")).doesNotContain(escape);
        assertThat(help(true, Map.of("TERM", "dumb"), "auto")).doesNotContain(escape);
        assertThat(help(true, Map.of(), "never")).doesNotContain(escape);
        assertThat(help(false, Map.of("NO_COLOR", "1"), "always")).contains(escape);
    }

    private static String help(boolean terminal, Map<String, String> variables, String when) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Main.run(
                new String[] {"train", "--color", when, "--help"},
                new Environment(stream, stream, variables, terminal));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void quietSilencesProgress() {
        Cli.Said loud = cli().train();
        Cli.Said quiet = cli().train("--quiet");

        assertThat(loud.err()).contains("epoch ");
        assertThat(quiet.err()).doesNotContain("epoch ");
        assertThat(quiet.out()).contains("test/accuracy");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("firstspike"), cli().run("completion", "bash").out());

        assertThat(bash(script, "firstspike", "calib")).containsExactly("calibrate");
        assertThat(bash(script, "firstspike", "calibrate", "ro")).containsExactly("rollback");
        assertThat(bash(script, "firstspike", "train", "--tar")).contains("--target");
    }

    private List<String> bash(Path script, String... words) throws IOException, InterruptedException {
        String line = "source '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words)
                + "'; _complete_firstspike; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Path out = folder.resolve("bash.out");
        Process bash;
        try {
            bash = new ProcessBuilder("bash", "--norc", "-c", line)
                    // outside of a completion the shell remarks that there is none
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no bash was found: the completion was not tried");
            throw e;
        }
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(out).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Test
    void otherShellsHaveScriptsToo() {
        assertThat(cli().run("completion", "zsh").out())
                .contains("bashcompinit")
                .contains("_complete_firstspike");
        assertThat(cli().run("completion", "fish").out())
                .contains("complete -c firstspike -n 'not __fish_seen_subcommand_from ")
                .contains("' -a sweep -d 'Trains an experiment")
                .contains("-l target -r -F");
        assertThat(cli().run("completion", "tcsh").exit()).isEqualTo(2);
    }

    @Test
    void manualPagesSayWhatTheHelpSays() throws IOException {
        ManPages.main(new String[] {folder.resolve("man1").toString()});

        try (Stream<Path> pages = Files.list(folder.resolve("man1"))) {
            assertThat(pages).hasSize(Main.all(root()).size());
        }
        String page = Files.readString(folder.resolve("man1/firstspike-sweep.1"));
        assertThat(page)
                .startsWith(".TH \"FIRSTSPIKE-SWEEP\" \"1\"")
                .contains(".SH NAME\nfirstspike-sweep \\- Trains an experiment")
                .contains("\\fB\\-\\-parallel\\fR=\\fIN\\fR")
                .contains(".SH EXIT STATUS")
                .contains("firstspike sweep sizes.yaml \\-\\-parallel 2")
                .doesNotContain("%n")
                .doesNotContain("@|");
        assertThat(page.lines())
                .filteredOn(line -> line.startsWith("."))
                .allMatch(line -> line.matches("\\.(TH|SH|B|TP|nf|fi)( .*)?"));
    }

    @Test
    void keysAreExplained() throws IOException {
        Cli.Said one = cli().run("config", "explain", "training.optimizer.learning_rate");
        assertThat(one.exit()).isZero();
        assertThat(one.out())
                .contains("rate before the schedule")
                .contains("default   0.005")
                .contains("kind: adam");

        JsonNode layers = new ObjectMapper()
                .readTree(cli().run("config", "explain", "network.layers.0.size", "--json")
                        .out());
        assertThat(layers.at("/keys/0/key").asText()).isEqualTo("network.layers.*.size");
        assertThat(layers.at("/keys/0/required").asBoolean()).isTrue();

        assertThat(cli().run("config", "explain", "learning_rate").out().lines())
                .filteredOn(line -> line.endsWith("learning_rate"))
                .hasSizeGreaterThan(1);

        Cli.Said typo = cli().run("config", "explain", "training.epochz");
        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.err()).contains("did you mean training.epochs?");
        assertThat(cli().run("config", "check", "yin-yang", "--explain", "training.epochs")
                        .out())
                .isEqualTo(cli().run("config", "explain", "training.epochs").out());
    }

    @Test
    void experimentsAreCompared() throws IOException {
        Cli.Said same = cli().run("config", "diff", "yin-yang", "yin-yang");
        assertThat(same.exit()).isZero();
        assertThat(same.out()).isEqualTo("no key differs\n");

        JsonNode tree = new ObjectMapper()
                .readTree(cli().run("config", "diff", "yin-yang-chip", "yin-yang", "--json")
                        .out());
        assertThat(tree.path("differing").path("training.optimizer.learning_rate"))
                .extracting(JsonNode::asText)
                .containsExactly("0.002", "0.003");
    }

    @Test
    void anUnpackedProgramHasNoArchive() {
        assertThat(cli().run("self", "archive").exit()).isEqualTo(2);
    }
}
