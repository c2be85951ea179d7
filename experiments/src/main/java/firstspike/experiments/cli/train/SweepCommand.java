package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.config.Nearest;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.config.Resolution;
import firstspike.experiments.config.SweepFile;
import firstspike.experiments.run.CalibrationChoice;
import firstspike.experiments.run.Quoting;
import firstspike.experiments.run.RunSettings;
import firstspike.experiments.sweep.PointFailure;
import firstspike.experiments.sweep.PointResult;
import firstspike.experiments.sweep.PointRunner;
import firstspike.experiments.sweep.Sweep;
import firstspike.experiments.sweep.SweepFolder;
import firstspike.experiments.sweep.SweepGrid;
import firstspike.experiments.sweep.SweepOutcome;
import firstspike.experiments.sweep.SweepPlan;
import firstspike.experiments.sweep.SweepPoint;
import firstspike.experiments.sweep.SweepPreset;
import firstspike.experiments.sweep.SweepPresets;
import firstspike.experiments.sweep.SweepRequest;
import firstspike.experiments.sweep.SweepTable;
import firstspike.experiments.sweep.TrainedPoints;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an experiment again and again with some of its keys changed. */
@Command(
        name = "sweep",
        header = "Trains an experiment with each combination of some keys' values.",
        footer = {
            "  firstspike sweep sizes.yaml --parallel 2",
            "  firstspike sweep sizes.yaml --target ideal: --seeds 3 --dry-run",
            "  firstspike sweep --resume sweeps/sizes_2026-01-31_12-00-00Z"
        })
public final class SweepCommand extends Action {

    @Parameters(
            arity = "0..1",
            paramLabel = "SWEEP",
            description = "Sweep file (.yaml with base, vary, seeds, parallel, retry), or a bundled sweep.")
    String source;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Points at a time (default: what the file says, else 1).")
    Integer parallel;

    @Option(
            names = "--only",
            paramLabel = "VALUE",
            description = "Only points with this value in some column, or KEY=VALUE.")
    String only;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Runs of each combination (default: what the file says).")
    Integer seeds;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with a sweep; no point is computed twice.")
    Path resume;

