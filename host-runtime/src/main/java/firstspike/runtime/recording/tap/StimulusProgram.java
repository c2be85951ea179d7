package firstspike.runtime.recording.tap;

import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.SpikeTrainWriter;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.EventRecordingConfig;
import firstspike.runtime.session.ProgramBody;

/**
 * Sends spikes and records what comes: recording on, timer reset, a marker as time zero, the spikes, a marker at the end, and
 * recording off once the last answers have arrived. The words are those of a batch with the same events, so that what a log
 * kept of either can be run again (inloop.md 13 step 3).
 *
 * @param ticks release time of each spike after time zero, 1 or more, never descending; kept, not copied
 * @param labels 16 bit, as many
 * @param count so many of the arrays
 * @param endTick when recording ends
 */
public record StimulusProgram(long[] ticks, short[] labels, int count, long endTick)
        implements ProgramBody<StimulusProgram.Window> {

    /** Suits every fabric (playback.md 4.10). */
    private static final long SETTLE_TICKS = 1000;

    static final int RECORDING = new EventRecordingConfig(true).writeAddresses()[0];
    static final int ON = new EventRecordingConfig(true).words()[0];
    private static final int OFF = new EventRecordingConfig(false).words()[0];

    /**
     * Tickets of both markers.
     *
     * @param begin time zero
     * @param end of the recording
     */
    public record Window(Ticket<Marker> begin, Ticket<Marker> end) {}

    @Override
    public Window append(PlaybackProgramBuilder builder) {
        builder.write(RECORDING, ON).timerReset();
        Ticket<Marker> begin = builder.marker();
        long cursor = SpikeTrainWriter.append(builder, 1, ticks, labels, count);
        if (endTick > cursor) {
            builder.waitUntil(endTick - 1);
        }
        Ticket<Marker> end = builder.marker();
        builder.settle(SETTLE_TICKS).write(RECORDING, OFF).barrier(Barrier.OMNIBUS);
        return new Window(begin, end);
    }
}
