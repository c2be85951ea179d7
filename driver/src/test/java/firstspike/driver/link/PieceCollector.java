package firstspike.driver.link;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.playback.ResponseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Puts the pieces of a streamed run together again and checks positions and sizes. A published fixture. */
public final class PieceCollector implements RunListener {

    private final int largestPiece;
    private final List<SpikeColumns> spikes = new ArrayList<>();
    private final List<SampleColumns> samples = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private final LongStream.Builder[] values = new LongStream.Builder[ResponseKind.values().length];
    private final LongStream.Builder[] times = new LongStream.Builder[ResponseKind.values().length];
    private final long[] received = new long[ResponseKind.values().length];
    private RunHealth health;

    /** @param largestPiece most events or answers in one call */
    public PieceCollector(int largestPiece) {
        this.largestPiece = largestPiece;
        for (int i = 0; i < values.length; i++) {
            values[i] = LongStream.builder();
            times[i] = LongStream.builder();
        }
    }

    @Override
    public void spikes(SpikeColumns piece) {
        assertThat(piece.size()).isBetween(1, largestPiece);
        spikes.add(piece);
    }

    @Override
    public void samples(SampleColumns piece) {
        assertThat(piece.size()).isBetween(1, largestPiece);
        samples.add(piece);
    }

    @Override
    public void responses(ResponseKind kind, long firstPosition, long[] answers, long[] fpgaTimes) {
        int k = kind.ordinal();
        assertThat(answers.length).isBetween(1, largestPiece).isEqualTo(fpgaTimes.length);
        assertThat(firstPosition).isEqualTo(received[k]);
        LongStream.of(answers).forEach(values[k]);
        LongStream.of(fpgaTimes).forEach(times[k]);
        received[k] += answers.length;
    }

    @Override
    public void notification(Notification notification) {
        notifications.add(notification);
    }

    @Override
    public void finished(RunHealth runHealth) {
        assertThat(health).isNull();
        health = runHealth;
    }

    /** All spikes in order. */
    public SpikeColumns spikes() {
        return SpikeColumns.join(spikes);
    }

    /** All samples in order. */
    public SampleColumns samples() {
        return SampleColumns.join(samples);
    }

    /** All notifications in order. */
    public List<Notification> notifications() {
        return notifications;
    }

    /** All values of a kind; may be asked once. */
    public long[] values(ResponseKind kind) {
        return values[kind.ordinal()].build().toArray();
    }

    /** All times of a kind; may be asked once. */
    public long[] times(ResponseKind kind) {
        return times[kind.ordinal()].build().toArray();
    }

    /** Number of answers of a kind. */
    public long received(ResponseKind kind) {
        return received[kind.ordinal()];
    }

    /** The health that ended the run, or null while it runs. */
    public RunHealth health() {
        return health;
    }
}
