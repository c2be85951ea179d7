package firstspike.runtime.recording.log;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decodes the payloads between header and index. Unknown fields are ignored, at any place. Stateless. */
final class RecordDecoder {

    private RecordDecoder() {}

    /** Field number of the record in a payload, 1 to 8; its message is the input's current field. */
    static int open(WireInput input) throws MalformedPayload {
        while (input.next()) {
            if (input.type() == WireInput.DELIMITED
                    && input.field() <= firstspike.proto.log.v1.LogRecord.SETUP_FIELD_NUMBER) {
                return input.field();
            }
            input.skip();
        }
        throw MalformedPayload.message("no record that this format has");
    }

    /** A record with a sequence. */
    static LogRecord record(RecordKind kind, WireInput message) throws MalformedPayload {
        return switch (kind) {
            case SPIKES -> spikes(message);
            case SAMPLES -> samples(message);
            case MARK -> mark(message);
            case HEALTH -> health(message);
            case SETUP -> setup(message);
        };
    }

    private static SpikeChunk spikes(WireInput in) throws MalformedPayload {
        long sequence = 0;
        long program = 0;
        int direction = 0;
        long first = 0;
        PackedColumn ticks = new PackedColumn("tick_delta", in.bytes());
        PackedColumn labels = new PackedColumn("label", in.bytes());
        PackedColumn delays = new PackedColumn("fpga_delay", in.bytes());
        while (in.next()) {
            if (in.is(1, WireInput.VARINT)) {
                sequence = in.varint();
            } else if (in.is(2, WireInput.VARINT)) {
                program = in.varint();
            } else if (in.is(3, WireInput.VARINT)) {
                direction = (int) in.varint();
            } else if (in.is(4, WireInput.VARINT)) {
                first = Varint.unzigzag(in.varint());
            } else if (isColumn(in, 5)) {
                ticks.take(in);
            } else if (isColumn(in, 6)) {
                labels.take(in);
            } else if (isColumn(in, 7)) {
                delays.take(in);
            } else {
                in.skip();
            }
        }
        SpikeDirection known = SpikeDirection.of(direction);
        if (known == null) {
            throw MalformedPayload.column("direction", direction + " is none");
        }
        checkColumns(ticks, labels, "label");
        if (delays.count() > 0) {
            checkColumns(ticks, delays, "fpga_delay");
        }
        return new SpikeChunk(
                sequence,
                program,
                known,
                ticks.ticks(first),
                labels.labels(),
                delays.count() == 0 ? SpikeChunk.NO_DELAYS : delays.values());
    }

    private static SampleChunk samples(WireInput in) throws MalformedPayload {
        long sequence = 0;
        long program = 0;
        int converter = 0;
        long channel = 0;
        long first = 0;
        String source = "";
        PackedColumn ticks = new PackedColumn("tick_delta", in.bytes());
        PackedColumn values = new PackedColumn("value", in.bytes());
        while (in.next()) {
            if (in.is(1, WireInput.VARINT)) {
                sequence = in.varint();
            } else if (in.is(2, WireInput.VARINT)) {
                program = in.varint();
            } else if (in.is(3, WireInput.VARINT)) {
                converter = (int) in.varint();
            } else if (in.is(4, WireInput.VARINT)) {
                channel = in.varint();
            } else if (in.is(5, WireInput.VARINT)) {
                first = Varint.unzigzag(in.varint());
            } else if (isColumn(in, 6)) {
                ticks.take(in);
            } else if (isColumn(in, 7)) {
                values.take(in);
            } else if (in.is(8, WireInput.DELIMITED)) {
                source = in.text();
            } else {
                in.skip();
            }
        }
        SampleConverter known = SampleConverter.of(converter);
        if (known == null) {
            throw MalformedPayload.column("converter", converter + " is none");
        }
        if (channel < 0 || channel > Integer.MAX_VALUE) {
            throw MalformedPayload.column("channel", Long.toUnsignedString(channel) + " is none");
        }
        checkColumns(ticks, values, "value");
        return new SampleChunk(sequence, program, known, (int) channel, source, ticks.ticks(first), values.values());
    }

