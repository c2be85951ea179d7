package firstspike.experiments.cli.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version of the program, its commit, Java and the protocol. */
public final class Versions implements IVersionProvider {

    /** Protocol between a client and a server. */
    public static final String PROTOCOL = "firstspike.chip.v1";

    @Override
    public String[] getVersion() {
        return new String[] {
            "firstspike " + product() + " (commit " + commit() + ")",
            "Java " + System.getProperty("java.version") + ", protocol " + PROTOCOL
        };
    }

    /** Version of the program. */
    public static String product() {
        Properties properties = new Properties();
        try (var in = Versions.class.getResourceAsStream("/firstspike/experiments/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    /** Commit that was built, as far as the build knew it. */
    public static String commit() {
        String home = System.getProperty("firstspike.home", "");
        if (home.isEmpty()) {
            return "unknown";
        }
        try {
            return Files.readString(Path.of(home, "commit")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
