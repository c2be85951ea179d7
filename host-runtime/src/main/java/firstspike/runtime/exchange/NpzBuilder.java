package firstspike.runtime.exchange;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Builds an archive of arrays: deflate level 6, members sorted by name, fixed time stamp, so the same content gives the same
 * bytes. Mutable, one owner thread.
 */
public final class NpzBuilder {
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
        ZipWriter zip = new ZipWriter();
        members.forEach(zip::add);
        return zip.finish();
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
