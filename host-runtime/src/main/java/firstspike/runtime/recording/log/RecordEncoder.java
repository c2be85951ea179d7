package firstspike.runtime.recording.log;

import firstspike.runtime.framing.RecordFrame;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Encodes records as frames, in the protobuf wire format of {@code firstspike.log.v1}; columns go straight from arrays to
 * bytes. Mutable, one owner thread: each method leaves one frame in {@link #bytes}, from {@link #start}, of {@link #length}.
 *
 * <p>The body is written behind room for what stands before it, whose size is known only afterwards:
 *
 * <pre>
 * 0 .. start | u64 length | u32 crc | tag | length of body | body | u32 crc
 *                                          ROOM ends here ^
 * </pre>
 */
final class RecordEncoder {

    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED64 = 1;
    private static final int TAIL = 4;
    private static final int ROOM = RecordFrame.HEADER + 1 + 5;
    private static final int FIXED_FIELDS = 128;

    private final MessageDigest sha256;
    private byte[] bytes = new byte[1 << 12];
    private int at;
    private int start;

    RecordEncoder() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every one must have", e);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return at - start;
    }

    void header(LogHeader header) {
        begin(FIXED_FIELDS);
        number(1, LogHeader.FORMAT_VERSION);
        text(2, header.runId());
        text(3, header.target());
        text(4, header.fidelity());
        text(5, header.chipId());
        text(6, header.calibrationId());
        raw(7, HexFormat.of().parseHex(header.configSha256()));
        number(8, header.tickPs());
        number(9, header.createdUnixMs());
        text(10, header.writer());
        for (LabelEntry entry : header.labels()) {
            byte[] population = entry.population().getBytes(StandardCharsets.UTF_8);
            int direction = entry.direction().number();
            int size = sizeOf(direction) + sizeOf(entry.label()) + sizeOf(population) + sizeOf(entry.neuron());
            nested(11, size);
            number(1, direction);
            number(2, entry.label());
            raw(3, population);
            number(4, entry.neuron());
        }
        finish(firstspike.proto.log.v1.LogRecord.HEADER_FIELD_NUMBER);
    }

    /** Bytes of the columns of {@code count} events. */
    static long columnBytes(long[] ticks, short[] labels, int[] delays, int from, int count) {
        return tickBytes(ticks, from, count)
                + labelBytes(labels, from, count)
                + (delays == null ? 0 : valueBytes(delays, from, count));
    }

    void spikes(
            long sequence,
            long program,
            SpikeDirection direction,
            long[] ticks,
            short[] labels,
            int[] delays,
            int from,
            int count) {
        int tickBytes = (int) tickBytes(ticks, from, count);
        int labelBytes = (int) labelBytes(labels, from, count);
        int delayBytes = delays == null ? 0 : (int) valueBytes(delays, from, count);
        begin(FIXED_FIELDS + tickBytes + labelBytes + delayBytes);
        number(1, sequence);
        number(2, program);
        number(3, direction.number());
        number(4, Varint.zigzag(ticks[from]));
        nested(5, tickBytes);
        putTicks(ticks, from, count);
        nested(6, labelBytes);
        int to = at;
        byte[] out = bytes;
        for (int i = from; i < from + count; i++) {
            int label = labels[i] & 0xffff;
            if (label < 1 << 7) {
                out[to++] = (byte) label;
            } else if (label < 1 << 14) {
                out[to++] = (byte) (label | 0x80);
                out[to++] = (byte) (label >>> 7);
            } else {
                to = Varint.put(out, to, label);
            }
        }
        at = to;
        if (delays != null) {
            nested(7, delayBytes);
            putValues(delays, from, count);
        }
        finish(RecordKind.SPIKES.number());
    }

    void samples(
            long sequence,
            long program,
            SampleConverter converter,
            int channel,
            String source,
            long[] ticks,
            int[] values,
            int from,
            int count) {
        int tickBytes = (int) tickBytes(ticks, from, count);
        int valueBytes = (int) valueBytes(values, from, count);
        begin(FIXED_FIELDS + tickBytes + valueBytes);
        number(1, sequence);
        number(2, program);
        number(3, converter.number());
        number(4, channel);
        number(5, Varint.zigzag(ticks[from]));
        nested(6, tickBytes);
        putTicks(ticks, from, count);
        nested(7, valueBytes);
        putValues(values, from, count);
        text(8, source);
        finish(RecordKind.SAMPLES.number());
    }

    void mark(long sequence, long program, Mark.Kind kind, long tick, long number, String text, long systime) {
        begin(FIXED_FIELDS);
        number(1, sequence);
        number(2, program);
        number(3, kind.number());
        number(4, Varint.zigzag(tick));
        number(5, Varint.zigzag(number));
        text(6, text);
        number(7, systime);
        finish(RecordKind.MARK.number());
    }

    void health(long sequence, long program, Map<String, Long> sortedCounters) {
        begin(FIXED_FIELDS);
        number(1, sequence);
        number(2, program);
        sortedCounters.forEach((name, value) -> {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            nested(3, sizeOf(key) + sizeOf(value));
            raw(1, key);
            number(2, value);
        });
        finish(RecordKind.HEALTH.number());
    }

    void setup(long sequence, long program, long[] words, int from, int count) {
        byte[] content = new byte[count * Long.BYTES];
        java.nio.ByteBuffer.wrap(content).asLongBuffer().put(words, from, count);
        begin(FIXED_FIELDS);
        number(1, sequence);
        number(2, program);
        raw(3, content);
        raw(4, sha256.digest(content));
        finish(RecordKind.SETUP.number());
    }

    void index(IndexBuilder entries) {
        begin(FIXED_FIELDS);
        entries.forEach(this::indexEntry);
        finish(firstspike.proto.log.v1.LogRecord.INDEX_FIELD_NUMBER);
    }

    private void indexEntry(IndexEntry entry) {
        nested(1, entryBytes(entry));
        number(1, entry.sequence());
        number(2, entry.offset());
        number(3, entry.program());
        number(4, Varint.zigzag(entry.firstTick()));
        number(5, Varint.zigzag(entry.lastTick()));
        number(6, entry.count());
        number(7, entry.kind().number());
    }

    /** Bytes of an entry without its own tag and length. */
    static int entryBytes(IndexEntry entry) {
        return sizeOf(entry.sequence())
                + sizeOf(entry.offset())
                + sizeOf(entry.program())
                + sizeOf(Varint.zigzag(entry.firstTick()))
                + sizeOf(Varint.zigzag(entry.lastTick()))
                + sizeOf(entry.count())
                + sizeOf(entry.kind().number());
    }

    void footer(LogFooter footer) {
        begin(FIXED_FIELDS);
        fixed(1, footer.indexOffset());
        fixed(2, footer.recordCount());
        fixed(3, footer.eventCount());
        fixed(4, footer.programCount());
        fixed(5, footer.closedUnixMs());
        fixed(6, footer.flags());
        finish(firstspike.proto.log.v1.LogRecord.FOOTER_FIELD_NUMBER);
    }

    private static long tickBytes(long[] ticks, int from, int count) {
        long total = 1;
        for (int i = from + 1; i < from + count; i++) {
            total += Varint.size(ticks[i] - ticks[i - 1]);
        }
        return total;
    }

    private static long labelBytes(short[] labels, int from, int count) {
        long total = count;
        for (int i = from; i < from + count; i++) {
            int label = labels[i] & 0xffff;
            // 1 for each boundary at or below the label
            total += (0x7f - label >>> 31) + (0x3fff - label >>> 31);
        }
        return total;
    }

    private static long valueBytes(int[] values, int from, int count) {
        long total = 0;
        for (int i = from; i < from + count; i++) {
            total += Varint.size(values[i] & 0xffffffffL);
        }
        return total;
    }

    private void putTicks(long[] ticks, int from, int count) {
        byte[] out = bytes;
        int to = at;
        out[to++] = 0;
        long before = ticks[from];
        for (int i = from + 1; i < from + count; i++) {
            long delta = ticks[i] - before;
            before = ticks[i];
            if (delta < 1 << 7 && delta >= 0) {
                out[to++] = (byte) delta;
            } else {
                to = Varint.put(out, to, delta);
            }
        }
        at = to;
    }

    private void putValues(int[] values, int from, int count) {
        int to = at;
        for (int i = from; i < from + count; i++) {
            to = Varint.put(bytes, to, values[i] & 0xffffffffL);
        }
        at = to;
    }

    private void begin(int most) {
        at = ROOM;
        room(most);
    }

    private void room(int more) {
        if (bytes.length < at + more + TAIL) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more + TAIL));
        }
    }

    private void tag(int field, int type) {
        bytes[at++] = (byte) (field << 3 | type);
    }

    /** Size of a field with a number, tag included; nothing for 0, the default. */
    private static int sizeOf(long value) {
        return value == 0 ? 0 : 1 + Varint.size(value);
    }

    private static int sizeOf(byte[] content) {
        return content.length == 0 ? 0 : 1 + Varint.size(content.length) + content.length;
    }

    private void number(int field, long value) {
        if (value != 0) {
            room(1 + Varint.MOST);
            tag(field, 0);
            at = Varint.put(bytes, at, value);
        }
    }

    private void fixed(int field, long value) {
        tag(field, FIXED64);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[at++] = (byte) (value >>> 8 * i);
        }
    }

    private void text(int field, String value) {
        raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private void raw(int field, byte[] content) {
        if (content.length > 0) {
            nested(field, content.length);
            System.arraycopy(content, 0, bytes, at, content.length);
            at += content.length;
        }
    }

    /** Opens a field of so many bytes, which follow. */
    private void nested(int field, int size) {
        room(1 + Varint.MOST + size);
        tag(field, LENGTH_DELIMITED);
        at = Varint.put(bytes, at, size);
    }

    private void finish(int field) {
        int body = at - ROOM;
        int payload = ROOM - 1 - Varint.size(body);
        bytes[payload] = (byte) (field << 3 | LENGTH_DELIMITED);
        Varint.put(bytes, payload + 1, body);
        start = payload - RecordFrame.HEADER;
        room(0);
        RecordFrame.seal(bytes, start, at - payload);
        at += TAIL;
    }
}
