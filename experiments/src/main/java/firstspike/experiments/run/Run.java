package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.training.CheckpointFolder;
import firstspike.runtime.training.RunIdentity;

/**
 * One training: what is trained and on what, and the folder, record and health in which it is kept. Starting it, training,
 * keeping it up to date and ending it are what happens in it.
 *
 * @param experiment that is trained
 * @param data of the experiment, encoded
 * @param opened what it runs on
 * @param settings how the command runs it
 * @param folder that keeps it
 * @param record content of its {@code run.json}
 * @param health counters so far
 */
record Run(
        Experiment experiment,
        EncodedData data,
        OpenedExecutor opened,
        RunSettings settings,
        RunFolder folder,
        RunRecord record,
        HealthTotals health) {

    /** A run that has counted nothing yet. */
    Run(
            Experiment experiment,
            EncodedData data,
            OpenedExecutor opened,
            RunSettings settings,
            RunFolder folder,
            RunRecord record) {
        this(experiment, data, opened, settings, folder, record, RunKeeper.totals(experiment, settings));
    }

    String id() {
        return record.text("run_id");
    }

    CheckpointFolder checkpoints() {
        return new CheckpointFolder(folder.checkpoints());
    }

    /** What a checkpoint says of the run that it belongs to. */
    RunIdentity identity() {
        return new RunIdentity(id(), experiment.sha256(), opened.calibrations().ids(), settings.version());
    }
}
