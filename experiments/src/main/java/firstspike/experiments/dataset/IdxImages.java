package firstspike.experiments.dataset;

import firstspike.runtime.error.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * Bytes of one idx file, plain or compressed: big-endian magic and counts, then one byte a value.
 *
 * @param name of the file, for messages
 * @param bytes all of it, unpacked
 * @param remedy what to do about a wrong one
 */
record IdxImages(String name, byte[] bytes, String remedy) {

    /** Side of a published image. */
    static final int SIDE = 28;
    /** Labels are digits. */
    static final int CLASSES = 10;

    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;
    /** More than the largest published file; nothing that claims more is unpacked further. */
    private static final int LARGEST = 64 << 20;

    static IdxImages read(Path path, String remedy) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new FormatException(
                    FormatException.Code.ARRAY_TOO_LARGE,
                    path.toString(),
                    Files.size(path) + " bytes",
                    LARGEST + " bytes",
                    remedy);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return of(path.toString(), in.readNBytes(LARGEST), remedy);
        }
    }

    /** Unpacks what begins with the mark of a compressed stream. */
    static IdxImages of(String name, byte[] stored, String remedy) throws IOException {
        if (stored.length < 2 || (stored[0] & 0xFF) != 0x1F || (stored[1] & 0xFF) != 0x8B) {
            return new IdxImages(name, stored, remedy);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            byte[] unpacked = in.readNBytes(LARGEST + 1);
            if (unpacked.length > LARGEST) {
                throw new FormatException(
                        FormatException.Code.ARCHIVE_SUSPICIOUS,
                        name,
                        "more than " + LARGEST + " bytes",
                        LARGEST + " bytes",
                        remedy);
            }
            return new IdxImages(name, unpacked, remedy);
        }
    }

    /** Number of images of so many pixels a side; checks magic, size and length. */
    int images(int side) {
        int count = header(IMAGES, IMAGE_HEADER);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(8) != side || buffer.getInt(12) != side) {
            throw refused(
                    FormatException.Code.MALFORMED_HEADER,
                    buffer.getInt(8) + " x " + buffer.getInt(12) + " pixels",
                    side + " x " + side);
        }
        length((long) IMAGE_HEADER + (long) count * side * side);
        return count;
    }

    /** Number of labels; checks magic, length and range. */
    int labels() {
        int count = header(LABELS, LABEL_HEADER);
        length((long) LABEL_HEADER + count);
        for (int i = 0; i < count; i++) {
            if (label(i) >= CLASSES) {
                throw refused(
                        FormatException.Code.MALFORMED_HEADER,
                        "label " + label(i) + " of sample " + i,
                        "0 to " + (CLASSES - 1));
            }
        }
        return count;
    }

    /** The labels of the images of a file: as many as there are images. */
    int pairedWith(IdxImages images, int side) {
        int count = images.images(side);
        if (labels() != count) {
            throw refused(FormatException.Code.MALFORMED_HEADER, labels() + " labels", count + " as there are images");
        }
        return count;
    }

    int imageOffset(int index, int side) {
        return IMAGE_HEADER + index * side * side;
    }

    int label(int index) {
        return bytes[LABEL_HEADER + index] & 0xFF;
    }

    String sha256() {
        return hex(sha256Digest().digest(bytes));
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private int header(int magic, int size) {
        if (bytes.length < size) {
            throw refused(FormatException.Code.TRUNCATED, bytes.length + " bytes", "at least " + size + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(0) != magic || buffer.getInt(4) < 0) {
            throw refused(
                    FormatException.Code.MALFORMED_HEADER,
                    String.format("magic 0x%08x, count %d", buffer.getInt(0), buffer.getInt(4)),
                    String.format("magic 0x%08x, count 0 or more", magic));
        }
        return buffer.getInt(4);
    }

    private void length(long expected) {
        if (bytes.length != expected) {
            throw refused(
                    bytes.length < expected ? FormatException.Code.TRUNCATED : FormatException.Code.TRAILING_BYTES,
                    bytes.length + " bytes",
                    expected + " bytes");
        }
    }

    private FormatException refused(FormatException.Code code, Object value, Object limit) {
        return new FormatException(code, name, value, limit, remedy);
    }
}
