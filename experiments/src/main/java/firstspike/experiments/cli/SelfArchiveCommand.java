package firstspike.experiments.cli;

import firstspike.driver.error.ErrorDetail;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.UsageException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Keeps the loaded classes of the program in a file that later starts map instead of loading them again. */
@Command(
        name = "archive",
        header = "Makes the class-data archive by which the program starts faster.",
        description = "The launcher uses it as long as Java and the program stay the same.",
        footer = {"  firstspike self archive", "  firstspike self archive --verbose"})
final class SelfArchiveCommand extends Action {

    /** Where the launcher looks for it, below the program's folder. */
    static final String FILE = "cds/firstspike.jsa";

    @Override
    protected int run(Environment environment, Console console) throws IOException, InterruptedException {
        String home = System.getProperty("firstspike.home", "");
        if (home.isEmpty()) {
            throw new UsageException("self archive: not a packed program (limit: one that bin/firstspike started);"
                    + " build it by 'mvn package'");
        }
        Path archive = Path.of(home, FILE);
        Path made = archive.resolveSibling(archive.getFileName() + ".new");
        Path said = archive.resolveSibling("archive.log");
        try {
            Files.createDirectories(archive.getParent());
            Files.deleteIfExists(made);
            int exit = new ProcessBuilder(command(home, made))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
            if (exit != 0 || !Files.isRegularFile(made)) {
                throw new IOException("Java exited " + exit + ": "
                        + Files.readString(said).lines().findFirst().orElse("it said nothing"));
            }
            Files.move(made, archive, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(
                            "archive " + archive,
                            "not written (" + e.getMessage() + ")",
                            "a folder that can be written",
                            "check the permissions of " + home),
                    e);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.archive/1");
        tree.put("path", archive.toString());
        tree.put("bytes", Files.size(archive));
        console.object(tree);
        console.line("archive " + archive + ", " + Files.size(archive) / 1024 + " KiB");
        return DONE;
    }

    /** A start that loads what most starts load, with the class path of the launcher. */
    private static List<String> command(String home, Path archive) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ArchiveClassesAtExit=" + archive,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfirstspike.home=" + home,
                "-cp",
                home + "/lib/*",
                Main.class.getName(),
                "config",
                "check",
                "yin-yang-chip");
    }
}
