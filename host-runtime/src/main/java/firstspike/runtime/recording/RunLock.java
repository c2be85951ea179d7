package firstspike.runtime.recording;

import firstspike.runtime.error.StorageException;
import java.nio.file.Path;

/** Exclusive ownership of a run folder by one process: its file {@code lock}. */
public final class RunLock implements AutoCloseable {

    private static final String NAME = "lock";

    private final ProcessLock lock;

    private RunLock(ProcessLock lock) {
        this.lock = lock;
    }

    /**
     * @param folder of the run
     * @return the lock, held until it is closed
     * @throws StorageException {@code RUN_LOCKED} when a living process holds it
     */
    public static RunLock take(Path folder) {
        return new RunLock(ProcessLock.take(folder.resolve(NAME), "run " + folder, StorageException.Code.RUN_LOCKED));
    }

    /** Process, machine and time that hold it. */
    String owner() {
        return lock.owner();
    }

    /** Whether a living process holds the lock of a folder. */
    public static boolean isHeld(Path folder) {
        return ProcessLock.isHeld(folder.resolve(NAME));
    }

    @Override
    public void close() {
        lock.close();
    }
}
