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

    @Test
    @DisplayName("J07 under a locale without UTF-8 Java is started with C.UTF-8, under one with it as it stands")
    void givesJavaAnUtf8Locale() throws IOException, InterruptedException {
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\n[ \"$1\" = -version ] || echo \"LC_ALL=${LC_ALL:-}\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String locale : List.of("C", "POSIX", "xx_YY")) {
            assertThat(launch(Map.of("FIRSTSPIKE_JAVA", java.toString(), "LC_ALL", locale), "targets"))
                    .isEqualTo("LC_ALL=C.UTF-8");
        }
        assertThat(launch(Map.of("FIRSTSPIKE_JAVA", java.toString(), "LANG", "C.UTF-8"), "targets"))
                .isEqualTo("LC_ALL=");
    }

    @Test
    @DisplayName("J07 without a Java, or with one older than 17, a sentence names the commands that help")
    void asksForAJava() throws IOException, InterruptedException {
        assertThat(launch(Map.of("FIRSTSPIKE_JAVA", "no-such-java"), "targets"))
                .startsWith("firstspike: no Java: no-such-java (limit: version 17 or later)")
                .contains("apt-get", "dnf", "brew");
        assertThat(exit).isEqualTo(6);
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(launch(Map.of("FIRSTSPIKE_JAVA", java.toString()), "targets"))
                .startsWith("firstspike: Java 11 at " + java + " (limit: 17 or later)")
                .contains("apt-get");
        assertThat(exit).isEqualTo(6);
    }

    private String launch(String... arguments) throws IOException, InterruptedException {
        return launch(Map.of("FIRSTSPIKE_JAVA", "echo"), arguments);
    }

    private String launch(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "src/main/dist/bin/firstspike"));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(variables);
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
