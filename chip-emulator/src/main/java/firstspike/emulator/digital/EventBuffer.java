package firstspike.emulator.digital;

import java.util.Arrays;

/** Keeps the events of a window until it is known that they hold. Owned by one thread at a time. */
final class EventBuffer implements FabricSink {
    private long[] tick = new long[256];
    private int[] event = new int[256];
    private int size;

    @Override
    public void event(long atTick, int label, int stamp) {
        if (size == tick.length) {
            tick = Arrays.copyOf(tick, 2 * size);
            event = Arrays.copyOf(event, 2 * size);
        }
        tick[size] = atTick;
        event[size++] = stamp << 16 | label;
    }

    @Override
    public void sample(long atTick, int raw, int stamp) {
        throw new IllegalStateException("a window records no sample, yet one was taken at tick " + atTick);
    }

    @Override
    public void value(long atTick, int value) {
        throw new IllegalStateException("a window reads no register, yet one was sampled at tick " + atTick);
    }

    /** Hands all events on, in their order. */
    void replay(FabricSink sink) {
        for (int i = 0; i < size; i++) {
            sink.event(tick[i], event[i] & 0xFFFF, event[i] >>> 16);
        }
    }
}
