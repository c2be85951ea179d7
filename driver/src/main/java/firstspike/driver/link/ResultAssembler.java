package firstspike.driver.link;

import firstspike.driver.message.TraceMessages;
import firstspike.driver.playback.ResponseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The host's end of the trace: decodes messages into the columns of a result by the rule of wire.md 9, where every message
 * advances the clock by one and time messages set it. Mutable; one owner thread; made anew for each program.
 */
public final class ResultAssembler implements TraceMessages {

    private static final long SYSTIME_MASK = (1L << 43) - 1;
    private static final int SUSPECT_TICKS = 120;
    private static final long LONGEST_DELTA = 1L << 32;

    private final LongColumn[] values = columns();
    private final LongColumn[] times = columns();
    private final LongColumn spikeTimes = new LongColumn();
    private final long[] packs = new long[4];
    private final List<Notification> notifications = new ArrayList<>();
    private short[] label = new short[256];
    private byte[] stamp = new byte[256];
    private long now;
    private boolean timed;
    private long suspectTimes;
    private long unexpectedNotifications;
    private boolean halted;

    @Override
    public void systime(long ticks) {
        now = ticks;
        timed = true;
    }

    @Override
    public void sysdelta(int ticks) {
        advance();
        now = now + ticks & SYSTIME_MASK;
    }

    @Override
    public void jtag(long value) {
        record(ResponseKind.JTAG, value);
    }

    @Override
    public void omnibus(int value) {
        record(ResponseKind.OMNIBUS, value & 0xffff_ffffL);
    }

    @Override
    public void loopback(boolean halt) {
        if (halt) {
            advance();
            halted = true;
        } else {
            record(ResponseKind.LOOPBACK, 1);
        }
    }

    @Override
    public void linkNotification(int bits) {
        advance();
        Notification notification = new Notification(now, bits);
        notifications.add(notification);
        if (!notification.linkUp()) {
            unexpectedNotifications++;
        }
    }

    @Override
    public void timeout(long index, int traceStall, int omnibusReads) {
        advance();
    }

    @Override
    public void spikes(int count, int first, int second, int third) {
        advance();
        packs[count]++;
        spike(first);
        if (count > 1) {
            spike(second);
        }
        if (count > 2) {
            spike(third);
        }
    }

    @Override
    public void samples(int count, int first, int second, int third) {
        advance();
    }

    private void spike(int word) {
        int at = spikeTimes.size();
        if (at == label.length) {
            label = Arrays.copyOf(label, 2 * at);
            stamp = Arrays.copyOf(stamp, 2 * at);
        }
        label[at] = (short) word;
        stamp[at] = (byte) (word >>> 16);
        spikeTimes.add(now);
        if (timed && (now - SpikeColumns.chipTime(now, word >>> 16) & SYSTIME_MASK) > SUSPECT_TICKS) {
            suspectTimes++;
        }
    }

    private void record(ResponseKind kind, long value) {
        advance();
        values[kind.ordinal()].add(value);
        times[kind.ordinal()].add(now);
    }

    private void advance() {
        now = now + 1 & SYSTIME_MASK;
    }

    /** Number of spikes so far. */
    public int spikeCount() {
        return spikeTimes.size();
    }

    /** Number of responses of a kind so far. */
    public int responses(ResponseKind kind) {
        return values[kind.ordinal()].size();
    }

    /** Trace messages with 1, 2 or 3 spikes. */
    public long packs(int spikesInPack) {
        return packs[spikesInPack];
    }

    /** Spikes whose chip time may be aliased (playback.md 2.4). */
    public long suspectTimes() {
        return suspectTimes;
    }

    /** Notifications that do not say that a link came up. */
    public long unexpectedNotifications() {
        return unexpectedNotifications;
    }

    /** Whether the halt arrived. */
    public boolean halted() {
        return halted;
    }

    /** Fills a result with everything that was decoded. */
    public void fill(RunResult.Builder result) {
        for (ResponseKind kind : ResponseKind.values()) {
            result.responses(kind, values[kind.ordinal()].toArray(), times[kind.ordinal()].toArray());
        }
        result.spikes(spikeColumns()).notifications(notifications);
    }

    /** All spikes; where time went back by a synchronisation, or on by 2^32 ticks, a new part begins. */
    private SpikeColumns spikeColumns() {
        long[] ticks = spikeTimes.toArray();
        List<SpikeColumns> parts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= ticks.length; i++) {
            if (i == ticks.length || ticks[i] < ticks[i - 1] || ticks[i] - ticks[i - 1] >= LONGEST_DELTA) {
                parts.add(SpikeColumns.ofTimes(
                        Arrays.copyOfRange(label, from, i),
                        Arrays.copyOfRange(stamp, from, i),
                        from == 0 && i == ticks.length ? ticks : Arrays.copyOfRange(ticks, from, i)));
                from = i;
            }
        }
        return SpikeColumns.join(parts);
    }

    private static LongColumn[] columns() {
        LongColumn[] columns = new LongColumn[ResponseKind.values().length];
        Arrays.setAll(columns, i -> new LongColumn());
        return columns;
    }

    /** A growing array of longs. */
    private static final class LongColumn {

        private long[] values = new long[16];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
