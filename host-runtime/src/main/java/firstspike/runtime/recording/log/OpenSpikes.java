package firstspike.runtime.recording.log;

import java.io.IOException;
import java.util.Arrays;

/** Spikes of one program and direction that are being collected, then wait to be written as one chunk. Guarded by the queue. */
final class OpenSpikes implements PendingRecord {

    private final long program;
    private final SpikeDirection direction;
    private final boolean withDelays;
    private final long firstNanos;
    private long[] ticks;
    private short[] labels;
    private int[] delays;
    private int size;

    OpenSpikes(long program, SpikeDirection direction, boolean withDelays, long firstNanos, int expected) {
        this.program = program;
        this.direction = direction;
        this.withDelays = withDelays;
        this.firstNanos = firstNanos;
        int room = Math.max(64, Math.min(expected, Limits.CHUNK_EVENTS));
        ticks = new long[room];
        labels = new short[room];
        delays = withDelays ? new int[room] : null;
    }

    boolean takes(boolean delaysToo) {
        return size == 0 || withDelays == delaysToo;
    }

    /** Takes as many as it may hold; returns how many. */
    int add(long[] newTicks, short[] newLabels, int[] newDelays, int from, int count) {
        int taken = Math.min(count, Limits.CHUNK_EVENTS - size);
        int room = size + taken;
        if (room > ticks.length) {
            int grown = Math.min(Limits.CHUNK_EVENTS, Math.max(room, 2 * ticks.length));
            ticks = Arrays.copyOf(ticks, grown);
            labels = Arrays.copyOf(labels, grown);
            delays = withDelays ? Arrays.copyOf(delays, grown) : null;
        }
        System.arraycopy(newTicks, from, ticks, size, taken);
        System.arraycopy(newLabels, from, labels, size, taken);
        if (withDelays) {
            System.arraycopy(newDelays, from, delays, size, taken);
        }
        size += taken;
        return taken;
    }

    boolean isFull() {
        return size == Limits.CHUNK_EVENTS;
    }

    int size() {
        return size;
    }

    long firstNanos() {
        return firstNanos;
    }

    @Override
    public int weight() {
        return LogQueue.weight(size);
    }

    @Override
    public void write(LogOutput output) throws IOException {
        int[] order = StableOrder.of(ticks, size);
        if (order != null) {
            ticks = StableOrder.apply(ticks, order);
            labels = StableOrder.apply(labels, order);
            delays = withDelays ? StableOrder.apply(delays, order) : null;
        }
        output.spikes(program, direction, ticks, labels, delays, 0, size);
    }
}
