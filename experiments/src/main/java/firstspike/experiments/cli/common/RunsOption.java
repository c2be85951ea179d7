package firstspike.experiments.cli.common;

import firstspike.runtime.recording.RunIndex;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are looked for. */
public final class RunsOption {

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where run folders lie (default: FIRSTSPIKE_RUNS, else runs).")
    public Path runs;

    public Path folder(Environment environment) {
        return runs != null
                ? runs
                : Path.of(environment.variable("FIRSTSPIKE_RUNS").orElse("runs"));
    }

    public RunIndex index(Environment environment) {
        return new RunIndex(folder(environment));
    }
}
