package firstspike.driver.server.spool;

import static firstspike.driver.error.TargetUnavailableException.Code.QUOTA_EXCEEDED;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.TargetUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which a server keeps uploads and results (playback.md 14.6): mode 0700, emptied when it is opened, locked
 * against a second server. A folder that holds anything is taken only when it carries the {@linkplain #MARKER marker} of an
 * earlier spool, and only files that a spool makes are deleted. Any thread.
 */
public final class Spool implements AutoCloseable {

    /** Name of the file by which a spool knows its folder again; it is also the lock. */
    static final String MARKER = "firstspike-spool.lock";

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Pattern OURS = Pattern.compile("(upload|result)-[0-9]{1,19}");
    private static final String OWNER_ONLY = "rwx------";
    /** Part of the heap that what is small may take. */
    private static final long SMALL_SHARE = 16;
    /** Part of the heap that the objects may take that stand for what is stored. */
    private static final long OBJECT_SHARE = 4;

    /** Of an upload or a result with its places in tables, queues and events. */
    private static final long OBJECT_BYTES = 2048;
    /** Part of what all may have that one user may have. */
    private static final long USER_SHARE = 4;

    private final Path folder;
    private final boolean temporary;
    private final SpoolLimits limits;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final AtomicLong names = new AtomicLong();
    private final HeapBudget heap = new HeapBudget(Runtime.getRuntime().maxMemory() / SMALL_SHARE);
    private final Map<String, SpoolAccount> accounts = new HashMap<>();
    private long used;
    private long objects;

    private Spool(Path folder, boolean temporary, SpoolLimits limits, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.limits = limits;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * A spool in a folder that is made when it is not there.
     *
     * @param folder for it alone
     * @param limits of what is stored
     * @return the open spool
     * @throws SpoolException when it holds files of others, belongs to a running server or cannot be written
     */
    public static Spool open(Path folder, SpoolLimits limits) throws SpoolException {
        try {
            return open(folder, false, limits);
        } catch (SpoolException e) {
            throw e;
        } catch (IOException e) {
            throw unusable(false, folder, "cannot be used: " + e, "a folder that can be written", e);
        }
    }

    /**
     * A spool in a new folder of the system's temporary one, which goes with it.
     *
     * @param limits of what is stored
     * @return the open spool
     * @throws SpoolException when it cannot be made
     */
    public static Spool temporary(SpoolLimits limits) throws SpoolException {
        try {
            return open(Files.createTempDirectory("firstspike-spool-"), true, limits);
        } catch (IOException e) {
            throw unusable(false, "in the temporary folder", "cannot be made: " + e, "a folder that can be written", e);
        }
    }

    private static Spool open(Path folder, boolean temporary, SpoolLimits limits) throws IOException {
        Files.createDirectories(folder);
        Path marker = folder.resolve(MARKER);
        if (!Files.exists(marker) && !isEmpty(folder)) {
            throw unusable(
                    false, folder, "holds files of others", "an empty folder, or one that was a spool before", null);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
        }
        FileChannel file = FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(file);
            if (lock == null) {
                throw unusable(true, folder, "in use by another server", "one server", null);
            }
            Spool spool = new Spool(folder, temporary, limits, file, lock);
            spool.empty();
            return spool;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static SpoolException unusable(boolean busy, Object folder, String what, String limit, IOException cause) {
        return new SpoolException(
                busy, ErrorDetail.of("spool folder " + folder, what, limit, "choose another folder"), cause);
    }

    private static FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private void empty() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (OURS.matcher(file.getFileName().toString()).matches()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * Room for a new session.
     *
     * @param user whose quotas count
     * @return the store; the caller closes it with the session
     */
    public SessionStore session(String user) {
        synchronized (accounts) {
            SpoolAccount account = accounts.computeIfAbsent(user, name -> new SpoolAccount(this, name));
            account.sessionOpened();
            return new SessionStore(this, account);
        }
    }

    /** A session of the account is closed. */
    void left(SpoolAccount account) {
        synchronized (accounts) {
            if (account.sessionClosed()) {
                accounts.remove(account.user());
            }
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** How much may be stored. */
    public SpoolLimits limits() {
        return limits;
    }

    /** Bytes that are stored. */
    public synchronized long usedBytes() {
        return used;
    }

    /** Bytes that may still be stored: by the limit of the spool, or by what the disk has. */
    public long freeBytes() {
        long room = limits.spoolBytes() - usedBytes();
        // by the file and not by its store: that one wants a table of mounts, which a bare root may lack
        return Math.min(room, folder.toFile().getUsableSpace());
    }

    SpoolFile newFile(String kind) {
        return new SpoolFile(folder, kind + "-" + names.incrementAndGet(), heap);
    }

    /**
     * Counts bytes that are about to be stored.
     *
     * @throws TargetUnavailableException when there is no room
     */
    synchronized void take(long bytes) {
        if (used + bytes > limits.spoolBytes()) {
            throw SpoolAccount.full(
                    "spool of the server, bytes", used + bytes, limits.spoolBytes(), limits.spoolBytes() - used);
        }
        used += bytes;
    }

    /**
     * Refuses one more upload when there is so much that its objects would take too much of the heap, however little there is in
     * each; before that the one who has a quarter of it.
     */
    void checkObjects(SpoolAccount account) {
        long most = Runtime.getRuntime().maxMemory() / OBJECT_SHARE / OBJECT_BYTES;
        // one after the other: an account that counts bytes holds its own lock while it asks for this one
        long own = account.objects();
        long all = objects();
        if (own >= most / USER_SHARE) {
            throw SpoolAccount.full(
                    "uploads and results of the user that the server keeps", own + 1, most / USER_SHARE, 0);
        }
        if (all >= most) {
            throw SpoolAccount.full("uploads and results that the server keeps", all + 1, most, 0);
        }
    }

    private synchronized long objects() {
        return objects;
    }

    synchronized void enter() {
        objects++;
    }

    synchronized void leave() {
        objects--;
    }

    synchronized void give(long bytes) {
        used -= bytes;
    }

    /** The error of a disk that did not take what was written. */
    TargetUnavailableException refused(IOException cause) {
        LOG.error("spool {} cannot be written: {}", folder, cause.toString());
        long free = freeBytes();
        long used = usedBytes();
        return new TargetUnavailableException(
                QUOTA_EXCEEDED,
                SpoolAccount.full("spool of the server, bytes", used, used + free, free)
                        .detail(),
                cause);
    }

    /** Deletes what is left and lets another server have the folder. Nobody may use its sessions any more. */
    @Override
    public void close() {
        try {
            empty();
            if (temporary) {
                Files.deleteIfExists(folder.resolve(MARKER));
            }
            lock.close();
            lockFile.close();
            if (temporary) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            LOG.warn("spool {} is not quite empty", folder, e);
        }
    }
}
