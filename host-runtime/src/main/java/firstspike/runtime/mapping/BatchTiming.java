package firstspike.runtime.mapping;

import firstspike.driver.playback.Ticks;
import firstspike.runtime.network.ChipSettings;

/**
 * How the samples of a batch lie in time, in ticks after the batch's time zero (inloop.md 13).
 *
 * @param ticksPerTau ticks of one unit of time
 * @param windowTicks ticks a sample has
 * @param offsetTicks ticks before the first sample
 */
public record BatchTiming(double ticksPerTau, long windowTicks, long offsetTicks) {

    /** Virtual time between two programs on an emulator, microseconds (playback.md 4.9). */
    static final double PROGRAM_GAP_US = 1000;
    /** After so many time constants without input a membrane is exactly at rest (analog.md 9). */
    static final double REST = 24;

    /**
     * Timing of the settings, with a longer offset where a slow neuron could not come to rest between two batches.
     *
     * @param settings tau, window, offset
     * @param slowestUs largest time constant on the chip, microseconds
     * @return the timing
     */
    static BatchTiming of(ChipSettings settings, double slowestUs) {
        double ticksPerTau = settings.tauUs() * Ticks.PER_MICROSECOND;
        double offsetUs = Math.max(settings.timingOffsetUs(), Math.ceil(REST * slowestUs - PROGRAM_GAP_US));
        return new BatchTiming(ticksPerTau, (long) Math.rint(settings.windowTau() * ticksPerTau), (long)
                Math.rint(offsetUs * Ticks.PER_MICROSECOND));
    }

    /**
     * @param samples of a batch
     * @return tick at which the last window ends
     */
    public long endTick(int samples) {
        return offsetTicks + samples * windowTicks;
    }
}
