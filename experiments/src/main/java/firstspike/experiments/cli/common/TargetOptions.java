package firstspike.experiments.cli.common;

import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Nearest;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.run.CalibrationChoice;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.recording.HealthCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Options of commands that run something. */
public final class TargetOptions {

    @Option(
            names = "--target",
            paramLabel = "URI",
            description = "Where it runs: ideal:, emu:nominal?seed=0, grpc://host:port (default: what the experiment"
                    + " names, then FIRSTSPIKE_TARGET). Repeats: several servers are one farm, in that order.")
    public List<String> targets = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a key of the experiment; repeats. List items by index.")
    public List<String> sets = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where run folders lie (default: FIRSTSPIKE_RUNS, else runs).")
    public Path runs;

    @Option(names = "--data", paramLabel = "DIR", description = "Where data files lie (default: FIRSTSPIKE_DATA).")
    public Path data;

    @Option(
            names = "--calibration",
            paramLabel = "ID|none",
            description = "Which calibration: current, none, an id or a folder (default: what the experiment says).")
    public String calibration;

    @Option(names = "--allow-uncalibrated", description = "Run with nominal codes where a calibration is missing.")
    public boolean allowUncalibrated;

    @Option(names = "--force-chip", description = "Apply a calibration of another chip.")
    public boolean forceChip;

    @Option(
            names = "--connect-patience",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "10s",
            description = "How long the first connection may take (default: 10s).")
    public Duration connectPatience = Duration.ofSeconds(10);

    @Option(
            names = "--link-patience",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "5min",
            description = "How long a lost connection is mended (default: 5min).")
    Duration linkPatience = Duration.ofMinutes(5);

    @Option(
            names = "--allow-degraded",
            paramLabel = "KEY",
            split = ",",
            description = "Health counters that may falsify nothing.")
    private List<String> allowDegraded = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; changes no result (default: all cores).")
    Integer threads;

    /** All targets as one, which is how they are printed and kept; empty when none was given. */
    public Optional<String> target() {
        return targets.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", targets));
    }

    public int threads() {
        int wanted = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (wanted < 1 || wanted > 1024) {
            throw new UsageException("--threads: " + wanted + " (limit: 1 to 1024); give the number of cores");
        }
        return wanted;
    }

    public Path runs(Environment environment) {
        return runs != null
                ? runs
                : Path.of(environment.variable("FIRSTSPIKE_RUNS").orElse("runs"));
    }

    public Optional<Path> data(Environment environment) {
        return Optional.ofNullable(data)
                .or(() -> environment.variable("FIRSTSPIKE_DATA").map(Path::of));
    }

    /** Where calibrations lie, and what may be used of them. */
    public CalibrationChoice calibrations(Environment environment) {
        return new CalibrationChoice(
                Path.of(environment.variable("FIRSTSPIKE_CALIBRATIONS").orElse(CalibrationChoice.FOLDER)),
                allowUncalibrated,
                forceChip);
    }

    /** The caller's calibrations. */
    public CalibrationStore store(Environment environment) {
        return new CalibrationStore(calibrations(environment).store(), Clock.systemUTC());
    }

    public LinkOptions link() {
        return LinkOptions.defaults()
                .withPatience(connectPatience, linkPatience)
                .withThreads(threads());
    }

    public Overrides overrides(Environment environment, OptionalLong seed) {
        List<String> all = new ArrayList<>();
        if (calibration != null) {
            all.add("calibration=" + calibration);
        }
        all.addAll(sets);
        return new Overrides(all, target(), environment.variable("FIRSTSPIKE_TARGET"), seed);
    }

    /** The counters that may falsify nothing; each is one that a result can have. */
    public List<String> allowDegraded() {
        for (String key : allowDegraded) {
            if (!HealthCatalogue.has(key)) {
                throw new UsageException("--allow-degraded: " + key + " (limit: a health counter)"
                        + Nearest.to(key, HealthCatalogue.names())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; 'health' of a result lists them"));
            }
        }
        return List.copyOf(allowDegraded);
    }
}
