package firstspike.driver.remote;

import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;
import java.nio.ByteBuffer;

/** Where the records of one program's result go, checked and in their order. One owner thread. */
interface PartSink {

    /** The first call. */
    void header(Provenance provenance);

    /**
     * @param kind of all of them
     * @param first position of the first one among those of its kind
     * @param values so many 64-bit numbers, in the order of the buffer
     * @param times as many, ticks
     */
    void responses(ResponseKind kind, int first, ByteBuffer values, ByteBuffer times);

    /** @param spikes at least one */
    void spikes(SpikeColumns spikes);

    /** @param samples at least one */
    void samples(SampleColumns samples);

    /** @param notification change of a link */
    void notification(Notification notification);

    /** The last call; whether the whole result is valid is known only at its footer. */
    void health(RunHealth health);
}
