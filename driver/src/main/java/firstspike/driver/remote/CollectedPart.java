package firstspike.driver.remote;

import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.RunTiming;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.ResponseKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The result of one program as it arrives, kept in memory. One owner thread. */
final class CollectedPart implements PartSink {

    private final List<Note> builderNotes;
    private final long[][] values = new long[ResponseKind.values().length][0];
    private final long[][] times = new long[ResponseKind.values().length][0];
    private final int[] received = new int[ResponseKind.values().length];
    private final List<SpikeColumns> spikes = new ArrayList<>();
    private final List<SampleColumns> samples = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private Provenance provenance;
    private RunHealth health;

    /**
     * @param builderNotes what the builder remarked; the server sees words only, so they are added here
     */
    CollectedPart(List<Note> builderNotes) {
        this.builderNotes = builderNotes;
    }

    @Override
    public void header(Provenance origin) {
        provenance = origin;
    }

    @Override
    public void responses(ResponseKind kind, int first, ByteBuffer value, ByteBuffer time) {
        int k = kind.ordinal();
        int count = value.remaining() / Long.BYTES;
        int wanted = first + count;
        if (wanted > values[k].length) {
            int capacity = first == 0 ? wanted : Math.max(wanted, 2 * values[k].length);
            values[k] = Arrays.copyOf(values[k], capacity);
            times[k] = Arrays.copyOf(times[k], capacity);
        }
        value.asLongBuffer().get(values[k], first, count);
        time.asLongBuffer().get(times[k], first, count);
        received[k] = wanted;
    }

    @Override
    public void spikes(SpikeColumns columns) {
        spikes.add(columns);
    }

    @Override
    public void samples(SampleColumns columns) {
        samples.add(columns);
    }

    @Override
    public void notification(Notification notification) {
        notifications.add(notification);
    }

    @Override
    public void health(RunHealth ofRun) {
        health = ofRun;
    }

    /**
     * The result, when all of it has come.
     *
     * @param timing of the run
     * @param changes what happened to the session meanwhile
     * @return empty while records are missing
     */
    Optional<RunResult> result(RunTiming timing, SessionChanges changes) {
        if (provenance == null || health == null) {
            return Optional.empty();
        }
        RunResult.Builder result = RunResult.builder();
        for (ResponseKind kind : ResponseKind.values()) {
            int k = kind.ordinal();
            result.responses(kind, Arrays.copyOf(values[k], received[k]), Arrays.copyOf(times[k], received[k]));
        }
        return Optional.of(result.spikes(SpikeColumns.join(spikes))
                .samples(SampleColumns.join(samples))
                .notifications(notifications)
                .health(health(changes))
                .timing(timing)
                .provenance(provenance)
                .build());
    }

    private RunHealth health(SessionChanges changes) {
        if (builderNotes.isEmpty() && changes.equals(SessionChanges.NONE)) {
            return health;
        }
        List<Note> notes = new ArrayList<>(builderNotes);
        notes.addAll(health.notes());
        return new RunHealth(counters(health, changes), health.timeBase(), notes);
    }

    /** The server's counters with what only this side knows. */
    static TreeMap<String, Long> counters(RunHealth health, SessionChanges changes) {
        TreeMap<String, Long> counters = new TreeMap<>(health.counters());
        changes.addTo(counters);
        return counters;
    }
}
