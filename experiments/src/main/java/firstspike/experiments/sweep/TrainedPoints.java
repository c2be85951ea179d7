package firstspike.experiments.sweep;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.config.Requirement;
import firstspike.experiments.run.Outcome;
import firstspike.experiments.run.Resumption;
import firstspike.experiments.run.RunSettings;
import firstspike.experiments.run.TrainingRun;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.Verdict;
import firstspike.runtime.training.CheckpointFolder;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Computes points by training them, each into a run folder of its own. */
public final class TrainedPoints implements PointRunner {

    private static final int FALSE_RESULT = 1;
    private static final int FALSIFIED = 5;

    private final SweepPlan plan;
    private final Overrides overrides;
    private final RunSettings settings;
    private final PointFolders folders;
    private final Function<RuntimeException, PointFailure> failures;

    /**
     * @param plan of the sweep
     * @param overrides of the command line, which hold for all points; what a point varies wins
     * @param settings how each is run; its runs lie in the sweep's folder
     * @param failures what an exception means
     */
    public TrainedPoints(
            SweepPlan plan,
            Overrides overrides,
            RunSettings settings,
            Function<RuntimeException, PointFailure> failures) {
        this.plan = plan;
        this.overrides = overrides;
        this.settings = settings;
        this.folders = new PointFolders(settings.runs());
        this.failures = failures;
    }

    @Override
    public Experiment check(SweepPoint point) {
        return plan.base().resolve(overrides(point)).orThrow();
    }

    /** All changes of a point; its seeds are those of its experiment, raised. */
    private Overrides overrides(SweepPoint point) {
        List<String> sets = new ArrayList<>(overrides.sets());
        sets.addAll(point.condition().sets());
        Overrides unraised =
                new Overrides(sets, overrides.target(), overrides.environmentTarget(), OptionalLong.empty());
        if (point.seed() == 0) {
            return unraised;
        }
        Experiment experiment = plan.base().resolve(unraised).orThrow();
        sets.add("training.seeds.weights_and_batches="
                + raised(experiment.training().batchSeed(), point.seed()));
        sets.add("training.seeds.numpy=" + raised(experiment.training().noiseSeed(), point.seed()));
        return new Overrides(sets, overrides.target(), overrides.environmentTarget(), OptionalLong.empty());
    }

    private static BigInteger raised(long seed, int by) {
        return BigInteger.valueOf(seed).add(BigInteger.valueOf(by));
    }

    @Override
    public PointResult run(SweepPoint point) {
        for (int tries = 0; ; tries++) {
            try {
                return once(point);
            } catch (RuntimeException e) {
                PointFailure failure = failures.apply(e);
                if (tries >= plan.retry()
                        || !failure.mayPass()
                        || settings.cancelled().getAsBoolean()) {
                    return PointResult.failed(point, failure, folders.of(point).map(PointFolders.Left::folder));
                }
            }
        }
    }

    private PointResult once(SweepPoint point) {
        Overrides changes = overrides(point);
        Experiment experiment = plan.base().resolve(changes).orThrow();
        Optional<PointFolders.Left> left = folders.of(point);
        if (left.isPresent()) {
            refuseAnother(experiment, left.get());
        }
        if (left.isPresent() && left.get().done()) {
            return ofRecord(point, experiment, left.get());
        }
        RunSettings own = settings.withScreen(new PointScreen(settings.screen(), point.number()));
        if (left.isPresent() && canGoOn(left.get())) {
            try (Resumption resumption = Resumption.open(
                    left.get().folder(), Overrides.none(), OptionalInt.empty(), false, false, settings.version())) {
                return ofOutcome(point, new TrainingRun(own).resume(resumption));
            }
        }
        return ofOutcome(
                point,
                new TrainingRun(own)
                        .start(plan.base(), experiment, changes, Optional.of(point.name()), Optional.empty()));
    }

    /** A folder of other settings under the number of this point would put a foreign result into the table. */
    private void refuseAnother(Experiment experiment, PointFolders.Left left) {
        if (!left.record().text("config_sha256").equals(experiment.sha256())) {
            throw new ExperimentException(
                    ExperimentException.Code.CONFIG_CHANGED,
                    "run " + left.folder(),
                    "config_sha256 " + left.record().text("config_sha256"),
                    experiment.sha256(),
                    "it was made by another sweep or version; begin a new sweep");
        }
    }

    private static boolean canGoOn(PointFolders.Left left) {
        RunState state = left.record().state();
        return (state == RunState.INTERRUPTED || state == RunState.RUNNING)
                && !RunFolder.isOwned(left.folder())
                && new CheckpointFolder(left.folder().resolve("checkpoints"))
                        .newest()
                        .isPresent();
    }

    private static PointResult ofOutcome(SweepPoint point, Outcome outcome) {
        boolean done = outcome.state().equals(RunState.DONE.text());
        return judged(
                point,
                outcome.experiment(),
                done ? PointState.DONE : PointState.INTERRUPTED,
                outcome.path(),
                outcome.target() + " (" + outcome.fidelity() + ")",
                outcome.health().judge().verdict().text(),
                outcome.result());
    }

    private static PointResult ofRecord(SweepPoint point, Experiment experiment, PointFolders.Left left) {
        SortedMap<String, Number> metrics = new TreeMap<>();
        if (left.record().get("result") instanceof Map<?, ?> result) {
            result.forEach((name, value) -> {
                if (value instanceof Number number) {
                    metrics.put(String.valueOf(name), number);
                }
            });
        }
        return judged(
                point,
                experiment,
                PointState.DONE,
                Optional.of(left.folder()),
                left.record().text("target") + " (" + left.record().text("fidelity") + ")",
                left.record().text("verdict"),
                metrics);
    }

    private static PointResult judged(
            SweepPoint point,
            Experiment experiment,
            PointState state,
            Optional<Path> run,
            String target,
            String health,
            SortedMap<String, Number> metrics) {
        int exit = 0;
        String message = "";
        if (state == PointState.DONE && health.equals(Verdict.FALSIFIED.text())) {
            exit = FALSIFIED;
            message = "result falsified by its health";
        } else if (state == PointState.DONE) {
            for (Requirement requirement : experiment.require()) {
                if (!requirement.holds(metrics)) {
                    exit = FALSE_RESULT;
                    message = String.format(
                            Locale.ROOT,
                            "%s is false, actual %s",
                            requirement.text(),
                            metrics.get(requirement.metric()));
                    break;
                }
            }
        }
        return new PointResult(point, state, exit, message, run, target, health, metrics);
    }
}
