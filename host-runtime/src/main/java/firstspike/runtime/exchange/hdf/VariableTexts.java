package firstspike.runtime.exchange.hdf;

import io.jhdf.api.WritableNode;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text attributes of variable length, which the library does not write and some readers insist on (they see texts of fixed
 * length as bytes). A placeholder of fixed length is written, and exchanged in place for a reference into a heap at the end
 * of the file:
 *
 * <pre>
 * | 03 00 | name size | type size 8  | space size 4 | charset | name | type  8 | space 4 | text, 28 bytes           |
 * | 03 00 | name size | type size 20 | space size 4 | charset | name | type 20 | space 4 | length, heap, number: 16 |
 * </pre>
 *
 * The checksums of object headers and superblock are made anew (HDF5 file format, version 3, III.E, IV.A.2.m).
 */
final class VariableTexts {

    private static final char MARK = '\u0001';
    private static final int LENGTH = 27;
    private static final int FIXED_TYPE = 8;
    private static final byte[] HEADER = {'O', 'H', 'D', 'R', 2};
    private static final byte[] TYPE = {0x19, 1, 1, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0};
    private static final int ATTRIBUTE = 0x0C;
    private static final int HEAP = 4096;
    private static final int HEAP_HEADER = 16;
    private static final int SUPERBLOCK = 44;
    private static final int END_OF_FILE = 28;

    private final ByteBuffer file;
    private final List<byte[]> texts = new ArrayList<>();
    private final long heapAt;

    private VariableTexts(byte[] content) {
        file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        heapAt = (content.length + 7L) / 8 * 8;
    }

    /** Puts a placeholder for a text of 1 to 26 bytes. */
    static void put(WritableNode node, String name, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes >= LENGTH) {
            throw new IllegalArgumentException(
                    "text of attribute " + name + " : " + bytes + " bytes (expected: 1 to " + (LENGTH - 1) + ")");
        }
        node.putAttribute(name, text + String.valueOf(MARK).repeat(LENGTH - bytes));
    }

    /** Exchanges all placeholders of a file that was just written. */
    static void exchange(Path path) throws IOException {
        VariableTexts texts = new VariableTexts(Files.readAllBytes(path));
        texts.headers();
        if (!texts.texts.isEmpty()) {
            Files.write(path, texts.finished());
        }
    }

    private void headers() {
        byte[] bytes = file.array();
        for (int at = 0; at + HEADER.length < bytes.length; at++) {
            if (bytes[at] == 'O' && Arrays.equals(bytes, at, at + HEADER.length, HEADER, 0, HEADER.length)) {
                header(at);
            }
        }
    }

    /** One object header, if its checksum says that it is one. */
    private void header(int at) {
        int flags = file.get(at + 5);
        int sizeBytes = 1 << (flags & 3);
        int first = at + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0) + sizeBytes;
        if (first > file.limit()) {
            return;
        }
        long size = sizeBytes == 4 ? Integer.toUnsignedLong(file.getInt(first - 4)) : file.get(first - 1) & 0xFF;
        long end = first + size;
        if (sizeBytes != 4 && sizeBytes != 1 || end + Integer.BYTES > file.limit() || !sealed(at, (int) end)) {
            return;
        }
        int message = first;
        boolean changed = false;
        int prefix = (flags & 4) != 0 ? 6 : 4;
        while (message + prefix <= end) {
            int length = Short.toUnsignedInt(file.getShort(message + 1));
            if (file.get(message) == ATTRIBUTE && message + prefix + length <= end) {
                changed |= attribute(message + prefix, length);
            }
            message += prefix + length;
        }
        if (changed) {
            file.putInt((int) end, hash(at, (int) end));
        }
    }

    /** One attribute, if it is a placeholder. */
    private boolean attribute(int at, int length) {
        int nameSize = Short.toUnsignedInt(file.getShort(at + 2));
        int type = at + 9 + nameSize;
        int text = type + FIXED_TYPE + 4;
        boolean fixed = file.getShort(at + 4) == FIXED_TYPE
                && length >= 9 + nameSize + FIXED_TYPE + 4 + LENGTH + 1
                && file.get(text + LENGTH - 1) == MARK;
        if (!fixed) {
            return false;
        }
        int n = 0;
        while (file.get(text + n) != MARK) {
            n++;
        }
        texts.add(Arrays.copyOfRange(file.array(), text, text + n));
        file.putShort(at + 4, (short) TYPE.length);
        ByteBuffer out = file.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(type);
        // the dataspace of one element moves behind the longer type
        int space = file.getInt(type + FIXED_TYPE);
        out.put(TYPE).putInt(space).putInt(n).putLong(heapAt).putInt(texts.size());
        return true;
    }

    /** The file with its heap. */
    private byte[] finished() {
        ByteArrayOutputStream objects = new ByteArrayOutputStream();
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            ByteBuffer object =
                    ByteBuffer.allocate(HEAP_HEADER + (text.length + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
            object.putShort((short) (i + 1))
                    .putShort((short) 0)
                    .putInt(0)
                    .putLong(text.length)
                    .put(text);
            objects.writeBytes(object.array());
        }
        int size = Math.max(HEAP, HEAP_HEADER + objects.size() + HEAP_HEADER);
        ByteBuffer whole = ByteBuffer.allocate(Math.toIntExact(heapAt + size)).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(file.array());
        whole.position((int) heapAt);
        whole.put(new byte[] {'G', 'C', 'O', 'L', 1, 0, 0, 0}).putLong(size).put(objects.toByteArray());
        whole.putLong(0).putLong(size - HEAP_HEADER - objects.size());
        whole.putLong(END_OF_FILE, whole.capacity());
        whole.putInt(SUPERBLOCK, JenkinsLookup3HashLittle.hash(Arrays.copyOf(whole.array(), SUPERBLOCK)));
        return whole.array();
    }

    private boolean sealed(int from, int to) {
        return file.getInt(to) == hash(from, to);
    }

    private int hash(int from, int to) {
        return JenkinsLookup3HashLittle.hash(Arrays.copyOfRange(file.array(), from, to));
    }
}
