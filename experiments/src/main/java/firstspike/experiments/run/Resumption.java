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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    private final CheckpointFolder.Found found;
    private final List<String> changed;
    private final boolean retarget;
    private final boolean acceptDrift;
    private final String version;

    private Resumption(
            RunFolder folder,
            RunRecord record,
            Experiment experiment,
            CheckpointFolder.Found found,
            List<String> changed,
            boolean retarget,
            boolean acceptDrift,
            String version) {
        this.folder = folder;
        this.record = record;
        this.experiment = experiment;
        this.found = found;
        this.changed = List.copyOf(changed);
        this.retarget = retarget;
        this.acceptDrift = acceptDrift;
        this.version = version;
    }

    /**
     * Takes a run over.
     *
     * @param path of its folder
     * @param overrides of the command line
     * @param epoch of the checkpoint to go on from; empty: the newest that verifies
     * @param retarget the target may be another one
     * @param acceptDrift another version of the program may go on
     * @param version of this program
     * @return the run, locked; the caller closes it
     */
    public static Resumption open(
            Path path, Overrides overrides, OptionalInt epoch, boolean retarget, boolean acceptDrift, String version) {
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
            CheckpointFolder checkpoints = new CheckpointFolder(folder.checkpoints());
            CheckpointFolder.Found found = epoch.isPresent()
                    ? checkpoints.after(epoch.getAsInt())
                    : checkpoints
                            .newest()
                            .orElseThrow(() -> new FormatException(
                                    FormatException.Code.TRUNCATED,
                                    "run " + path,
                                    "no checkpoint",
                                    "one complete checkpoint",
                                    "train it anew"));
            Checkpoint checkpoint = found.checkpoint();
            if (!checkpoint.meta().runId().equals(record.text("run_id"))) {
                throw new FormatException(
                        FormatException.Code.CHECKSUM_MISMATCH,
                        "newest checkpoint of " + path,
                        "belongs to run " + checkpoint.meta().runId(),
                        "run " + record.text("run_id"),
                        "restore the checkpoints of this run");
            }
            refuseEarlierEnd(path, now, checkpoint);
            List<String> changed = new KeptFiles(folder, record).check(lines(checkpoint));
            return new Resumption(folder, record, now, found, changed, retarget, acceptDrift, version);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Lines of metrics that a checkpoint has behind it. */
    private static int lines(Checkpoint checkpoint) {
        return checkpoint.history().values().stream()
                .mapToInt(series -> series.length)
                .max()
                .orElse(0);
    }

    /** Refuses an end that the run has passed: nothing could be trained, and all that it has would be drawn anew. */
    private static void refuseEarlierEnd(Path path, Experiment now, Checkpoint checkpoint) {
        int begun = checkpoint.meta().epoch() + (checkpoint.meta().batch() == 0 ? 0 : 1);
        if (now.training().epochs() < begun) {
            throw new ExperimentException(
                    ExperimentException.Code.VALUE_OUT_OF_RANGE,
                    "training.epochs of run " + path,
                    String.valueOf(now.training().epochs()),
                    "at least " + begun + ", where it stands",
                    "give a later end, or an earlier checkpoint with --checkpoint N");
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
        if (!retarget && !opened.chipId().equals(checkpoint().meta().chipId())) {
            throw new CalibrationException(
                    OTHER_CHIP,
                    "chip of run " + folder.path(),
                    opened.chipId(),
                    "chip " + checkpoint().meta().chipId() + ", which it began on",
                    "say --retarget to go on with another chip");
        }
        if (!acceptDrift && !version.equals(checkpoint().meta().productVersion())) {
            throw new UnsupportedOnTargetException(
                    UNSUPPORTED_ON_TARGET,
                    ErrorDetail.of(
                            "run " + folder.path(),
                            "written by version " + checkpoint().meta().productVersion(),
                            "this version " + version,
                            "resume with that version, or say --accept-drift"),
                    null);
        }
    }

    String announcement() {
        int epoch = checkpoint().meta().epoch();
        int batch = checkpoint().meta().batch();
        return "continuing after epoch " + epoch + (batch == 0 ? "" : ", batch " + batch) + " (" + found.name()
                + ") of " + folder.path();
    }

    /** What is not as it was: checkpoints that were passed over, files that will be written anew. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(changed);
        found.passedOver().forEach(text -> warnings.add("checkpoint passed over, it does not verify: " + text));
        return warnings;
    }

    /** Makes its checkpoint the one that an interrupted process would go on from. */
    void begin() {
        new CheckpointFolder(folder.checkpoints()).goOnFrom(found);
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
        return found.checkpoint();
    }

    @Override
    public void close() {
        folder.close();
    }
}
