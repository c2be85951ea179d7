package firstspike.experiments.run;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.MetricsLog;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the files of a run before it goes on: those that are added to must be as the run left them. */
final class KeptFiles {

    /** What is added to, and cannot be made again from a checkpoint. */
    private static final Pattern ADDED_TO =
            Pattern.compile("metrics\\.jsonl|best|spikes(-[0-9]+)?\\.fslog|events\\.out\\.tfevents\\..*");
    /** Verified by themselves when they are read. */
    private static final Pattern CHECKPOINTS = Pattern.compile("checkpoints/.*");

    private final RunFolder folder;
    private final RunRecord record;

    KeptFiles(RunFolder folder, RunRecord record) {
        this.folder = folder;
        this.record = record;
    }

    /**
     * @param lines of metrics that the checkpoint has behind it, epoch 0 among them
     * @return sentences about files that are missing or changed and will be written anew
     * @throws FormatException {@code CHECKSUM_MISMATCH} for a file that is added to and is not as it was, {@code TRUNCATED}
     *     when metrics of epochs before the checkpoint are missing
     */
    List<String> check(int lines) {
        List<String> warnings = new ArrayList<>();
        if (record.get("files") instanceof Map<?, ?> inventory) {
            for (RunFolder.Changed changed : folder.changedSince(inventory)) {
                if (ADDED_TO.matcher(changed.name()).matches()) {
                    throw new FormatException(
                            FormatException.Code.CHECKSUM_MISMATCH,
                            "file " + changed.name() + " of run " + folder.path(),
                            changed.state(),
                            "as run.json has it",
                            "restore it from a copy, or start a new run with --from " + folder.path());
                }
                if (!CHECKPOINTS.matcher(changed.name()).matches()) {
                    warnings.add(changed.name() + " " + changed.state() + " since the run stopped");
                }
            }
        }
        checkMetrics(lines, warnings);
        return warnings;
    }

    /** A killed process left no inventory; its metrics must still reach its checkpoint. */
    private void checkMetrics(int lines, List<String> warnings) {
        MetricsLog.Content content = folder.metrics().read();
        BitSet there = new BitSet();
        content.lines().forEach(line -> there.set(Math.max(0, line.path("epoch").asInt())));
        int missing = there.nextClearBit(0);
        if (missing < lines) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    "metrics.jsonl of run " + folder.path(),
                    "no line of epoch " + missing,
                    "epochs 0 to " + (lines - 1) + ", which its checkpoint has behind it",
                    "restore it from a copy, or start a new run with --from " + folder.path());
        }
        if (content.torn() > 0) {
            warnings.add("metrics.jsonl: " + content.torn() + " torn lines are dropped");
        }
    }
}
