package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher makes of a command line; in place of a Java stands a program that prints its arguments. */
class LauncherTest {
    private static final String MODULE = "--add-modules jdk.incubator.vector";

    @TempDir
    private Path folder;

    private int exit;

    @Test
    @DisplayName("J07 commands that learn or emulate get the module of the Vector API, all others start without it")
    void givesTheVectorModuleWhereItPays() throws IOException, InterruptedException {
        for (String command : List.of("train", "resume", "eval", "sweep", "bench", "emulate", "calibrate")) {
            assertThat(launch(command, "x")).contains(MODULE).endsWith("Main " + command + " x");
            assertThat(launch(command, "--help")).doesNotContain(MODULE);
        }
        assertThat(launch("log", "cat", "a file")).doesNotContain(MODULE).endsWith("Main log cat a file");
    }

    @Test
    @DisplayName(
            "J07 --firstspike.kernel chooses the loops in any place of the command line and is no option of the command")
    void takesTheKernelOut() throws IOException, InterruptedException {
        assertThat(launch("train", "--firstspike.kernel=scalar", "a b"))
                .doesNotContain(MODULE)
                .contains("-Dfirstspike.kernel=scalar ")
                .endsWith("Main train a b");
        assertThat(launch("train", "x", "--firstspike.kernel=vector"))
                .contains(MODULE)
                .contains("-Dfirstspike.kernel=vector ")
                .endsWith("Main train x");
        assertThat(launch("--firstspike.kernel=fast", "train", "x")).contains("limit: scalar, vector or auto");
        assertThat(exit).isEqualTo(2);
    }

    private String launch(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "src/main/dist/bin/firstspike"));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("FIRSTSPIKE_JAVA", "echo");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            assumeTrue(false, "no sh was found: the launcher was not tried");
            throw e;
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        exit = process.exitValue();
        return Files.readString(out).strip();
    }
}
