package firstspike.runtime.recording.replay;

import firstspike.runtime.recording.log.LogHealth;
import java.util.List;

/**
 * What came of a replay.
 *
 * @param programs that were run
 * @param torn programs among them whose recording did not come to its end
 * @param sent spikes to the chip
 * @param recorded spikes from the chip in the log
 * @param got spikes from the chip now
 * @param differences how many; 0 when nothing was compared
 * @param first of the differences, by program and tick
 * @param health of the log
 */
public record ReplayResult(
        long programs,
        long torn,
        long sent,
        long recorded,
        long got,
        long differences,
        List<SpikeDifference> first,
        LogHealth health) {

    /** Copies the list. */
    public ReplayResult {
        first = List.copyOf(first);
    }
}
