package firstspike.runtime.recording.replay;

/**
 * What of a log is run again.
 *
 * @param firstProgram number in the log of the first one
 * @param lastProgram of the last one
 * @param compare whether spikes are held against the recorded ones
 * @param toleranceTicks that a spike may be earlier or later
 * @param setUpsNeeded whether a log without set-ups is refused, because nothing else configures the chip
 */
public record ReplayRequest(
        long firstProgram, long lastProgram, boolean compare, long toleranceTicks, boolean setUpsNeeded) {}
