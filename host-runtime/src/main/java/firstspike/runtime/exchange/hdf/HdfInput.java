package firstspike.runtime.exchange.hdf;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * An HDF5 file opened for reading, after a walk through all of it: at most 4 GiB, 10 000 objects and depth 32, no link that
 * leads elsewhere and none that leads back. To be closed.
 */
public final class HdfInput implements AutoCloseable {

    /** Most bytes of a file. */
    public static final long MAX_FILE = 4L << 30;
    /** Most groups and data sets. */
    public static final int MAX_OBJECTS = 10_000;
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 32;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

    static {
        BoundedFilters.install();
    }

    private final Path path;
    private final HdfFile file;
    private final long bytes;
    private int objects;

    private HdfInput(Path path, HdfFile file, long bytes) {
        this.path = path;
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Opens a file and walks through it.
     *
     * @param path of the file
     * @return the file, to be closed by the caller
     * @throws FormatException {@code HDF5_LIMIT} beyond a limit, {@code MALFORMED_HEADER} when it is no sound HDF5 file
     * @throws StorageException when it cannot be read
     */
    public static HdfInput open(Path path) {
        long bytes = checkedSize(path);
        HdfInput input = new HdfInput(path, HdfFailure.guard(path.toString(), () -> new HdfFile(path)), bytes);
        try {
            HdfFailure.guard(path.toString(), () -> {
                input.walk(input.file, 0, new ArrayDeque<>());
                return null;
            });
            return input;
        } catch (FormatException e) {
            input.close();
            throw e;
        }
    }

    /** The root group. */
    public HdfGroup root() {
        return new HdfGroup(path, "", file, bytes);
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        file.close();
    }

    private void walk(Group group, int depth, Deque<Long> above) {
        if (depth > MAX_DEPTH) {
            throw limit("groups nested deeper than " + MAX_DEPTH, MAX_DEPTH);
        }
        if (above.contains(group.getAddress())) {
            throw limit("group " + group.getPath() + " that holds itself", "groups without a cycle");
        }
        above.push(group.getAddress());
        Set<String> names = new HashSet<>();
        for (Node child : group.getChildren().values()) {
            if (++objects > MAX_OBJECTS) {
                throw limit("more than " + MAX_OBJECTS + " objects", MAX_OBJECTS);
            }
            if (child.isLink()) {
                throw limit("link " + child.getName() + " that leads elsewhere", "no soft or external links");
            }
            if (!names.add(child.getName())) {
                throw HdfFailure.damaged(path + "/" + group.getPath(), "two objects " + child.getName(), null);
            }
            if (child instanceof Group below) {
                walk(below, depth + 1, above);
            }
        }
        above.pop();
    }

    private static long checkedSize(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > MAX_FILE) {
                throw new FormatException(
                        FormatException.Code.HDF5_LIMIT, path.toString(), size + " bytes", MAX_FILE, "split the file");
            }
            byte[] head = in.readNBytes(SIGNATURE.length);
            if (!Arrays.equals(head, SIGNATURE)) {
                throw HdfFailure.damaged(path.toString(), "no HDF5 signature at its beginning", null);
            }
            return size;
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    path.toString(),
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "a readable file",
                    "check the path and its permissions",
                    e);
        }
    }

    private FormatException limit(Object value, Object limit) {
        return new FormatException(
                FormatException.Code.HDF5_LIMIT,
                path.toString(),
                value,
                limit,
                "write the file again without it, or split it");
    }
}
