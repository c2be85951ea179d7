package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.plot.PictureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped example networks do what the table beside them says, and a mapped chip can be drawn. */
class ExampleNetworksTest {

    /** From the folder of the module, in which its tests run. */
    private static final Path EXAMPLES = Path.of("..", "docs", "examples", "networks");

    /** | [01](file) | network | outcome | needed | available | layer | */
    private static final Pattern ROW = Pattern.compile(
            "\\| \\[\\d\\d]\\(([^)]+)\\) \\| .+ \\| (placed|refused: [^|]+) \\| (\\d+) \\| (\\d+) \\| ?([a-z0-9]*) ?\\|");

    @TempDir
    Path folder;

    private Cli cli;

    /** A row of the table. */
    record Example(String file, String outcome, String needed, String available, String layer) {}

    @BeforeEach
    void runsInATemporaryFolder() {
        cli = new Cli(folder.resolve("runs"));
    }

    static List<Example> examples() throws IOException {
        return Files.readAllLines(EXAMPLES.resolve("README.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Example(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)))
                .toList();
    }

    @Test
    void everyFileIsInTheTable() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .hasSizeGreaterThanOrEqualTo(20)
                    .containsExactlyInAnyOrderElementsOf(
                            examples().stream().map(Example::file).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isPlacedOrRefusedAsStated(Example example) throws IOException {
        Cli.Said said =
                cli.run("config", "check", EXAMPLES.resolve(example.file()).toString(), "--json");

        JsonNode tree = new ObjectMapper().readTree(said.out());
        if (example.outcome().equals("placed")) {
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(tree.path("schema").asText()).isEqualTo("firstspike.check/1");
            assertThat(tree.path("valid").asBoolean()).isTrue();
            JsonNode circuits = tree.at("/mapping/circuits");
            assertThat(circuits.path("used").asText()).isEqualTo(example.needed());
            assertThat(circuits.path("available").asText()).isEqualTo(example.available());
        } else {
            assertThat(said.exit()).isEqualTo(3);
            assertThat(tree.path("code").asText()).isEqualTo("DOES_NOT_FIT");
            JsonNode fields = tree.path("fields");
            assertThat("refused: " + fields.path("resource").asText()).isEqualTo(example.outcome());
            assertThat(fields.path("needed").asText()).isEqualTo(example.needed());
            assertThat(fields.path("available").asText()).isEqualTo(example.available());
            assertThat(fields.path("layer").asText()).isEqualTo(example.layer());
            assertThat(said.err()).contains(example.needed() + " needed").contains(example.available() + " available");
        }
    }

    @Test
    void drawsTheChipInPixels() throws IOException {
        PictureFiles.assumePng();
        Path png = folder.resolve("chip.png");
        String network = EXAMPLES.resolve("05-three-layers.yaml").toString();

        assertThat(cli.run("config", "check", network, "--picture", png.toString())
                        .exit())
                .isZero();

        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1728);
    }

    @Test
    void drawsTheChip() throws IOException {
        Path svg = folder.resolve("chip.svg");
        String network = EXAMPLES.resolve("05-three-layers.yaml").toString();

        assertThat(cli.run("config", "check", network, "--picture", svg.toString())
                        .exit())
                .isZero();

        assertThat(Files.readString(svg))
                .contains("first", "second", "label", "Top half", "Bottom half", "three-layers");
        assertThat(cli.run("config", "check", network, "--picture", "chip.pdf").exit())
                .isEqualTo(2);
        assertThat(cli.run("config", "check", network, "--target", "ideal:", "--picture", svg.toString())
                        .exit())
                .isEqualTo(2);
    }
}
