package firstspike.experiments.run;

import firstspike.driver.error.ChipException;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.figure.Confusion;
import firstspike.experiments.figure.FigureSet;
import firstspike.experiments.figure.Measured;
import firstspike.experiments.figure.TimeCounts;
import firstspike.experiments.figure.WeightMatrix;
import firstspike.experiments.report.RunReport;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.error.HealthFalsifiedException;
import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.RunStatus;
import firstspike.runtime.recording.Verdict;
import firstspike.runtime.training.Evaluation;
import firstspike.runtime.training.Evaluator;
import firstspike.runtime.training.TrainingResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings a run to its end: judges it, draws its figures, writes its outcome. */
final class RunEnd {

    private final Run run;
    private final RunKeeper keeper;
    private final Optional<EventKeeper> events;

    RunEnd(Run run, RunKeeper keeper, Optional<EventKeeper> events) {
        this.run = run;
        this.keeper = keeper;
        this.events = events;
    }

    Outcome finish(TrainingResult training) {
        Experiment experiment = run.experiment();
        OpenedExecutor opened = run.opened();
        RunFolder folder = run.folder();
        RunRecord record = run.record();
        HealthTotals health = run.health();
        SortedMap<String, Number> result = keeper.result();
        double chipSeconds = keeper.chipSeconds();
        SortedMap<String, Double> missing = keeper.missing();
        RunState state = RunState.INTERRUPTED;
        if (training.end() == TrainingResult.End.DONE) {
            Evaluation test = new Evaluator(experiment.network(), experiment.training())
                    .evaluate(opened.executor(), run.data().split("test"));
            health.add(test.counters());
            chipSeconds += test.chipSeconds();
            missing = missingOf(experiment, test.missing());
            result.put("test/accuracy", test.accuracy());
            result.put("test/loss", test.loss());
            result.put("test/n", (long) test.samples());
            result.put("test/repeat", 1L);
            result.put("test/std", 0.0);
            state = RunState.DONE;
            Predictions.of(experiment, opened, run.id(), run.data().split("test"), test)
                    .write(Predictions.place(folder.path(), "test", training.epoch()));
            events.ifPresent(keeping -> keeping.tested(training.epoch(), result));
            draw(test);
        }
        opened.logs().forEach(log -> health.add(log.ownCounters()));
        HealthTotals.Judgement judgement = health.judge();
        opened.endLogs(judgement.verdict() == Verdict.FALSIFIED);
        folder.write("health.json", health.json());
        folder.log("INFO", "state " + state.text() + ", " + judgement.line());
        record.state(state)
                .set("verdict", judgement.verdict().text())
                .set("finished", Instant.now().toString())
                .set("epoch", training.epoch())
                .set("result", new LinkedHashMap<>(result))
                .set("missing", missing)
                .set("wall_s", Outcome.rounded(keeper.wallSeconds()))
                .set("chip_s", Outcome.rounded(chipSeconds))
                .set("health", health.tree())
                .set("lock", null);
        RunStatus status = new RunStatus(folder.path(), record, true);
        folder.write("report.html", new RunReport(StoredRun.of(status)).html());
        folder.write(record.set("files", folder.inventory()));
        return new Outcome(
                experiment,
                run.id(),
                Optional.of(folder.path()),
                state.text(),
                opened.uri(),
                opened.fidelity(),
                opened.chipId(),
                opened.calibrations(),
                training.epoch(),
                result,
                missing,
                keeper.wallSeconds(),
                chipSeconds,
                health,
                List.of());
    }

    private void draw(Evaluation test) {
        Experiment experiment = run.experiment();
        if (experiment.figures().isEmpty()) {
            return;
        }
        run.settings().screen().progress("drawing figures");
        FigureData figures = new FigureData(experiment, run.data(), run.opened().executor(), test);
        new FigureSet(run.folder().figures(), StoredRun.footer(run.record()))
                .write(
                        experiment.figures(),
                        new Measured(
                                run.folder().metrics().read().lines(),
                                figures.plane(),
                                Optional.of(TimeCounts.of(figures.outputs())),
                                Optional.of(figures.raster()),
                                Optional.of(Confusion.of(
                                        experiment.network().outputs(),
                                        run.data().dataset().test().labels(),
                                        test.predicted())),
                                run.checkpoints().latest().map(WeightMatrix::of).orElse(List.of()),
                                run.opened().plan()));
    }

    static SortedMap<String, Double> missingOf(Experiment experiment, double[] fractions) {
        SortedMap<String, Double> missing = new TreeMap<>();
        for (int i = 0; i < fractions.length; i++) {
            missing.put(experiment.network().layers().get(i).name(), fractions[i]);
        }
        return missing;
    }

    /** Leaves a folder behind that says what went wrong and how to go on, as far as it can still be written. */
    void failed(RuntimeException failure, Optional<String> checkpoint) {
        RunFolder folder = run.folder();
        RunRecord record = run.record();
        HealthTotals health = run.health();
        // a falsified batch would be falsified again
        boolean comesBack = checkpoint.isPresent()
                && (failure instanceof ChipException || failure instanceof StorageException)
                && !(failure.getCause() instanceof HealthFalsifiedException);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", failure.getClass().getSimpleName());
        error.put("message", failure.getMessage());
        String resume = run.settings().resuming(folder.path());
        error.put("remedy", comesBack ? resume : null);
        if (comesBack) {
            run.settings()
                    .screen()
                    .message("newest checkpoint: " + checkpoint.get() + "; when it is well again: " + resume);
        }
        try {
            // a disk that is full fails a run (formats.md 2.5), though it can be resumed when there is room again
            record.state(comesBack && failure instanceof ChipException ? RunState.INTERRUPTED : RunState.FAILED)
                    .set("error", error)
                    .set("health", health.tree())
                    .set("lock", null)
                    .set("finished", Instant.now().toString())
                    .set("verdict", health.judge().verdict().text());
            folder.write(record);
            folder.write("health.json", health.json());
            folder.log("ERROR", String.valueOf(failure.getMessage()));
        } catch (HostException e) {
            failure.addSuppressed(e);
        }
    }
}
