package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Durations;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.RunsOption;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.results.RunRow;
import firstspike.runtime.recording.RunIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which of the runs are meant. */
final class RunFilter {

    private static final Set<String> STATES =
            Set.of("created", "running", "interrupted", "failed", "done", "unreadable");

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "created, running, interrupted, failed, done or unreadable; repeats (default: all).")
    List<String> states = List.of();

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Only runs that were not written for so long, for example 90d.")
    Duration age;

    @picocli.CommandLine.Mixin
    RunsOption runs = new RunsOption();

    Set<String> states() {
        for (String state : states) {
            if (!STATES.contains(state)) {
                throw new UsageException("--state: " + state + " (limit: "
                        + STATES.stream().sorted().toList() + "); choose one");
            }
        }
        return Set.copyOf(states);
    }

    Optional<Instant> before() {
        return Optional.ofNullable(age).map(Instant.now()::minus);
    }

    /** All runs, whether they are meant or not. */
    List<RunRow> rows(Environment environment) {
        RunIndex index = runs.index(environment);
        return index.runs().stream().map(RunRow::of).toList();
    }
}
