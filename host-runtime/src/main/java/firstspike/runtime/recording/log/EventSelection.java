package firstspike.runtime.recording.log;

/**
 * Which spikes of a log are wanted.
 *
 * @param fromTick first tick of its program
 * @param toTick last tick of its program
 * @param fromProgram first program
 * @param toProgram last program
 * @param direction only this one; null: both
 * @param population only this one; null: all, labels without a population included
 */
public record EventSelection(
        long fromTick, long toTick, long fromProgram, long toProgram, SpikeDirection direction, String population) {

    /** Everything. */
    public static EventSelection all() {
        return new EventSelection(Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, null, null);
    }

    /** Whether a chunk may hold wanted spikes. */
    boolean touches(SpikeChunk chunk) {
        return chunk.program() >= fromProgram
                && chunk.program() <= toProgram
                && chunk.lastTick() >= fromTick
                && chunk.firstTick() <= toTick
                && (direction == null || direction == chunk.direction());
    }
}
