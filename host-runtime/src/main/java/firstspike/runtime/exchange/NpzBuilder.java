package firstspike.runtime.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds an archive of arrays: deflate level 6, members sorted by name, fixed time stamp, so the same content gives the same
 * bytes. Mutable, one owner thread.
 */
public final class NpzBuilder {
    private static final int LEVEL = 6;
    private static final LocalDateTime STAMP = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final SortedMap<String, byte[]> members = new TreeMap<>();

    /**
     * Adds an array.
     *
     * @param name without suffix, not there yet
     * @param array numbers
     * @return this
     */
    public NpzBuilder add(String name, NpyArray array) {
        return addBytes(name + ".npy", NpyCodec.write(array));
    }

    /**
     * Adds a member that is no array.
     *
     * @param member full name, not there yet
     * @param content its bytes, not copied
     * @return this
     */
    public NpzBuilder addBytes(String member, byte[] content) {
        if (members.putIfAbsent(member, content) != null) {
            throw new IllegalArgumentException("member : " + member + " (expected: once in an archive)");
        }
        return this;
    }

    /**
     * The archive.
     *
     * @return its bytes
     */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(LEVEL);
            for (var member : members.entrySet()) {
                ZipEntry entry = new ZipEntry(member.getKey());
                entry.setTimeLocal(STAMP);
                zip.putNextEntry(entry);
                zip.write(member.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes the archive, replacing a file of that name as a whole or not at all.
     *
     * @param path file
     */
    public void write(Path path) {
        AtomicFile.replace(path, toBytes());
    }
}
