package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.cli.common.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page for operators, its unit and its container file name only what exists. */
class OperationPageTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("firstspike.root", "..")).resolve("docs/operation");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
    /** Options of other programs that the files name. */
    private static final Set<String> FOREIGN =
            Set.of("--now", "--stop-timeout", "--system", "--home-dir", "--create-home");

    @Test
    void everyCommandLineOfThePageParses() throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .filter(line -> line.startsWith("firstspike "))
                .toList();

        assertThat(lines).hasSizeGreaterThanOrEqualTo(8);
        lines.forEach(OperationPageTest::parses);
    }

    @Test
    void theUnitStartsABridge() throws IOException {
        String start = Files.readAllLines(FOLDER.resolve("firstspike.service")).stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();

        assertThat(start).contains(" bridge ");
        parses(start.replaceFirst("ExecStart=\\S*/firstspike ", "firstspike "));
    }

    @Test
    void theContainerStartsAnEmulator() throws IOException {
        List<String> words = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("Containerfile"))) {
            if (line.startsWith("ENTRYPOINT ") || line.startsWith("CMD ")) {
                JsonNode list = new ObjectMapper().readTree(line.substring(line.indexOf(' ')));
                list.forEach(word -> words.add(word.asText()));
            }
        }

        assertThat(words.get(0)).endsWith("/bin/firstspike");
        parses("firstspike " + String.join(" ", words.subList(1, words.size())));
    }

    @Test
    void everyOptionThatIsNamedExists() throws IOException {
        Set<String> known = new TreeSet<>(FOREIGN);
        collect(root(), known);
        for (String file : List.of("README.md", "firstspike.service", "Containerfile")) {
            Matcher named = OPTION.matcher(Files.readString(FOLDER.resolve(file)));
            while (named.find()) {
                assertThat(known).as(file).contains(named.group());
            }
        }
    }

    private static void parses(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ")) {
            words.add(word.replace("'", ""));
        }
        assertThatCode(() -> root().parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                .as(line)
                .doesNotThrowAnyException();
    }

    private static void collect(CommandLine command, Set<String> names) {
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(sub -> collect(sub, names));
    }

    private static CommandLine root() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return Main.commandLine(new Environment(nowhere, nowhere, Map.of(), false));
    }
}
