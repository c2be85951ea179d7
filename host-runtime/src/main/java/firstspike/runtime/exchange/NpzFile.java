package firstspike.runtime.exchange;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An archive of arrays, opened for reading. Members are decoded when asked for; their number, sizes, ratios and checksums are
 * checked first. One owner thread.
 */
public final class NpzFile implements AutoCloseable {
    /** Most members. */
    public static final int MAX_MEMBERS = 4096;
    /** Most bytes of all members, unpacked. */
    public static final long MAX_TOTAL = 4L << 30;
    /** Highest ratio of unpacked to packed bytes; deflate itself ends at about 1032. */
    public static final long MAX_RATIO = 1100;

    private static final String SUFFIX = ".npy";
    /** First byte of a pickle, followed by its protocol. */
    private static final int PICKLE = 0x80;

    private static final int HIGHEST_PROTOCOL = 5;

    private final Path path;
    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> members = new TreeMap<>();
    /** Unpacked bytes of the members that were read: a reader may keep all of them. */
    private long read;

    private NpzFile(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /**
     * Opens an archive.
     *
     * @param path file
     * @return the archive, to be closed by the caller
     * @throws FormatException {@code NOT_NPY}, {@code TRUNCATED}, {@code ARCHIVE_SUSPICIOUS}, {@code PICKLE_REFUSED}
     * @throws StorageException when the file cannot be read
     */
    public static NpzFile open(Path path) {
        try {
            requireZip(path);
            NpzFile file = new NpzFile(path, new ZipFile(path.toFile()));
            try {
                file.index();
                return file;
            } catch (RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (ZipException e) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    path.toString(),
                    e.getMessage(),
                    "a complete zip archive",
                    "copy the file again",
                    e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Names of the arrays, without suffix.
     *
     * @return sorted
     */
    public SortedSet<String> arrays() {
        SortedSet<String> names = new TreeSet<>();
        for (String member : members.keySet()) {
            if (member.endsWith(SUFFIX)) {
                names.add(member.substring(0, member.length() - SUFFIX.length()));
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }

    /**
     * Whether there is an array.
     *
     * @param name without suffix
     * @return true if so
     */
    public boolean has(String name) {
        return members.containsKey(name + SUFFIX);
    }

    /**
     * Dimensions of an array by its header, of which alone is unpacked.
     *
     * @param name without suffix
     * @return dimensions, none for a scalar
     * @throws FormatException as {@link NpyCodec#read}; {@code TRUNCATED} or {@code TRAILING_BYTES} when the member has not the
     *     size that its header says
     */
    public int[] shape(String name) {
        return declared(name).shape();
    }

    private NpyCodec.Declared declared(String name) {
        ZipEntry entry = entry(name + SUFFIX);
        byte[] head;
        try (InputStream in = zip.getInputStream(entry)) {
            head = in.readNBytes(NpyCodec.MAX_HEAD);
        } catch (ZipException | EOFException e) {
            throw damaged(name + SUFFIX, e.getMessage());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        return NpyCodec.declared(head, entry.getSize(), path + "!" + name + SUFFIX);
    }

    /**
     * Decodes an array. Nothing but its header is unpacked unless the member has exactly the size that it says.
     *
     * @param name without suffix
     * @return the array
     * @throws FormatException as {@link NpyCodec#read}, {@code CHECKSUM_MISMATCH}, {@code TRUNCATED} when it is not there
     */
    public NpyArray array(String name) {
        declared(name);
        return NpyCodec.read(bytes(name + SUFFIX), path + "!" + name + SUFFIX);
    }

    /**
     * Content of any member.
     *
     * @param member full name
     * @return its bytes
     * @throws FormatException {@code CHECKSUM_MISMATCH}, {@code TRUNCATED} when it is not there or ends early,
     *     {@code ARRAY_TOO_LARGE} when it and those read before are more than the {@link MemoryBudget}
     */
    public byte[] bytes(String member) {
        ZipEntry entry = entry(member);
        if (entry.getSize() > Integer.MAX_VALUE - 8) {
            throw NpyCodec.tooLarge(path + "!" + member, entry.getSize() + " bytes");
        }
        MemoryBudget.check(path + "!" + member, read + entry.getSize());
        read += entry.getSize();
        int size = (int) entry.getSize();
        byte[] content;
        boolean more;
        try (InputStream in = zip.getInputStream(entry)) {
            content = in.readNBytes(size);
            more = in.read() >= 0;
        } catch (ZipException | EOFException e) {
            throw damaged(member, e.getMessage());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        if (more || content.length != size || crc.getValue() != entry.getCrc()) {
            throw damaged(member, content.length + " bytes, CRC " + Long.toHexString(crc.getValue()));
        }
        return content;
    }

    private ZipEntry entry(String member) {
        ZipEntry entry = members.get(member);
        if (entry == null) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    path + "!" + member,
                    "no such member",
                    "one of " + members.keySet(),
                    "name an archive that has it");
        }
        return entry;
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private void index() {
        long total = 0;
        if (zip.size() > MAX_MEMBERS) {
            throw suspicious(zip.size() + " members", MAX_MEMBERS);
        }
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.getName().endsWith(".pkl")) {
                throw PickleRefusal.of(path.toString(), "member " + entry.getName() + " is a pickle");
            }
            long size = entry.getSize();
            if (size < 0 || size > MAX_TOTAL || (total += size) > MAX_TOTAL) {
                throw suspicious(total + " unpacked bytes at " + entry.getName(), MAX_TOTAL);
            }
            if (size > MAX_RATIO * Math.max(1, entry.getCompressedSize())) {
                throw suspicious(
                        entry.getName() + " unpacks " + entry.getCompressedSize() + " to " + size + " bytes",
                        "ratio " + MAX_RATIO);
            }
            if (members.put(entry.getName(), entry) != null) {
                throw suspicious("two members " + entry.getName(), "distinct names");
            }
        }
    }

    private FormatException suspicious(Object value, Object limit) {
        return new FormatException(
                FormatException.Code.ARCHIVE_SUSPICIOUS, path.toString(), value, limit, "save the arrays again");
    }

    private FormatException damaged(String member, String value) {
        return new FormatException(
                FormatException.Code.CHECKSUM_MISMATCH,
                path + "!" + member,
                value,
                "the size and CRC of the directory",
                "copy the file again");
    }

    private static void requireZip(Path path) throws IOException {
        byte[] head = new byte[4];
        try (InputStream in = Files.newInputStream(path)) {
            int n = in.readNBytes(head, 0, head.length);
            if (n > 1 && (head[0] & 0xFF) == PICKLE && head[1] >= 2 && head[1] <= HIGHEST_PROTOCOL) {
                throw PickleRefusal.of(path.toString(), "a pickle");
            }
            boolean local = head[2] == 3 && head[3] == 4;
            boolean empty = head[2] == 5 && head[3] == 6;
            if (n < head.length || head[0] != 'P' || head[1] != 'K' || !(local || empty)) {
                throw new FormatException(
                        FormatException.Code.NOT_NPY,
                        path.toString(),
                        n < head.length ? n + " bytes" : "other first bytes",
                        "a zip archive of arrays",
                        "name a file that numpy.savez or this program wrote");
            }
        }
    }

    private static StorageException unreadable(Path path, IOException e) {
        String value = e instanceof NoSuchFileException ? "does not exist" : String.valueOf(e.getMessage());
        return new StorageException(
                StorageException.Code.STORAGE_DENIED,
                path.toString(),
                value,
                "a readable file",
                "check the path and its permissions",
                e);
    }
}
