package firstspike.experiments.cli;

import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Versions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** Writes the manual pages of all commands; run by the build for the packed program. */
public final class ManPages {

    private ManPages() {}

    /** @param args the folder that takes the pages; made when it is not there */
    public static void main(String[] args) throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        CommandLine root = Main.commandLine(new Environment(nowhere, nowhere, Map.of(), false));
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (CommandLine command : Main.all(root)) {
            Files.writeString(folder.resolve(ManPage.name(command) + ".1"), ManPage.of(command, Versions.product()));
        }
    }
}
