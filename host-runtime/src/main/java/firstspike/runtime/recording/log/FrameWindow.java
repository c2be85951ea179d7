package firstspike.runtime.recording.log;

import firstspike.runtime.framing.RecordFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The part of a file that is looked at, in one array, and what stands at an offset of it. A length is compared with the bytes
 * that are left and with the limit before anything is read or allocated by it. Mutable, one owner thread.
 */
final class FrameWindow {

    private static final int USUAL = 2 << 20;

    private final FileChannel channel;
    private long size;
    private byte[] bytes = new byte[1 << 16];
    private long base;
    private int filled;

    FrameWindow(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** Bytes of the file, as of opening or the last {@link #renew}. */
    long size() {
        return size;
    }

    /** Forgets what was read and looks at the size again: a writer may have gone on. */
    void renew() throws IOException {
        size = channel.size();
        filled = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Brings bytes of the file into the array; index of the first, or -1 when the file has become shorter. */
    int load(long offset, int count) throws IOException {
        if (offset >= base && offset + count <= base + filled) {
            return (int) (offset - base);
        }
        int wanted = (int) Math.min(size - offset, Math.max(count, USUAL));
        if (bytes.length < wanted) {
            bytes = new byte[wanted];
        }
        base = offset;
        filled = 0;
        ByteBuffer target = ByteBuffer.wrap(bytes, 0, Math.max(wanted, 0));
        while (target.hasRemaining()) {
            int got = channel.read(target, offset + filled);
            if (got < 0) {
                break;
            }
            filled += got;
        }
        return filled >= count ? 0 : -1;
    }

    /** What stands at an offset. */
    State look(long offset) throws IOException {
        if (size - offset < RecordFrame.HEADER) {
            return State.SHORT;
        }
        int at = load(offset, RecordFrame.HEADER);
        if (at < 0) {
            return State.SHORT;
        }
        if (!RecordFrame.lengthHolds(bytes, at)) {
            return State.BAD_LENGTH;
        }
        long length = RecordFrame.length(bytes, at);
        if (length < 0 || length > Limits.RECORD) {
            return State.TOO_LARGE;
        }
        if (length + RecordFrame.OVERHEAD > size - offset) {
            return State.BEYOND_END;
        }
        at = load(offset, (int) length + RecordFrame.OVERHEAD);
        if (at < 0) {
            return State.BEYOND_END;
        }
        return RecordFrame.payloadHolds(bytes, at, (int) length) ? State.WHOLE : State.BAD_PAYLOAD;
    }

    /** Length of the payload at an offset where the length is right, unsigned. */
    long length(long offset) throws IOException {
        return RecordFrame.length(bytes, load(offset, RecordFrame.HEADER));
    }

    /** The payload at an offset where a whole frame stands. */
    WireInput payload(long offset) throws IOException {
        int length = (int) length(offset);
        int at = load(offset, length + RecordFrame.OVERHEAD) + RecordFrame.HEADER;
        return new WireInput(bytes, at, at + length);
    }

    /** A copy of some bytes of the file, fewer at its end. */
    byte[] copy(long offset, int count) throws IOException {
        int there = (int) Math.max(0, Math.min(count, size - offset));
        int at = there == 0 ? 0 : load(offset, there);
        return at < 0 ? new byte[0] : Arrays.copyOfRange(bytes, at, at + there);
    }

    /** What can stand at an offset. */
    enum State {
        /** A frame with both checksums right. */
        WHOLE,
        /** Fewer bytes than a length with its checksum. */
        SHORT,
        /** The checksum of the length is wrong. */
        BAD_LENGTH,
        /** The length is right and above the limit of a record. */
        TOO_LARGE,
        /** The length is right and the file ends before the frame does. */
        BEYOND_END,
        /** The length is right, the checksum of the payload is wrong. */
        BAD_PAYLOAD
    }
}
