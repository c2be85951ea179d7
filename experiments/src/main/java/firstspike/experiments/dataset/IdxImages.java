package firstspike.experiments.dataset;

import firstspike.runtime.error.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
 * @param path of the file
 * @param bytes all of it, unpacked
 */
record IdxImages(Path path, byte[] bytes) {

    /** Side of an image. */
    static final int SIDE = 28;

    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;
    /** More than the largest published file; nothing that claims more is unpacked further. */
    private static final int LARGEST = 128 << 20;

    static IdxImages read(Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw refused(FormatException.Code.ARRAY_TOO_LARGE, path, Files.size(path) + " bytes", LARGEST + " bytes");
        }
        byte[] bytes = Files.readAllBytes(path);
        if (bytes.length > 1 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                byte[] unpacked = in.readNBytes(LARGEST + 1);
                if (unpacked.length > LARGEST) {
                    throw refused(
                            FormatException.Code.ARCHIVE_SUSPICIOUS,
                            path,
                            "more than " + LARGEST + " bytes",
                            LARGEST + " bytes");
                }
                bytes = unpacked;
            }
        }
        return new IdxImages(path, bytes);
    }

    /** Number of images; checks magic, size and length. */
    int images() {
        int count = header(IMAGES, IMAGE_HEADER);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(8) != SIDE || buffer.getInt(12) != SIDE) {
            throw refused(
                    FormatException.Code.MALFORMED_HEADER,
                    path,
                    buffer.getInt(8) + " x " + buffer.getInt(12) + " pixels",
                    SIDE + " x " + SIDE);
        }
        length((long) IMAGE_HEADER + (long) count * SIDE * SIDE);
        return count;
    }

    /** Number of labels; checks magic, length and range. */
    int labels() {
        int count = header(LABELS, LABEL_HEADER);
        length((long) LABEL_HEADER + count);
        for (int i = 0; i < count; i++) {
            if (label(i) >= ImageFolder.CLASSES) {
                throw refused(
                        FormatException.Code.MALFORMED_HEADER,
                        path,
                        "label " + label(i) + " of sample " + i,
                        "0 to " + (ImageFolder.CLASSES - 1));
            }
        }
        return count;
    }

    int imageOffset(int index) {
        return IMAGE_HEADER + index * SIDE * SIDE;
    }

    int label(int index) {
        return bytes[LABEL_HEADER + index] & 0xFF;
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private int header(int magic, int size) {
        if (bytes.length < size) {
            throw refused(FormatException.Code.TRUNCATED, path, bytes.length + " bytes", "at least " + size + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(0) != magic || buffer.getInt(4) < 0) {
            throw refused(
                    FormatException.Code.MALFORMED_HEADER,
                    path,
                    String.format("magic 0x%08x, count %d", buffer.getInt(0), buffer.getInt(4)),
                    String.format("magic 0x%08x, count 0 or more", magic));
        }
        return buffer.getInt(4);
    }

    private void length(long expected) {
        if (bytes.length != expected) {
            throw refused(
                    bytes.length < expected ? FormatException.Code.TRUNCATED : FormatException.Code.TRAILING_BYTES,
                    path,
                    bytes.length + " bytes",
                    expected + " bytes");
        }
    }

    private static FormatException refused(FormatException.Code code, Path path, Object value, Object limit) {
        return new FormatException(code, path.toString(), value, limit, ImageFolder.WHERE);
    }
}
