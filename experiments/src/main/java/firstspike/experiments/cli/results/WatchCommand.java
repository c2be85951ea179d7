package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Durations;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.RunsOption;
import firstspike.experiments.cli.common.UsageException;
import firstspike.runtime.recording.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run as it goes on, in a terminal. */
@Command(
        name = "watch",
        header = "Shows a run as it goes on, a line an epoch, until it ends.",
        footer = {"  firstspike watch @last", "  firstspike watch @last --interval 500ms --json"})
public final class WatchCommand extends Action {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Parameters(paramLabel = "RUN", description = "A folder, its name, a beginning of its id, or @last.")
    String run;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "2s",
            description = "How often it looks (default: 2s).")
    Duration interval = Duration.ofSeconds(2);

    @Mixin
    RunsOption runs = new RunsOption();

    @Override
    protected int run(Environment environment, Console console) throws InterruptedException {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new UsageException(
                    "--interval: " + interval.toMillis() + " ms (limit: 100 ms or more); choose another");
        }
        Path path = runs.index(environment).find(run);
        try (Interrupts interrupts = Interrupts.listen(console, "")) {
            RunWatch watch = new RunWatch(path, console);
            while (true) {
                // the state first: what is written between the two looks then shows at the next one
                RunStatus status = RunStatus.of(path);
                watch.show(status);
                if (!status.isLive()) {
                    watch.end(status);
                    return DONE;
                }
                if (interrupts.await(interval)) {
                    return interrupts.exit();
                }
            }
        }
    }
}
