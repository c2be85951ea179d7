package firstspike.runtime.recording;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the typed error of a failed write: full, or denied, with the free bytes. */
public final class StorageFailure {

    private static final long ALMOST_FULL = 64 << 10;

    private StorageFailure() {}

    /**
     * @param path that was written
     * @param cause what the system said
     * @return the error
     */
    public static StorageException of(Path path, IOException cause) {
        long free = freeBytes(path);
        if (cause instanceof FileAlreadyExistsException) {
            return new StorageException(
                    StorageException.Code.EXISTS,
                    ErrorDetail.of(path.toString(), "is there already", "", "choose another name, or --force"),
                    cause);
        }
        String said = String.valueOf(cause.getMessage());
        boolean full = said.contains("No space left")
                || said.contains("quota")
                || said.contains("File too large")
                || !(cause instanceof AccessDeniedException) && free >= 0 && free < ALMOST_FULL;
        return new StorageException(
                full ? StorageException.Code.STORAGE_FULL : StorageException.Code.STORAGE_DENIED,
                ErrorDetail.of(
                        path.toString(),
                        "cannot be written (" + cause.getClass().getSimpleName() + ": " + said + ")",
                        free < 0 ? "a folder that can be written" : free + " bytes free",
                        full ? "free space or choose another folder" : "choose a folder that can be written"),
                cause);
    }

    /** Free bytes where a path lies, or -1. */
    static long freeBytes(Path path) {
        Path existing = path.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        // by the file and not by its store: that one wants a table of mounts, which a bare root may lack
        return existing == null ? -1 : existing.toFile().getUsableSpace();
    }
}
