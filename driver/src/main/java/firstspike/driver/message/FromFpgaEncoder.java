package firstspike.driver.message;

import java.util.Arrays;

/**
 * Turns trace messages into the words that an FPGA sends (wire.md 6). Complete words collect in one array that the owner
 * hands on and clears; an incomplete one waits for the next message or for {@link #flush()}. A refused message leaves the
 * state as it was. Mutable; one owner thread.
 */
public final class FromFpgaEncoder implements TraceMessages {

    private long[] words = new long[256];
    private int count;
    /** Bits that do not fill a word yet, left aligned, zeros behind them. */
    private long pending;

    private int level;

    /** Number of complete words that wait to be taken. */
    public int count() {
        return count;
    }

    /** The complete words, valid up to {@link #count()} and until the next message; not a copy. */
    public long[] words() {
        return words;
    }

    /** Bits of the incomplete word, 0 when the stream is aligned: 16, 32 or 48. */
    public int pendingBits() {
        return level;
    }

    /** Forgets the complete words after they were handed on; an incomplete one stays. */
    public void clear() {
        count = 0;
    }

    /** Completes the incomplete word with a comma and zeros; does nothing when the stream is aligned. */
    public void flush() {
        if (level > 0) {
            append(pending | 1L << 63 - level);
            pending = 0;
            level = 0;
        }
    }

    /** Begins a new stream: nothing complete, nothing incomplete. */
    public void reset() {
        count = 0;
        pending = 0;
        level = 0;
    }

    @Override
    public void systime(long ticks) {
        put(FromFpga.SYSTIME, checked(FromFpga.Kind.SYSTIME, "value", ticks, FromFpga.MAX_TIME));
    }

    @Override
    public void sysdelta(int ticks) {
        put(FromFpga.SYSDELTA, checked(FromFpga.Kind.SYSDELTA, "value", ticks, 255));
    }

    @Override
    public void jtag(long value) {
        put(FromFpga.JTAG_RESPONSE, checked(FromFpga.Kind.JTAG_RESPONSE, "value", value, (1L << 33) - 1));
    }

    @Override
    public void omnibus(int value) {
        put(FromFpga.OMNIBUS_RESPONSE, value & 0xffff_ffffL);
    }

    @Override
    public void loopback(boolean halt) {
        put(FromFpga.LOOPBACK_RESPONSE, halt ? 0 : 1);
    }

    @Override
    public void linkNotification(int bits) {
        put(FromFpga.LINK_NOTIFICATION, checked(FromFpga.Kind.HIGHSPEED_LINK_NOTIFICATION, "value", bits, 255));
    }

    @Override
    public void timeout(long index, int traceStall, int omnibusReads) {
        FromFpga.Kind kind = FromFpga.Kind.TIMEOUT_NOTIFICATION;
        put(
                FromFpga.TIMEOUT_NOTIFICATION,
                checked(kind, "omnibusReads", omnibusReads, 63) << 39
                        | checked(kind, "traceStall", traceStall, 127) << 32
                        | checked(kind, "value", index, 0xffff_ffffL));
    }

    @Override
    public void spikes(int count, int first, int second, int third) {
        events(FromFpga.SPIKE_PACK_1, "spikes", FromFpga.EVENT_MASK, count, first, second, third);
    }

    @Override
    public void samples(int count, int first, int second, int third) {
        events(FromFpga.MADC_PACK_1, "samples", FromFpga.SAMPLE_MASK, count, first, second, third);
    }

    private void events(int header, String field, int mask, int number, int first, int second, int third) {
        if (number < 1 || number > 3) {
            throw WireException.fieldRange(field, number, 1, 3);
        }
        int used = first | (number > 1 ? second : 0) | (number > 2 ? third : 0);
        if ((used & ~mask) != 0) {
            throw refused(header + number - 1, field, mask, first, second, third);
        }
        switch (number) {
            case 1 -> put(header, first);
            case 2 -> put(header + 1, (long) first << FromFpga.EVENT_BITS | second);
            default -> {
                emit((long) (header + 2) << FromFpga.HEADER_SHIFT
                        | (long) first << 32
                        | (long) second << 8
                        | third >> 16);
                pending |= (third & 0xffffL) << 48 - level;
                level += 16;
                if (level == Long.SIZE) {
                    append(pending);
                    pending = 0;
                    level = 0;
                }
            }
        }
    }

    private static WireException refused(int header, String field, int mask, int... events) {
        int bad = 0;
        while ((events[bad] & ~mask) == 0) {
            bad++;
        }
        String name = FromFpga.Kind.values()[header].messageName() + "." + field + "[" + bad + "]";
        return WireException.fieldRange(name, events[bad], 0, mask);
    }

    private void put(int header, long payload) {
        emit((long) header << FromFpga.HEADER_SHIFT | payload);
    }

    private void emit(long message) {
        if (level == 0) {
            append(message);
        } else {
            append(pending | message >>> level);
            pending = message << Long.SIZE - level;
        }
    }

    private void append(long word) {
        if (count == words.length) {
            words = Arrays.copyOf(words, 2 * count);
        }
        words[count++] = word;
    }

    private static long checked(FromFpga.Kind kind, String field, long value, long max) {
        if (value < 0 || value > max) {
            throw WireException.fieldRange(kind.messageName() + "." + field, value, 0, max);
        }
        return value;
    }
}
