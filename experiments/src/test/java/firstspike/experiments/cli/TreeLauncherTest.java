package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the launcher of the source tree says where something is missing, and that several at once build once. Its tools
 * are small scripts in a folder that is all of its PATH, so that each can be taken away.
 */
class TreeLauncherTest {

    private static final List<String> TOOLS = List.of(
            "sh",
            "dirname",
            "readlink",
            "sed",
            "head",
            "tail",
            "find",
            "mkdir",
            "df",
            "awk",
            "ln",
            "mv",
            "rm",
            "cat",
            "sleep",
            "grep",
            "touch",
            "chmod");

    @TempDir
    private Path folder;

    private Path tree;
    private Path tools;

    @BeforeEach
    void laysOutATree() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Files.copy(Path.of("..", "firstspike"), tree.resolve("firstspike"));
        Files.writeString(tree.resolve("pom.xml"), "");
        Files.createDirectories(tree.resolve("experiments/src/main"));
        Files.writeString(tree.resolve("experiments/pom.xml"), "");
        for (String tool : TOOLS) {
            Path real = List.of("/bin", "/usr/bin").stream()
                    .map(place -> Path.of(place, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
            assumeTrue(real != null, "no " + tool + " was found: the launcher of the tree was not tried");
            script(tool, "exec " + real + " \"$@\"");
        }
        script("javac", "echo javac 21.0.9");
        script(
                "mvn",
                "echo build >>\"" + folder.resolve("builds") + "\"",
                "echo '[INFO] Building Firstspike driver 0.1.0-SNAPSHOT [3/6]'",
                "mkdir -p experiments/target/dist/bin",
                // long enough for the others to find it at work
                "until [ -f \"" + folder.resolve("go") + "\" ]; do sleep 0.05; done",
                "echo 'echo built \"$@\"' >experiments/target/dist/bin/firstspike");
    }

    @Test
    @DisplayName("J07 four launchers at once on a changed tree build once, the others wait and say so")
    void buildsOnce() throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(new Run("--version"));
        }
        // each of the three that wait has said so before the build may end
        while (runs.stream()
                        .filter(run -> run.output().contains("waiting for it"))
                        .count()
                < 3) {
            assertThat(runs).allMatch(run -> run.process.isAlive());
            Thread.onSpinWait();
        }
        Files.writeString(folder.resolve("go"), "");
        for (Run run : runs) {
            assertThat(run.exit()).isZero();
            assertThat(run.output()).endsWith("built --version");
        }
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
        assertThat(tree.resolve("experiments/target/build.lock")).doesNotExist();
    }

    @Test
    @DisplayName("J07 a lock whose owner is gone does not hold up a build")
    void takesALeftOverLock() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("go"), "");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(tree.resolve("experiments/target"));
        Files.createSymbolicLink(tree.resolve("experiments/target/build.lock"), Path.of(Long.toString(gone.pid())));

        Run run = new Run("help");

        assertThat(run.exit()).isZero();
        assertThat(run.output()).endsWith("built help");
    }

    @ParameterizedTest(name = "no {0}")
    @CsvSource({"javac, no javac to build", "mvn, no mvn on the PATH"})
    @DisplayName("J07 what a build needs and is missing is named before the build, with the command that helps")
    void namesWhatIsMissing(String tool, String sentence) throws IOException, InterruptedException {
        Files.delete(tools.resolve(tool));

        Run run = new Run("train", "yin-yang");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.output()).startsWith("firstspike: " + sentence).contains("apt-get", "dnf", "brew");
        assertThat(run.output().lines()).hasSize(1);
    }

    @Test
    @DisplayName("J07 a JDK that is too old is named with its version and the limit")
    void namesAnOldJdk() throws IOException, InterruptedException {
        script("javac", "echo javac 11.0.2");

        Run run = new Run("help");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.output()).contains("javac 11", "limit: 17 or later", "apt-get install default-jdk-headless");
        assertThat(run.output().lines()).hasSize(1);
    }

    @Test
    @DisplayName("J07 a disk without room is found before the build")
    void namesAFullDisk() throws IOException, InterruptedException {
        script("df", "echo Filesystem", "echo '/dev/x 1000000 990000 10240 99% /'");

        Run run = new Run("help");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.output()).contains("10 MiB are free", "a build takes 150 MiB", "make room");
    }

    @Test
    @DisplayName("J07 a folder that cannot be written is named before the build")
    void namesAReadOnlyFolder() throws IOException, InterruptedException {
        // a file in the place of the folder keeps root out, too
        Files.writeString(tree.resolve("experiments/target"), "");

        Run run = new Run("help");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.output()).contains("experiments/target: cannot be written", "chmod u+w");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Could not transfer artifact x from central: Unknown host, could not be fetched; connect to a network",
        "No space left on device, the disk is full; make room",
        "COMPILATION ERROR, the build failed; all of its output is in"
    })
    @DisplayName("J07 a build that fails says why in a sentence and keeps Maven's output in its log")
    void explainsAFailedBuild(String cause, String sentence) throws IOException, InterruptedException {
        script("mvn", "echo '[INFO] much text'", "echo 'text: " + cause + "'", "exit 1");

        Run run = new Run("help");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.output()).contains(sentence).doesNotContain("much text");
        assertThat(tree.resolve("experiments/target/build.log")).content().contains("much text");
        assertThat(tree.resolve("experiments/target/build.lock")).doesNotExist();
    }

    private void script(String name, String... lines) throws IOException {
        Path file = tools.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** One start of the launcher. */
    private final class Run {
        private final Path out = Files.createTempFile(folder, "out", "");
        private final Process process;

        Run(String... arguments) throws IOException {
            List<String> line =
                    new ArrayList<>(List.of("sh", tree.resolve("firstspike").toString()));
            line.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
            builder.environment().clear();
            builder.environment().putAll(Map.of("PATH", tools.toString()));
            process = builder.start();
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        }

        String output() {
            try {
                return Files.readString(out).strip();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