    @Option(names = "--dry-run", description = "List and check the points; run and write nothing.")
    boolean dryRun;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        limit("--parallel", parallel, 256);
        limit("--seeds", seeds, 10_000);
        if ((source == null) == (resume == null)) {
            throw new UsageException(
                    "sweep: " + (source == null ? "nothing to run" : source + " and --resume " + resume)
                            + " (limit: one of SWEEP and --resume DIR); name one");
        }
        try (Interrupts interrupts = Interrupts.listen(
                console, "stopping: points that run write a checkpoint; a second time stops at once")) {
            if (resume != null) {
                return goOn(environment, console, interrupts);
            }
            return begin(environment, console, interrupts);
        }
    }

    private static void limit(String option, Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw new UsageException(option + ": " + value + " (limit: 1 to " + most + "); choose another");
        }
    }

    private int begin(Environment environment, Console console, Interrupts interrupts) {
        Optional<SweepPreset> preset = SweepPresets.find(source);
        Optional<SweepFile> file = preset.isPresent() ? Optional.empty() : Optional.of(file());
        SweepPlan whole =
                file.map(SweepGrid::of).orElseGet(() -> preset.orElseThrow().plan());
        Overrides overrides = options.overrides(environment, OptionalLong.empty());
        SweepRequest request = new SweepRequest(
                source,
                preset.isPresent(),
                whole.base().name(),
                whole.base().folder().map(Path::toString),
                overrides,
                Optional.ofNullable(only),
                seeds == null ? OptionalInt.empty() : OptionalInt.of(seeds),
                options.data(environment).map(path -> path.toAbsolutePath().toString()),
                options.allowDegraded(),
                options.allowUncalibrated,
                options.forceChip);
        SweepPlan plan = parallel(narrowed(request, whole));
        PointRunner checking = new TrainedPoints(
                plan,
                overrides,
                settings(environment, console, request, plan, options.runs(environment), () -> false),
                e -> failure(e, environment));
        List<PointResult> checked = check(plan, checking, environment);
        if (dryRun) {
            SweepOutcome outcome = new SweepOutcome(Optional.empty(), new SweepTable(plan, checked));
            console.object(outcome.json());
            outcome.lines().forEach(console::line);
            return outcome.table().failed().isEmpty() ? DONE : Failure.FALSE_RESULT;
        }
        Resolution base = plan.base().resolve(overrides);
        if (base.experiment().isPresent()) {
            TrainCommand.sayOrigin(base, console);
        }
        try (SweepFolder folder = SweepFolder.create(sweeps(environment), plan.name(), Instant.now())) {
            console.message("sweep " + folder.path() + ", " + plan.points().size() + " points");
            RunSettings settings = settings(environment, console, request, plan, folder.runs(), interrupts::asked);
            PointRunner runner = new TrainedPoints(plan, overrides, settings, e -> failure(e, environment));
            byte[] yaml = file.map(SweepFile::bytes).orElse(new byte[0]);
            return end(
                    Sweep.begin(folder, plan, yaml, request, runner, interrupts::asked, console)
                            .run(),
                    console,
                    interrupts.exit());
        }
    }

    private int goOn(Environment environment, Console console, Interrupts interrupts) {
        if (only != null || seeds != null || dryRun || !options.targets.isEmpty() || !options.sets.isEmpty()) {
            throw new UsageException(
                    "--resume: a sweep goes on as it began (limit: --parallel and --threads beside it);"
                            + " leave the other options out");
        }
        try (SweepFolder folder = SweepFolder.open(resume)) {
            SweepRequest request = Sweep.stored(folder);
            SweepPlan plan = parallel(Sweep.storedPlan(folder));
            RunSettings settings = settings(environment, console, request, plan, folder.runs(), interrupts::asked);
            PointRunner runner = new TrainedPoints(plan, request.overrides(), settings, e -> failure(e, environment));
            console.message("continuing " + folder.path() + ", " + plan.points().size() + " points");
            return end(
                    Sweep.goOn(folder, plan, request, runner, interrupts::asked, console)
                            .run(),
                    console,
                    interrupts.exit());
        }
    }

    private SweepFile file() {
        if (!source.endsWith(".yaml") && !source.endsWith(".yml") && !source.contains("/")) {
            throw new UsageException("sweep: " + source + " (known: " + String.join(", ", SweepPresets.names())
                    + (SweepPresets.names().isEmpty() ? "a .yaml file); " : ", or a .yaml file); ")
                    + Nearest.to(source, SweepPresets.names())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("name a sweep file"));
        }
        return SweepFile.read(Path.of(source));
    }

    private static SweepPlan narrowed(SweepRequest request, SweepPlan whole) {
        try {
            return request.narrowed(whole);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private SweepPlan parallel(SweepPlan plan) {
        return parallel == null ? plan : plan.withParallel(parallel);
    }

    /** A sweep of which no point can run is a mistake of its file. */
    private List<PointResult> check(SweepPlan plan, PointRunner runner, Environment environment) {
        List<PointResult> results = new ArrayList<>();
        RuntimeException first = null;
        int failed = 0;
        for (SweepPoint point : plan.points()) {
            try {
                runner.check(point);
                results.add(PointResult.waiting(point));
            } catch (RuntimeException e) {
                first = first == null ? e : first;
                failed++;
                results.add(PointResult.failed(point, failure(e, environment), Optional.empty()));
            }
        }
        if (first != null && failed == results.size()) {
            throw first;
        }
        return results;
    }

    private static PointFailure failure(RuntimeException e, Environment environment) {
        Failure failure = Failure.of(e);
        if (failure.exit() == Failure.BUG) {
            e.printStackTrace(environment.err());
        }
        return new PointFailure(failure.exit(), failure.message());
    }

    private RunSettings settings(
            Environment environment,
            Console console,
            SweepRequest request,
            SweepPlan plan,
            Path runs,
            BooleanSupplier cancelled) {
        int threads = Math.max(1, options.threads() / plan.parallel());
        return new RunSettings(
                runs,
                request.data().map(Path::of),
                options.link().withThreads(threads).withListener(new LinkLines(console)),
                new CalibrationChoice(
                        options.calibrations(environment).store(), request.allowUncalibrated(), request.forceChip()),
                request.allowDegraded(),
                asTyped(),
                environment.variables(),
                Versions.product(),
                Versions.commit(),
                cancelled,
                console);
    }

    /** The folder of all sweeps: in the folder of runs that somebody named, else beside {@code runs}. */
    private Path sweeps(Environment environment) {
        boolean named =
                options.runs != null || environment.variable("FIRSTSPIKE_RUNS").isPresent();
        return named ? options.runs(environment).resolve("sweeps") : Path.of("sweeps");
    }

    private static int end(SweepOutcome outcome, Console console, int interrupted) {
        console.object(outcome.json());
        outcome.lines().forEach(console::line);
        if (outcome.state().equals("interrupted")) {
            outcome.path()
                    .ifPresent(path ->
                            console.message("resume with: firstspike sweep --resume " + Quoting.word(path.toString())));
        }
        if (interrupted != 0) {
            return interrupted;
        }
        return outcome.table().failed().isEmpty() ? DONE : Failure.FALSE_RESULT;
    }
}
