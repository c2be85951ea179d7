package firstspike.experiments.cli.common;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where data files lie. */
public final class DataFolderOption {

    @Option(names = "--data", paramLabel = "DIR", description = "Where data files lie (default: FIRSTSPIKE_DATA).")
    public Path data;

    public Optional<Path> folder(Environment environment) {
        return Optional.ofNullable(data)
                .or(() -> environment.variable("FIRSTSPIKE_DATA").map(Path::of));
    }

    /** The folder and who named it, in words. */
    public String said(Environment environment) {
        return folder(environment)
                .map(folder -> folder + (data == null ? " (from FIRSTSPIKE_DATA)" : ""))
                .orElse("none named (--data DIR or FIRSTSPIKE_DATA)");
    }
}
