package firstspike.runtime.recording.log;

import java.io.IOException;
import java.util.Arrays;

/** Samples of one program and channel that are being collected, then wait to be written as one chunk. Guarded by the queue. */
final class OpenSamples implements PendingRecord {

    private final long program;
    private final Channel channel;
    private final long firstNanos;
    private long[] ticks = new long[64];
    private int[] values = new int[64];
    private int size;

    OpenSamples(long program, Channel channel, long firstNanos) {
        this.program = program;
        this.channel = channel;
        this.firstNanos = firstNanos;
    }

    int add(long[] newTicks, int[] newValues, int from, int count) {
        int taken = Math.min(count, Limits.CHUNK_EVENTS - size);
        int room = size + taken;
        if (room > ticks.length) {
            int grown = Math.min(Limits.CHUNK_EVENTS, Math.max(room, 2 * ticks.length));
            ticks = Arrays.copyOf(ticks, grown);
            values = Arrays.copyOf(values, grown);
        }
        System.arraycopy(newTicks, from, ticks, size, taken);
        System.arraycopy(newValues, from, values, size, taken);
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
            values = StableOrder.apply(values, order);
        }
        output.samples(program, channel.converter(), channel.number(), channel.source(), ticks, values, size);
    }

    /**
     * What a chunk never mixes.
     *
     * @param converter which one
     * @param number of the channel
     * @param source what it was connected to, empty when unknown
     */
    record Channel(SampleConverter converter, int number, String source) {}
}
