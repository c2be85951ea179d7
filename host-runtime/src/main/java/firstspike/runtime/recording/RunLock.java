package firstspike.runtime.recording;

import firstspike.driver.link.ErrorDetail;
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

/** Exclusive ownership of a run folder by one process: a lock that the operating system frees when the process ends. */
public final class RunLock implements AutoCloseable {

    private static final String NAME = "lock";

    private final FileChannel channel;
    private final String owner;

    private RunLock(FileChannel channel, String owner) {
        this.channel = channel;
        this.owner = owner;
    }

    /**
     * @param folder of the run
     * @return the lock, held until it is closed
     * @throws StorageException {@code RUN_LOCKED} when a living process holds it
     */
    public static RunLock take(Path folder) {
        Path file = folder.resolve(NAME);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw busy(folder, null);
            }
            String owner = "pid " + ProcessHandle.current().pid() + " on " + host() + " since " + Instant.now();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            return new RunLock(channel, owner);
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw busy(folder, e);
        } catch (StorageException e) {
            close(channel);
            throw e;
        } catch (IOException e) {
            close(channel);
            throw StorageFailure.of(file, e);
        }
    }

    /** Process, machine and time that hold it. */
    String owner() {
        return owner;
    }

    /** Whether a living process holds the lock of a folder. */
    public static boolean isHeld(Path folder) {
        Path file = folder.resolve(NAME);
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

    private static StorageException busy(Path folder, Exception cause) {
        String owner;
        try {
            owner = Files.readString(folder.resolve(NAME)).strip();
        } catch (IOException e) {
            owner = "another process";
        }
        return new StorageException(
                StorageException.Code.RUN_LOCKED,
                ErrorDetail.of(
                        "run " + folder, "owned by " + owner, "one process", "wait for it to end, or stop it first"),
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
    }
}
