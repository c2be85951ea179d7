package firstspike.experiments.bench;

import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;
import java.util.EnumMap;
import java.util.Map;

/** Counts what a streamed run delivers and keeps nothing else. One owner thread. */
final class StreamCount implements RunListener {

    private final Map<ResponseKind, Long> responses = new EnumMap<>(ResponseKind.class);
    private long spikes;
    private boolean streamed;

    @Override
    public void spikes(SpikeColumns columns) {
        spikes += columns.size();
    }

    @Override
    public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
        responses.merge(kind, (long) values.length, Long::sum);
    }

    @Override
    public void finished(RunHealth health) {
        streamed = health.streamed();
    }

    long responses(ResponseKind kind) {
        return responses.getOrDefault(kind, 0L);
    }

    long spikes() {
        return spikes;
    }

    /** Whether the program was longer than the playback memory. */
    boolean streamed() {
        return streamed;
    }
}
