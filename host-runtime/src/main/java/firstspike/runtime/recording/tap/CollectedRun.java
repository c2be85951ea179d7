package firstspike.runtime.recording.tap;

import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes a result of the parts of a streamed run; one owner thread. */
final class CollectedRun implements RunListener {

    private final List<SpikeColumns> spikes = new ArrayList<>();
    private final List<SampleColumns> samples = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private final Map<ResponseKind, List<long[]>> values = new EnumMap<>(ResponseKind.class);
    private final Map<ResponseKind, List<long[]>> times = new EnumMap<>(ResponseKind.class);
    private final RunResult.Builder result = RunResult.builder();

    @Override
    public void spikes(SpikeColumns part) {
        spikes.add(part);
    }

    @Override
    public void samples(SampleColumns part) {
        samples.add(part);
    }

    @Override
    public void responses(ResponseKind kind, long firstPosition, long[] partValues, long[] fpgaTimes) {
        values.computeIfAbsent(kind, key -> new ArrayList<>()).add(partValues);
        times.computeIfAbsent(kind, key -> new ArrayList<>()).add(fpgaTimes);
    }

    @Override
    public void notification(Notification notification) {
        notifications.add(notification);
    }

    @Override
    public void ran(Provenance provenance) {
        result.provenance(provenance);
    }

    @Override
    public void finished(RunHealth health) {
        result.health(health);
    }

    RunResult result() {
        values.forEach((kind, parts) -> result.responses(kind, joined(parts), joined(times.get(kind))));
        return result.spikes(spikes.isEmpty() ? SpikeColumns.empty() : SpikeColumns.join(spikes))
                .samples(samples.isEmpty() ? SampleColumns.empty() : SampleColumns.join(samples))
                .notifications(notifications)
                .build();
    }

    private static long[] joined(List<long[]> parts) {
        long[] all = new long[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (long[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
