package firstspike.runtime.mapping;

/**
 * Spikes that the host sends in a batch, ascending in time; the arrays belong to the encoder and live until its next call.
 *
 * @param count number of events
 * @param ticks after time zero
 * @param labels 16 bit
 * @param moved events that found their tick full
 * @param largestMove by so many ticks
 */
public record Stimulus(int count, long[] ticks, short[] labels, long moved, long largestMove) {}
