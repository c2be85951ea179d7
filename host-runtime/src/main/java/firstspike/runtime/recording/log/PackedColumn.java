package firstspike.runtime.recording.log;

import java.util.Arrays;

/**
 * A repeated number of a chunk: where its bytes are, packed in one piece as we write it, or in many. Values are counted and
 * the count is checked before anything is allocated. Mutable, one owner thread.
 */
final class PackedColumn {

    private final String name;
    private final byte[] bytes;
    private int[] bounds = new int[2];
    private int pieces;
    private int count;

    PackedColumn(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Takes the current field, packed or not. */
    void take(WireInput input) throws MalformedPayload {
        int from = input.at();
        if (input.type() == WireInput.DELIMITED) {
            int length = input.delimited();
            from = input.at() - length;
        } else {
            input.varint();
        }
        if (from == input.at()) {
            return;
        }
        if (bytes[input.at() - 1] < 0) {
            throw MalformedPayload.column(name, "ends inside a number");
        }
        if (2 * pieces == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * pieces] = from;
        bounds[2 * pieces + 1] = input.at();
        pieces++;
        count += Varint.count(bytes, from, input.at());
    }

    int count() {
        return count;
    }

    /** Running sums from a first tick. */
    long[] ticks(long first) throws MalformedPayload {
        long[] ticks = new long[count];
        long tick = first;
        int i = 0;
        for (int piece = 0; piece < pieces; piece++) {
            int at = bounds[2 * piece];
            int to = bounds[2 * piece + 1];
            while (at < to) {
                long delta = bytes[at++];
                if (delta < 0) {
                    delta &= 0x7f;
                    int shift = 7;
                    byte next;
                    do {
                        next = bytes[at++];
                        delta |= (long) (next & 0x7f) << shift;
                        shift += 7;
                    } while (next < 0 && shift < 70);
                    if (next < 0) {
                        throw MalformedPayload.column(name, "number of more than " + Varint.MOST + " bytes");
                    }
                }
                long before = tick;
                tick += delta;
                if (delta < 0 || tick < before || tick > Limits.TICK) {
                    throw MalformedPayload.column(name, "event " + i + " lies beyond 2^62 ticks");
                }
                ticks[i++] = tick;
            }
        }
        if (count > 0 && ticks[0] < -Limits.TICK) {
            throw MalformedPayload.column(name, "event 0 lies before -2^62 ticks");
        }
        return ticks;
    }

    /** Labels of 16 bits. */
    short[] labels() throws MalformedPayload {
        short[] labels = new short[count];
        int i = 0;
        for (int piece = 0; piece < pieces; piece++) {
            int at = bounds[2 * piece];
            int to = bounds[2 * piece + 1];
            while (at < to) {
                int label = bytes[at++];
                if (label < 0) {
                    label &= 0x7f;
                    byte next = bytes[at++];
                    label |= (next & 0x7f) << 7;
                    if (next < 0) {
                        next = bytes[at++];
                        // 0 to 3 in the third byte is all that 16 bits can have
                        if (next < 0 || next > 3) {
                            throw MalformedPayload.column(name, "event " + i + " has a label above 65535");
                        }
                        label |= next << 14;
                    }
                }
                labels[i++] = (short) label;
            }
        }
        return labels;
    }

    /** Numbers of 32 bits, none of them negative. */
    int[] values() throws MalformedPayload {
        int[] values = new int[count];
        int i = 0;
        for (int piece = 0; piece < pieces; piece++) {
            int at = bounds[2 * piece];
            int to = bounds[2 * piece + 1];
            while (at < to) {
                long value = 0;
                int shift = 0;
                byte next;
                do {
                    next = bytes[at++];
                    value |= (long) (next & 0x7f) << shift;
                    shift += 7;
                } while (next < 0 && shift < 35);
                if (next < 0 || value > Integer.MAX_VALUE) {
                    throw MalformedPayload.column(name, "event " + i + " has a value above 2^31 - 1");
                }
                values[i++] = (int) value;
            }
        }
        return values;
    }
}
