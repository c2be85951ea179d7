package firstspike.runtime.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a zip archive whose bytes depend on names and contents only: sizes in front of the data, no extra fields, the time stamp
 * 1980-01-01 00:00. (The JDK's writer adds a field that depends on the time zone to exactly this stamp.) Mutable, one owner
 * thread.
 */
final class ZipWriter {
    private static final int LEVEL = 6;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int DIRECTORY_BYTES = 46;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final short VERSION = 20;
    private static final short NAMES_ARE_UTF8 = 0x800;
    private static final short DEFLATED = 8;
    private static final int STAMP = 0x0021_0000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    /** Adds a member. */
    void add(String name, byte[] content) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        byte[] packed = deflate(content);
        int offset = out.size();
        ByteBuffer local = buffer(LOCAL_BYTES).putInt(LOCAL_SIGNATURE);
        describe(local, path, content, packed).putShort((short) 0);
        out.writeBytes(local.array());
        out.writeBytes(path);
        out.writeBytes(packed);
        ByteBuffer entry = buffer(DIRECTORY_BYTES).putInt(DIRECTORY_SIGNATURE).putShort(VERSION);
        describe(entry, path, content, packed).position(DIRECTORY_BYTES - Integer.BYTES);
        directory.writeBytes(entry.putInt(offset).array());
        directory.writeBytes(path);
        count++;
    }

    /** Ends the archive. */
    byte[] finish() {
        int offset = out.size();
        ByteBuffer end = buffer(END_BYTES).putInt(END_SIGNATURE).putInt(0);
        end.putShort((short) count)
                .putShort((short) count)
                .putInt(directory.size())
                .putInt(offset);
        out.writeBytes(directory.toByteArray());
        out.writeBytes(end.array());
        return out.toByteArray();
    }

    /** The fields that local header and directory share, from the version needed to the length of the name. */
    private static ByteBuffer describe(ByteBuffer header, byte[] path, byte[] content, byte[] packed) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return header.putShort(VERSION)
                .putShort(NAMES_ARE_UTF8)
                .putShort(DEFLATED)
                .putInt(STAMP)
                .putInt((int) crc.getValue())
                .putInt(packed.length)
                .putInt(content.length)
                .putShort((short) path.length);
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] chunk = new byte[8192];
            while (!deflater.finished()) {
                packed.write(chunk, 0, deflater.deflate(chunk));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
