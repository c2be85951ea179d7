package firstspike.experiments.stimulus;

/**
 * Stimulus of one program; each event has a tick of its own on its channel. The arrays are not to be written.
 *
 * @param number program of the file that it belongs to
 * @param startTick where in that program it begins; above 0 when the program was cut
 * @param ticks of release after time zero, never descending
 * @param labels 16 bit, as many
 * @param endTick when the recording ends
 * @param moved events that found their tick full
 * @param largestMove by so many ticks
 */
public record PlannedProgram(
        long number, long startTick, long[] ticks, short[] labels, long endTick, long moved, long largestMove) {

    /** Number of events. */
    public int count() {
        return ticks.length;
    }
}
