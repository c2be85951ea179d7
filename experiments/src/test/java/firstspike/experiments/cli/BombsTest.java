package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that unpack to more than memory should give them, or say so, read by a program with 256 MB. */
class BombsTest {

    @TempDir
    static Path folder;

    private static Bombs bombs;

    @BeforeAll
    static void make() throws IOException {
        bombs = new Bombs(folder);
        bombs.all();
    }

    private static Stream<Arguments> table() {
        return Bombs.READINGS.entrySet().stream().map(reading -> Arguments.of(reading.getKey(), reading.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    @DisplayName("a bomb is refused with one sentence at 256 MB of memory")
    void refused(String line, String code) throws Exception {
        Path err = folder.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(bombs.words(line));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(err.toFile())
                .start();

        int exit = process.waitFor();

        String said = Files.readString(err);
        assertThat(exit).as(said).isEqualTo(code.equals("WEIGHTS_DO_NOT_FIT") ? 3 : 6);
        assertThat(said).contains(code).doesNotContain("OutOfMemory").doesNotContain("\tat ");
        assertThat(said.lines().filter(text -> text.startsWith("firstspike: "))).hasSize(1);
    }
}
