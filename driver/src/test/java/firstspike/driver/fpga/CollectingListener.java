package firstspike.driver.fpga;

import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;
import java.util.EnumMap;
import java.util.Map;

/** Counts what a streamed run delivers and keeps no column. */
class CollectingListener implements RunListener {

    private final Map<ResponseKind, Long> responses = new EnumMap<>(ResponseKind.class);
    private long spikes;
    private long labels;
    private long calls;
    private RunHealth health;
    private Provenance provenance;

    @Override
    public void spikes(SpikeColumns columns) {
        calls++;
        spikes += columns.size();
        for (int i = 0; i < columns.size(); i++) {
            labels += columns.label(i);
        }
    }

    @Override
    public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
        calls++;
        long before = responses.getOrDefault(kind, 0L);
        if (before != firstPosition) {
            throw new AssertionError(kind + " answers from " + firstPosition + " (wanted: " + before + ")");
        }
        responses.put(kind, before + values.length);
    }

    @Override
    public void ran(Provenance origin) {
        provenance = origin;
    }

    @Override
    public void finished(RunHealth runHealth) {
        health = runHealth;
    }

    long responses(ResponseKind kind) {
        return responses.getOrDefault(kind, 0L);
    }

    long spikes() {
        return spikes;
    }

    long labels() {
        return labels;
    }

    long calls() {
        return calls;
    }

    RunHealth health() {
        return health;
    }

    Provenance provenance() {
        return provenance;
    }
}
