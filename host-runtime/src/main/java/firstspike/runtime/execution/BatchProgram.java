package firstspike.runtime.execution;

import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.SpikeTrainWriter;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.EventRecordingConfig;
import firstspike.runtime.mapping.Stimulus;
import firstspike.runtime.network.ChipSettings.TimeZero;
import firstspike.runtime.session.ProgramBody;

/**
 * The program of one batch (inloop.md 13 step 3): recording on, timer reset, a marker as time zero, the events, a marker at
 * the end of the last window, and recording off once the last spikes have arrived.
 */
record BatchProgram(Stimulus stimulus, long endTick, TimeZero timeZero) implements ProgramBody<BatchProgram.Window> {

    /** Suits every fabric (playback.md 4.10). */
    private static final long SETTLE_TICKS = 1000;

    private static final int RECORDING = new EventRecordingConfig(true).writeAddresses()[0];
    private static final int ON = new EventRecordingConfig(true).words()[0];
    private static final int OFF = new EventRecordingConfig(false).words()[0];

    /** Tickets of both markers. */
    record Window(Ticket<Marker> begin, Ticket<Marker> end) {}

    @Override
    public Window append(PlaybackProgramBuilder builder) {
        if (timeZero == TimeZero.SYNC_AND_RESET) {
            builder.systimeSync(true).barrier(Barrier.SYSTIME);
        }
        builder.write(RECORDING, ON).timerReset();
        Ticket<Marker> begin = builder.marker();
        long cursor = SpikeTrainWriter.append(builder, 1, stimulus.ticks(), stimulus.labels(), stimulus.count());
        if (endTick > cursor) {
            builder.waitUntil(endTick - 1);
        }
        Ticket<Marker> end = builder.marker();
        builder.settle(SETTLE_TICKS).write(RECORDING, OFF).barrier(Barrier.OMNIBUS);
        return new Window(begin, end);
    }
}
