package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.documentation.CommandBlock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/** Command lines that README and docs show are lines that this program takes. */
class DocumentedCommandsTest {

    @Test
    @DisplayName("every command line of README and docs parses")
    void everyLineParses() {
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        for (CommandBlock block : CommandBlock.all()) {
            for (String line : block.commands()) {
                lines++;
                complaint(line).ifPresent(text -> wrong.add(block.page() + ": " + line + ": " + text));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(lines).isGreaterThan(200);
    }

    @Test
    @DisplayName("a line with an unknown option is found")
    void findsAnUnknownOption() {
        assertThat(complaint("firstspike train yin-yang --epocs 3")).isPresent();
        assertThat(complaint("firstspike trian yin-yang")).isPresent();
        assertThat(complaint("firstspike train yin-yang --set 'a b=c d'")).isEmpty();
    }

    private static Optional<String> complaint(String line) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        List<String> words = CommandBlock.words(line);
        try {
            Main.commandLine(new Environment(nowhere, nowhere, Map.of(), false))
                    .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
            return Optional.empty();
        } catch (ParameterException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
