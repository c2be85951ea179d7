package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.config.KeyInfo;
import firstspike.experiments.documentation.GeneratedPage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The generated pages of the reference are those of this program. */
class ReferencePagesTest {

    @Test
    @DisplayName("docs/reference/commands.md is what the commands say of themselves")
    void commands() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        String page = CommandPage.of(Main.all(Main.commandLine(new Environment(nowhere, nowhere, Map.of(), false))));

        assertThat(page).contains("## firstspike train\n", "## firstspike calibrate run\n", "`--target");
        new GeneratedPage("docs/reference/commands.md").holds(page);
    }

    @Test
    @DisplayName("docs/reference/experiment-keys.md is what the schema says of its keys")
    void keys() {
        String page = KeyPage.of(KeyInfo.all());

        assertThat(page).contains("`training.epochs`", "`network.layers.*.size`");
        new GeneratedPage("docs/reference/experiment-keys.md").holds(page);
    }
}
