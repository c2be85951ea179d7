package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunIndex;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.training.Checkpoint;
import firstspike.runtime.training.CheckpointFolder;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what an evaluation judges: a checkpoint of a run, or weights alone with an experiment. */
public final class EvaluationSource {

    private EvaluationSource() {}

    /**
     * A checkpoint of a run.
     *
     * @param name of the run
     * @param runs where runs lie
     * @param checkpoint {@code best}, {@code latest} or an epoch
     * @param overrides of the command line
     * @param retarget another chip is meant
     * @param split of the data
     * @param repeat how often
     * @return the request
     */
    public static EvaluationRun.Request ofRun(
            String name,
            Path runs,
            String checkpoint,
            Overrides overrides,
            boolean retarget,
            String split,
            int repeat) {
        Path run = new RunIndex(runs).find(name);
        RunRecord record = RunFolder.record(run);
        Experiment experiment = ExperimentFile.read(run.resolve("experiment.yaml"))
                .resolve(overrides)
                .orThrow();
        Path file = Checkpoints.path(run, checkpoint);
        Checkpoint state = new CheckpointFolder(run.resolve("checkpoints"))
                .read(file.getFileName().toString());
        return new EvaluationRun.Request(
                experiment,
                state.weights(),
                Mappings.rows(experiment, state),
                split,
                repeat,
                record.text("run_id"),
                Optional.of(run),
                record.text("state"),
                state.meta().epoch(),
                retarget ? Optional.empty() : Optional.of(state.meta().chipId()));
    }

    /**
     * Weights alone.
     *
     * @param experiment that they are for
     * @param weights npz file
     * @param split of the data
     * @param repeat how often
     * @param screen hears of ignored members
     * @return the request
     */
    public static EvaluationRun.Request ofWeights(
            Experiment experiment, Path weights, String split, int repeat, Screen screen) {
        WeightFile file = WeightFile.read(weights, experiment.network());
        if (!file.ignored().isEmpty()) {
            screen.message("weights of " + weights + ": other members ignored: " + String.join(", ", file.ignored()));
        }
        return new EvaluationRun.Request(
                experiment,
                file.layers(),
                Mappings.rows(experiment, file.layers()),
                split,
                repeat,
                "",
                Optional.empty(),
                "",
                0,
                Optional.empty());
    }
}
