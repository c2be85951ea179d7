package firstspike.runtime.exchange.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Payloads of an event file: the messages {@code Event}, {@code Summary}, {@code Value} and {@code HistogramProto} by their
 * field numbers ({@code formats.md} 10).
 *
 * <pre>
 * Event    1 wall_time  2 step  3 file_version | 5 summary
 * Summary  1 value*           Value  1 tag  2 simple_value | 5 histo
 * Histo    1 min 2 max 3 num 4 sum 5 sum_squares 6 bucket_limit 7 bucket
 * </pre>
 */
public final class EventRecords {

    private static final String VERSION = "brain.Event:2";

    private EventRecords() {}

    /** Writes the fields of a message. */
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /**
     * The first record of a file.
     *
     * @param wallTime seconds since 1970
     * @return payload
     */
    public static byte[] version(double wallTime) {
        return message(event -> {
            event.writeDouble(1, wallTime);
            event.writeString(3, VERSION);
        });
    }

    /**
     * One point of a curve.
     *
     * @param wallTime seconds since 1970
     * @param step such as the epoch
     * @param tag name of the curve
     * @param value any, also not finite
     * @return payload
     */
    public static byte[] scalar(double wallTime, long step, String tag, double value) {
        return event(wallTime, step, tag, of -> of.writeFloat(2, (float) value));
    }

    /**
     * One distribution.
     *
     * @param wallTime seconds since 1970
     * @param step such as the epoch
     * @param tag name of the series
     * @param counts values in buckets
     * @return payload
     */
    public static byte[] histogram(double wallTime, long step, String tag, BucketCounts counts) {
        byte[] histo = message(of -> {
            of.writeDouble(1, counts.least());
            of.writeDouble(2, counts.most());
            of.writeDouble(3, counts.number());
            of.writeDouble(4, counts.sum());
            of.writeDouble(5, counts.sumOfSquares());
            of.writeByteArray(6, packed(counts.limits()));
            of.writeByteArray(7, packed(counts.counts()));
        });
        return event(wallTime, step, tag, of -> of.writeByteArray(5, histo));
    }

    private static byte[] event(double wallTime, long step, String tag, Fields content) {
        byte[] value = message(of -> {
            of.writeString(1, tag);
            content.write(of);
        });
        byte[] summary = message(of -> of.writeByteArray(1, value));
        return message(of -> {
            of.writeDouble(1, wallTime);
            if (step != 0) {
                of.writeInt64(2, step);
            }
            of.writeByteArray(5, summary);
        });
    }

    private static byte[] packed(double[] values) {
        return message(out -> {
            for (double value : values) {
                out.writeDoubleNoTag(value);
            }
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
