package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.exchange.tensorboard.EventFile;
import firstspike.runtime.mapping.RowCopies;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.training.Checkpoint;
import firstspike.runtime.training.TrainingListener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Trains an experiment into a new run folder, or goes on with one. */
public final class TrainingRun {

    private final RunSettings settings;
    private final boolean events;

    /** @param settings how it is run; events for TensorBoard are written */
    public TrainingRun(RunSettings settings) {
        this(settings, true);
    }

    /**
     * @param settings how it is run
     * @param events whether a new run has events for TensorBoard; one that goes on has them if it had them
     */
    public TrainingRun(RunSettings settings, boolean events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * Trains from the beginning. Data, network and target are tried before the folder is made.
     *
     * @param file the experiment as written
     * @param experiment the same, resolved
     * @param overrides of the command line, for the record
     * @param name of the folder, the id of the experiment when empty
     * @param start weights to begin with, drawn ones when empty
     * @return what came out
     */
    public Outcome start(
            ExperimentFile file,
            Experiment experiment,
            Overrides overrides,
            Optional<String> name,
            Optional<InitialWeights> start) {
        EncodedData data = EncodedData.load(experiment, settings.data());
        Optional<double[][]> weights = start.map(from -> from.read(experiment.network(), settings.screen()));
        RowCopies copies = Mappings.rows(experiment, weights.orElseGet(() -> Mappings.drawn(experiment)));
        try (OpenedExecutor opened = OpenedExecutor.open(
                experiment, settings, copies, Optional.empty(), RecordingPlan.of(experiment.recording()))) {
            UUID id = UUID.randomUUID();
            Instant now = Instant.now();
            try (RunFolder folder = RunFolder.create(settings.runs(), name.orElse(experiment.id()), id, now)) {
                RunRecord record = new RunRecord()
                        .set("run_id", id.toString())
                        .set("name", name.orElse(experiment.id()))
                        .set("created", now.toString())
                        .set(
                                "parent_run",
                                start.flatMap(InitialWeights::parentRun).orElse(null))
                        .set("epoch", 0)
                        .state(RunState.CREATED);
                Run run = new Run(experiment, data, opened, settings, folder, record);
                RunFiles files = new RunFiles(run);
                files.attribute();
                folder.write(record);
                files.inputs(file, overrides);
                files.surroundings();
                settings.screen().message("run " + folder.path());
                return train(run, weights, Optional.empty());
            }
        }
    }

    /**
     * Goes on with a run that was stopped, from its newest complete checkpoint.
     *
     * @param resumption what was found in its folder
     * @return what came out
     */
    public Outcome resume(Resumption resumption) {
        Experiment experiment = resumption.experiment();
        EncodedData data = EncodedData.load(experiment, settings.data());
        Checkpoint checkpoint = resumption.checkpoint();
        try (OpenedExecutor opened = OpenedExecutor.open(
                experiment,
                settings,
                Mappings.rows(experiment, checkpoint),
                Optional.of(checkpoint),
                RecordingPlan.of(experiment.recording()))) {
            resumption.checkChip(opened);
            RunFolder folder = resumption.folder();
            Run run = new Run(experiment, data, opened, settings, folder, resumption.record());
            RunFiles files = new RunFiles(run);
            run.record()
                    .set("resumed_from_epoch", checkpoint.meta().epoch())
                    .set("finished", null)
                    .set("verdict", null)
                    .set("error", null)
                    .set("files", null);
            files.attribute();
            folder.write("experiment.yaml", experiment.yaml());
            List<Object> connections = new ArrayList<>(resumption.connections());
            connections.add(opened.description());
            files.connections(connections);
            settings.screen().message(resumption.announcement());
            resumption.warnings().forEach(text -> {
                settings.screen().warn(text);
                folder.log("WARN", text);
            });
            resumption.begin();
            return train(run, Optional.empty(), Optional.of(checkpoint));
        }
    }

    private Outcome train(Run run, Optional<double[][]> weights, Optional<Checkpoint> from) {
        OpenedExecutor opened = run.opened();
        opened.judge(run.experiment(), run.health());
        RunKeeper keeper = new RunKeeper(run);
        from.ifPresent(checkpoint -> keeper.takeUp(checkpoint.meta().epoch()));
        announce(run);
        run.folder().write(run.record().state(RunState.RUNNING));
        Optional<EventKeeper> eventKeeper =
                from.isEmpty() && events || EventFile.isIn(run.folder().path())
                        ? Optional.of(new EventKeeper(
                                run.folder(), run.id(), run.experiment().network(), Clock.systemUTC()))
                        : Optional.empty();
        TrainingListener kept = eventKeeper.isPresent() ? new Listeners(keeper, eventKeeper.get()) : keeper;
        Training training = new Training(run, keeper, kept);
        RunEnd end = new RunEnd(run, keeper, eventKeeper);
        try {
            opened.startLogs(run.folder().path(), run.experiment(), run.id(), settings.version());
            from.ifPresent(checkpoint -> opened.logs()
                    .forEach(log -> log.mark(
                            Mark.Kind.NOTE, checkpoint.meta().epoch(), "goes on from the checkpoint of this epoch")));
            return end.finish(training.run(weights, from));
        } catch (RuntimeException e) {
            end.failed(e, training.newestCheckpoint());
            throw e;
        }
    }

    private void announce(Run run) {
        Screen screen = settings.screen();
        screen.message("calibration " + run.opened().calibrations().line());
        run.opened().warnings().forEach(screen::warn);
        run.data().dataset().notices().forEach(screen::message);
        if (run.experiment().eulerNotice()) {
            screen.message("forward.kind euler has no meaning on a chip and is ignored");
        }
    }
}
