package firstspike.experiments.run;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;
import static firstspike.runtime.error.CalibrationException.Code.OTHER_CHIP;

import com.fasterxml.jackson.core.JsonProcessingException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.JsonTree;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.training.Checkpoint;
import firstspike.runtime.training.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A run that is to go on: its folder, which is locked, its experiment with what may change, and its newest checkpoint.
 */
public final class Resumption implements AutoCloseable {

    private static final Pattern MAY_CHANGE = Pattern.compile(
            "training\\.(epochs|snapshots_epochs(\\..*)?|stop_after)|record(\\..*)?|report(\\..*)?|require(\\..*)?"
                    + "|reference(\\..*)?|status|derived_from");

    private final RunFolder folder;
    private final RunRecord record;
    private final Experiment experiment;
    private final Checkpoint checkpoint;
    private final boolean retarget;
    private final boolean acceptDrift;
    private final String version;

    private Resumption(
            RunFolder folder,
            RunRecord record,
            Experiment experiment,
            Checkpoint checkpoint,
            boolean retarget,
            boolean acceptDrift,
            String version) {
        this.folder = folder;
        this.record = record;
        this.experiment = experiment;
        this.checkpoint = checkpoint;
        this.retarget = retarget;
        this.acceptDrift = acceptDrift;
        this.version = version;
    }

    /**
     * Takes a run over.
     *
     * @param path of its folder
     * @param overrides of the command line
     * @param retarget the target may be another one
     * @param acceptDrift another version of the program may go on
     * @param version of this program
     * @return the run, locked; the caller closes it
     */
    public static Resumption open(
            Path path, Overrides overrides, boolean retarget, boolean acceptDrift, String version) {
        RunFolder folder = RunFolder.open(path);
        try {
            RunRecord record = RunFolder.record(path);
            ExperimentFile file = ExperimentFile.read(path.resolve("experiment.yaml"));
            Experiment before = file.resolve(Overrides.none()).orThrow();
            if (!before.sha256().equals(record.text("config_sha256"))) {
                throw changed(path + "/experiment.yaml", "was edited since the run began (config_sha256 differs)");
            }
            Experiment now = file.resolve(overrides).orThrow();
            refuseChanges(path, before, now, retarget);
            Checkpoint checkpoint = new CheckpointFolder(folder.checkpoints())
                    .latest()
                    .orElseThrow(() -> new FormatException(
                            FormatException.Code.TRUNCATED,
                            "run " + path,
                            "no checkpoint",
                            "one complete checkpoint",
                            "train it anew"));
            if (!checkpoint.meta().runId().equals(record.text("run_id"))) {
                throw new FormatException(
                        FormatException.Code.CHECKSUM_MISMATCH,
                        "newest checkpoint of " + path,
                        "belongs to run " + checkpoint.meta().runId(),
                        "run " + record.text("run_id"),
                        "restore the checkpoints of this run");
            }
            return new Resumption(folder, record, now, checkpoint, retarget, acceptDrift, version);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static void refuseChanges(Path path, Experiment before, Experiment now, boolean retarget) {
        Map<String, List<String>> differing = new TreeMap<>(before.differences(now));
        differing.keySet().removeIf(key -> MAY_CHANGE.matcher(key).matches() || retarget && key.equals("target"));
        if (!differing.isEmpty()) {
            StringBuilder keys = new StringBuilder();
            differing.forEach((key, values) -> keys.append(keys.isEmpty() ? "" : ", ")
                    .append(key)
                    .append(' ')
                    .append(values.get(0))
                    .append(" -> ")
                    .append(values.get(1)));
            throw changed("run " + path, keys.toString());
        }
    }

    private static ExperimentException changed(String thing, String value) {
        return new ExperimentException(
                ExperimentException.Code.CONFIG_CHANGED,
                thing,
                value,
                "training.epochs, snapshots, stop_after, record, report, require, reference; target with --retarget",
                "undo the change, or start a new run with --from");
    }

    /** Refuses a chip or a program that would not go on exactly. */
    void checkChip(OpenedExecutor opened) {
        if (!retarget && !opened.chipId().equals(checkpoint.meta().chipId())) {
            throw new CalibrationException(
                    OTHER_CHIP,
                    "chip of run " + folder.path(),
                    opened.chipId(),
                    "chip " + checkpoint.meta().chipId() + ", which it began on",
                    "say --retarget to go on with another chip");
        }
        if (!acceptDrift && !version.equals(checkpoint.meta().productVersion())) {
            throw new UnsupportedOnTargetException(
                    UNSUPPORTED_ON_TARGET,
                    ErrorDetail.of(
                            "run " + folder.path(),
                            "written by version " + checkpoint.meta().productVersion(),
                            "this version " + version,
                            "resume with that version, or say --accept-drift"),
                    null);
        }
    }

    String announcement() {
        int epoch = checkpoint.meta().epoch();
        int batch = checkpoint.meta().batch();
        return "continuing after epoch " + epoch + (batch == 0 ? "" : ", batch " + batch)
                + " (newest complete checkpoint) of " + folder.path();
    }

    /** What target.json says so far. */
    List<Object> connections() {
        try {
            return JsonTree.toTree(JsonTree.parse(Files.readString(folder.path().resolve("target.json"))))
                            instanceof List<?> list
                    ? List.copyOf(list)
                    : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    RunFolder folder() {
        return folder;
    }

    RunRecord record() {
        return record;
    }

    Experiment experiment() {
        return experiment;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public void close() {
        folder.close();
    }
}
