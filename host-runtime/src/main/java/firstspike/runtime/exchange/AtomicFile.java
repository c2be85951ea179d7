package firstspike.runtime.exchange;

import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Replaces small files so that a reader sees the old or the new content, never a part ({@code formats.md} section 1). */
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /**
     * Writes a file: beside it first, forced to disk, then renamed.
     *
     * @param path file whose folder exists
     * @param content its new bytes
     * @throws StorageException {@code STORAGE_FULL} or {@code STORAGE_DENIED}, naming the path; the old file is untouched
     */
    public static void replace(Path path, byte[] content) {
        Path beside = path.resolveSibling(
                path.getFileName() + ".tmp-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet());
        try {
            try (FileChannel out = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(beside, e);
            throw failure(path, content.length, e);
        }
    }

    private static void remove(Path beside, IOException first) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            first.addSuppressed(e);
        }
    }

    private static StorageException failure(Path path, int bytes, IOException e) {
        long free = free(path);
        boolean full = !(e instanceof AccessDeniedException) && free >= 0 && free < bytes + 65536L;
        return new StorageException(
                full ? StorageException.Code.STORAGE_FULL : StorageException.Code.STORAGE_DENIED,
                path.toString(),
                bytes + " bytes not written (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                free < 0 ? "a folder that can be written" : free + " bytes free",
                full ? "free space or choose another folder" : "check the folder and its permissions",
                e);
    }

    private static long free(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        // by the file and not by its store: that one wants a table of mounts, which a bare root may lack
        return Files.isDirectory(folder) ? folder.toFile().getUsableSpace() : -1;
    }
}
