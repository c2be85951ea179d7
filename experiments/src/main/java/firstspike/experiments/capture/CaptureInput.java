package firstspike.experiments.capture;

import firstspike.runtime.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Reads whole headers and packets from a file, and knows where it is for error messages. */
final class CaptureInput {

    private final Path file;
    private final InputStream in;
    private long offset;
    private boolean truncated;

    CaptureInput(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Reads exactly so many bytes; an end within them is remembered, for the tail of a file whose writer was killed.
     *
     * @return false at the end of the file
     */
    boolean read(byte[] target, int length) throws IOException {
        int got = in.readNBytes(target, 0, length);
        offset += got;
        truncated |= got > 0 && got < length;
        return got == length;
    }

    /** As {@link #read}, within a record: even an empty rest is a truncation. */
    boolean readRest(byte[] target, int length) throws IOException {
        boolean whole = read(target, length);
        truncated |= !whole;
        return whole;
    }

    boolean skip(long length) throws IOException {
        long rest = length;
        while (rest > 0) {
            long skipped = in.skip(rest);
            if (skipped <= 0) {
                if (in.read() < 0) {
                    truncated = true;
                    return false;
                }
                skipped = 1;
            }
            rest -= skipped;
            offset += skipped;
        }
        return true;
    }

    static ByteBuffer view(byte[] bytes, ByteOrder order) {
        return ByteBuffer.wrap(bytes).order(order);
    }

    boolean truncated() {
        return truncated;
    }

    FormatException malformed(String thing, Object value, Object limit) {
        return new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                thing + " of " + file + " before byte " + offset,
                value,
                limit,
                "give a pcap or pcapng file as capture tools write it");
    }

    FormatException tooLarge(String thing, long value, long limit) {
        return new FormatException(
                FormatException.Code.RECORD_TOO_LARGE,
                thing + " of " + file + " before byte " + offset,
                value,
                limit,
                "the file is damaged from there on; repair it with a capture tool");
    }
}
