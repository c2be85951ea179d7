package firstspike.driver.remote;

import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;
import java.nio.ByteBuffer;

/** Hands the result of one program on to a listener while it arrives; nothing of it stays in memory. One owner thread. */
final class StreamedPart implements PartSink {

    private final RunListener listener;
    private Provenance provenance;
    private RunHealth health;

    StreamedPart(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public void header(Provenance origin) {
        provenance = origin;
    }

    @Override
    public void responses(ResponseKind kind, int first, ByteBuffer values, ByteBuffer times) {
        long[] value = new long[values.remaining() / Long.BYTES];
        long[] time = new long[value.length];
        values.asLongBuffer().get(value);
        times.asLongBuffer().get(time);
        listener.responses(kind, first, value, time);
    }

    @Override
    public void spikes(SpikeColumns columns) {
        listener.spikes(columns);
    }

    @Override
    public void samples(SampleColumns columns) {
        listener.samples(columns);
    }

    @Override
    public void notification(Notification notification) {
        listener.notification(notification);
    }

    @Override
    public void health(RunHealth ofRun) {
        health = ofRun;
    }

    /** The run is complete and valid. */
    void finish(SessionChanges changes) {
        listener.ran(provenance);
        listener.finished(new RunHealth(CollectedPart.counters(health, changes), health.timeBase(), health.notes()));
    }
}
