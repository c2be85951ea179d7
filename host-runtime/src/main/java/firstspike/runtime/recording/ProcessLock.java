package firstspike.runtime.recording;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive ownership of something by one process: a lock on a file, which the operating system frees when the process ends.
 * The file names its owner. Any thread.
 */
public final class ProcessLock implements AutoCloseable {

    /**
     * Locks of this process. A system may free all locks of a process on a file as soon as the process closes any channel on
     * it, so a file that is locked here must not even be opened.
     */
    private static final Map<Path, String> OWN = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final String owner;

    private ProcessLock(Path file, FileChannel channel, String owner) {
        this.file = file;
        this.channel = channel;
        this.owner = owner;
    }

    /**
     * @param lockFile made when it is not there; stays when the lock is freed
     * @param thing that is locked, for the error
     * @param busy code of the error
     * @return the lock, held until it is closed
     * @throws StorageException with that code when a living process holds it, naming its process and host
     */
    public static ProcessLock take(Path lockFile, String thing, StorageException.Code busy) {
        Path file = lockFile.toAbsolutePath().normalize();
        String owner = "pid " + ProcessHandle.current().pid() + " on " + host() + " since " + Instant.now();
        String other = OWN.putIfAbsent(file, owner);
        if (other != null) {
            throw busy(thing, other, busy, null);
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw busy(thing, Files.readString(file).strip(), busy, null);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            taken = true;
            return new ProcessLock(file, channel, owner);
        } catch (OverlappingFileLockException e) {
            throw busy(thing, "this process", busy, e);
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        } finally {
            if (!taken) {
                close(channel);
                OWN.remove(file, owner);
            }
        }
    }

    /** Process, machine and time that hold it. */
    public String owner() {
        return owner;
    }

    /**
     * @param lockFile that may be there
     * @return whether a living process holds the lock
     */
    public static boolean isHeld(Path lockFile) {
        Path file = lockFile.toAbsolutePath().normalize();
        if (OWN.containsKey(file)) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static StorageException busy(String thing, String owner, StorageException.Code code, Exception cause) {
        return new StorageException(
                code,
                ErrorDetail.of(
                        thing,
                        "owned by " + (owner.isEmpty() ? "another process" : owner),
                        "one process",
                        "wait for it to end, or stop it first"),
                cause);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "this machine";
        }
    }

    private static void close(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the channel only served to ask for the lock
                return;
            }
        }
    }

    @Override
    public void close() {
        close(channel);
        OWN.remove(file);
    }
}