    private static boolean isColumn(WireInput in, int field) {
        return in.field() == field && (in.type() == WireInput.DELIMITED || in.type() == WireInput.VARINT);
    }

    private static void checkColumns(PackedColumn ticks, PackedColumn other, String name) throws MalformedPayload {
        if (ticks.count() == 0) {
            throw MalformedPayload.column("tick_delta", "has no events");
        }
        if (ticks.count() > Limits.EVENTS) {
            throw new FormatException(
                    FormatException.Code.CHUNK_TOO_LARGE,
                    ErrorDetail.of("chunk", ticks.count() + " events", Limits.EVENTS, "write smaller chunks"),
                    null);
        }
        if (ticks.count() != other.count()) {
            throw MalformedPayload.column(
                    name, "has " + other.count() + " values for " + ticks.count() + " events of tick_delta");
        }
    }

    private static Mark mark(WireInput in) throws MalformedPayload {
        long sequence = 0;
        long program = 0;
        int kind = 0;
        long tick = 0;
        long number = 0;
        String text = "";
        long systime = 0;
        while (in.next()) {
            if (in.is(1, WireInput.VARINT)) {
                sequence = in.varint();
            } else if (in.is(2, WireInput.VARINT)) {
                program = in.varint();
            } else if (in.is(3, WireInput.VARINT)) {
                kind = (int) in.varint();
            } else if (in.is(4, WireInput.VARINT)) {
                tick = Varint.unzigzag(in.varint());
            } else if (in.is(5, WireInput.VARINT)) {
                number = Varint.unzigzag(in.varint());
            } else if (in.is(6, WireInput.DELIMITED)) {
                text = in.text();
            } else if (in.is(7, WireInput.VARINT)) {
                systime = in.varint();
            } else {
                in.skip();
            }
        }
        Mark.Kind known = Mark.Kind.of(kind);
        if (known == null) {
            throw MalformedPayload.message("mark of kind " + kind);
        }
        if (text.length() > Mark.MAX_TEXT) {
            throw MalformedPayload.message("mark with " + text.length() + " characters");
        }
        return new Mark(sequence, program, known, tick, number, text, systime);
    }

    private static HealthRecord health(WireInput in) throws MalformedPayload {
        long sequence = 0;
        long program = 0;
        SortedMap<String, Long> counters = new TreeMap<>();
        while (in.next()) {
            if (in.is(1, WireInput.VARINT)) {
                sequence = in.varint();
            } else if (in.is(2, WireInput.VARINT)) {
                program = in.varint();
            } else if (in.is(3, WireInput.DELIMITED)) {
                counter(in.message(), counters);
            } else {
                in.skip();
            }
        }
        return new HealthRecord(sequence, program, counters);
    }

    private static void counter(WireInput in, SortedMap<String, Long> counters) throws MalformedPayload {
        String name = "";
        long value = 0;
        while (in.next()) {
            if (in.is(1, WireInput.DELIMITED)) {
                name = in.text();
            } else if (in.is(2, WireInput.VARINT)) {
                value = in.varint();
            } else {
                in.skip();
            }
        }
        counters.put(name, value);
    }

    private static SetupRecord setup(WireInput in) throws MalformedPayload {
        long sequence = 0;
        long program = 0;
        byte[] content = {};
        byte[] sha256 = {};
        while (in.next()) {
            if (in.is(1, WireInput.VARINT)) {
                sequence = in.varint();
            } else if (in.is(2, WireInput.VARINT)) {
                program = in.varint();
            } else if (in.is(3, WireInput.DELIMITED)) {
                content = in.raw();
            } else if (in.is(4, WireInput.DELIMITED)) {
                sha256 = in.raw();
            } else {
                in.skip();
            }
        }
        if (content.length % Long.BYTES != 0) {
            throw MalformedPayload.message("set-up of " + content.length + " bytes, which are no whole words");
        }
        if (!Arrays.equals(sha256, digest(content))) {
            throw MalformedPayload.message("set-up that does not match its SHA-256");
        }
        LongBuffer big = ByteBuffer.wrap(content).asLongBuffer();
        long[] words = new long[big.remaining()];
        big.get(words);
        return new SetupRecord(sequence, program, words);
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every one must have", e);
        }
    }
}
