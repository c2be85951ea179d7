package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.runtime.execution.MeasuredLayers;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.training.Checkpoint;
import firstspike.runtime.training.EpochMetrics;
import firstspike.runtime.training.Trainer;
import firstspike.runtime.training.TrainerBuilder;
import firstspike.runtime.training.TrainingListener;
import firstspike.runtime.training.TrainingResult;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sets a trainer up for an experiment and runs it. */
final class Training {

    private final Run run;
    private final RunKeeper keeper;
    private final TrainingListener kept;
    private Optional<String> newestCheckpoint = Optional.empty();

    /** Keeper and listeners of the run, the latter in their order. */
    Training(Run run, RunKeeper keeper, TrainingListener kept) {
        this.run = run;
        this.keeper = keeper;
        this.kept = kept;
    }

    TrainingResult run(Optional<double[][]> weights, Optional<Checkpoint> from) {
        Experiment experiment = run.experiment();
        EncodedData data = run.data();
        OpenedExecutor opened = run.opened();
        RunSettings settings = run.settings();
        newestCheckpoint = from.map(
                checkpoint -> place(checkpoint.meta().epoch(), checkpoint.meta().batch()));
        Map<String, Double> limits = new TreeMap<>();
        for (int i = 0; i < experiment.network().layers().size(); i++) {
            boolean rescued = i < experiment.network().layers().size() - 1
                    || experiment
                            .training()
                            .trains()
                            .map(TrainSettings::rescueLabels)
                            .orElse(true);
            limits.put(
                    experiment.network().layers().get(i).name(),
                    rescued ? experiment.training().layers().get(i).maxMissing() : 1.0);
        }
        TrainingListener progress = new ProgressListener(
                settings.screen(),
                experiment.training().epochs(),
                data.dataset().train().size(),
                limits);
        TrainingListener noticing = new TrainingListener() {
            @Override
            public void checkpointWritten(String file, int epoch, int batch) {
                newestCheckpoint = Optional.of(place(epoch, batch));
            }

            @Override
            public void epochDone(EpochMetrics metrics) {
                opened.logs().forEach(log -> log.mark(Mark.Kind.EPOCH, metrics.epoch(), ""));
            }
        };
        LastSample lastSample = new LastSample(
                opened.executor(), experiment, data.dataset().validation().labels());
        keeper.rastersFrom(lastSample::raster);
        try (Shards shards = new Shards(settings.link().threads())) {
            TrainerBuilder builder = Trainer.builder(experiment.network(), experiment.training(), lastSample, shards)
                    .data(data.split("train"), data.split("validation"))
                    .checkpoints(run.checkpoints(), run.identity())
                    .listener(new Listeners(noticing, new Listeners(kept, progress)))
                    .cancelled(settings.cancelled());
            weights.ifPresent(builder::weights);
            opened.measured().ifPresent(measured -> {
                builder.measured(measured.layers());
                sayFallbacks(measured);
            });
            opened.driftChecks(experiment, settings.screen()).ifPresent(checks -> {
                keeper.count(checks.beforeStart());
                builder.hook(checks);
            });
            Trainer trainer = builder.build();
            from.ifPresent(trainer::resume);
            TrainingResult result = trainer.run();
            trainer.loadWeights();
            return result;
        }
    }

    /** Values that were not believed; they matter to one rule only. */
    private void sayFallbacks(MeasuredLayers measured) {
        if (measured.fallbacks() > 0
                && run.experiment().training().gradients().rule() == LearningRule.IMPLICIT_MEASURED) {
            run.settings()
                    .screen()
                    .warn(measured.fallbacks()
                            + " measured constants are missing or beyond 0.5 to 2 times the nominal ones, which stand"
                            + " for them");
        }
    }

    private static String place(int epoch, int batch) {
        return "after epoch " + epoch + (batch == 0 ? "" : ", batch " + batch);
    }

    /** Where the newest checkpoint stands that is on the disk; empty: there is none to go on from. */
    Optional<String> newestCheckpoint() {
        return newestCheckpoint;
    }
}
