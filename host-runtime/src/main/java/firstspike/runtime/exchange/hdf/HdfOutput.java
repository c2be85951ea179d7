package firstspike.runtime.exchange.hdf;

import firstspike.runtime.error.StorageException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Writes an HDF5 file whole or not at all. The library cannot write empty arrays: callers leave them out. */
public final class HdfOutput {

    /** Elements from which on an array is compressed: 4 KiB of doubles. */
    private static final int COMPRESS_FROM = 512;

    private static final int CHUNK = 1 << 16;

    private HdfOutput() {}

    /**
     * Writes a file beside its place, forces it to disk and renames it.
     *
     * @param path file whose folder exists
     * @param content puts groups and data sets into the root
     * @throws StorageException when it cannot be written; an old file is untouched
     */
    public static void write(Path path, Consumer<WritableGroup> content) {
        write(path, false, content);
    }

    /**
     * The same for a file with text attributes of variable length.
     *
     * @param path file whose folder exists
     * @param content puts groups and data sets into the root, and texts by {@link #putText}
     */
    public static void writeWithTexts(Path path, Consumer<WritableGroup> content) {
        write(path, true, content);
    }

    /**
     * Puts a text attribute of variable length.
     *
     * @param node takes it
     * @param name of the attribute
     * @param text of 1 to 26 bytes
     */
    public static void putText(WritableNode node, String name, String text) {
        VariableTexts.put(node, name, text);
    }

    private static void write(Path path, boolean texts, Consumer<WritableGroup> content) {
        Path beside = path.resolveSibling(
                path.getFileName() + ".tmp-" + ProcessHandle.current().pid() + "-hdf");
        try {
            Files.deleteIfExists(beside);
            try (WritableHdfFile file = HdfFile.write(beside)) {
                content.accept(file);
            }
            if (texts) {
                VariableTexts.exchange(beside);
            }
            try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | io.jhdf.exceptions.HdfException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    path.toString(),
                    "cannot be written (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                    "a folder that can be written, with space",
                    "check folder, permissions and space",
                    e);
        } finally {
            remove(beside);
        }
    }

    /**
     * Puts a vector.
     *
     * @param group takes it
     * @param name of the data set
     * @param values one or more
     */
    public static void put(WritableGroup group, String name, double[] values) {
        group.putDataset(name, values, packed(values.length, false));
    }

    /**
     * Puts a vector of integers.
     *
     * @param group takes it
     * @param name of the data set
     * @param values one or more
     * @param unsigned whether the file says unsigned
     */
    public static void put(WritableGroup group, String name, long[] values, boolean unsigned) {
        group.putDataset(name, values, packed(values.length, unsigned));
    }

    /**
     * Puts a vector of 32-bit unsigned integers.
     *
     * @param group takes it
     * @param name of the data set
     * @param values one or more
     */
    public static void putUnsigned(WritableGroup group, String name, int[] values) {
        group.putDataset(name, values, packed(values.length, true));
    }

    /**
     * Puts a matrix.
     *
     * @param group takes it
     * @param name of the data set
     * @param rows equally long, one or more, not empty
     */
    public static void put(WritableGroup group, String name, double[][] rows) {
        int columns = rows[0].length;
        if ((long) rows.length * columns < COMPRESS_FROM) {
            group.putDataset(name, rows);
        } else {
            int height = Math.max(1, Math.min(rows.length, CHUNK / columns));
            group.putDataset(
                    name,
                    rows,
                    DatasetCreationOptions.builder()
                            .chunkDimensions(height, Math.min(columns, CHUNK))
                            .deflate()
                            .build());
        }
    }

    /**
     * Puts a matrix of integers.
     *
     * @param group takes it
     * @param name of the data set
     * @param rows equally long, one or more, not empty
     */
    public static void put(WritableGroup group, String name, long[][] rows) {
        group.putDataset(name, rows);
    }

    /**
     * How a vector is stored.
     *
     * @param n its elements
     * @param unsigned whether the file says unsigned
     * @return compressed when it is long
     */
    public static DatasetCreationOptions packed(int n, boolean unsigned) {
        DatasetCreationOptions.Builder builder = DatasetCreationOptions.builder();
        if (unsigned) {
            builder.unsigned();
        }
        if (n >= COMPRESS_FROM) {
            builder.chunkDimensions(Math.min(n, CHUNK)).deflate();
        }
        return builder.build();
    }

    private static void remove(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            // what matters was thrown already, or the file was moved
        }
    }
}
