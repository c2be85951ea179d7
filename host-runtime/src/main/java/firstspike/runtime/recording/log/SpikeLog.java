package firstspike.runtime.recording.log;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A spike log that is read. The file may be written meanwhile: what was whole at some moment of the reading is given, and
 * never a part of a record. One owner thread; needs no lock.
 */
public final class SpikeLog implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final LogHeader header;

    private SpikeLog(Path file, FileChannel channel, LogHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * @param file a spike log
     * @return the log, with its header read
     * @throws FormatException {@code NOT_A_SPIKE_LOG}, {@code UNSUPPORTED_VERSION}, {@code RECORD_TOO_LARGE}
     * @throws StorageException {@code STORAGE_DENIED} when it is not there or cannot be read
     */
    public static SpikeLog open(Path file) {
        FileChannel channel = null;
        boolean opened = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            LogHeader header = new LogScan(channel, file, false, (record, offset) -> {}).header();
            opened = true;
            return new SpikeLog(file, channel, header);
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            if (!opened && channel != null) {
                quietly(channel);
            }
        }
    }

    /** Name of the file. */
    public Path file() {
        return file;
    }

    /** What the log says of itself. */
    public LogHeader header() {
        return header;
    }

    /**
     * Reads all records in the order of the file.
     *
     * @param salvage whether to pass over damage, and count it, rather than to stop with an error
     * @param sink takes them
     * @return how sound the log is
     * @throws FormatException when it is damaged in the middle; the records before the damage were given
     */
    public LogHealth read(boolean salvage, RecordSink sink) {
        LogScan scan = scan(salvage, sink);
        if (scan.error() != null) {
            throw scan.error();
        }
        return health(scan);
    }

    /** A whole pass; damage is in its result. */
    LogScan scan(boolean salvage, RecordSink sink) {
        try {
            LogScan scan = new LogScan(channel, file, salvage, sink);
            scan.header();
            scan.run();
            return scan;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Health of a pass. A log that a living writer has open did not end yet, and its tail is not torn. */
    LogHealth health(LogScan scan) {
        LogHealth health = scan.health();
        if (health.tail().ending() != LogEnding.NOT_ENDED || !isWritten()) {
            return health;
        }
        return new LogHealth(
                health.verdict() == LogVerdict.TORN ? LogVerdict.OPEN : health.verdict(),
                health.tail().beingWritten(),
                health.records(),
                -1,
                0,
                health.corruptRecords(),
                health.missingRecords(),
                health.skippedBytes(),
                health.damages());
    }

    /** Whether a living process writes it, or closed it since it was read. */
    private boolean isWritten() {
        if (ProcessLock.isHeld(LogFile.lockFile(file))) {
            return true;
        }
        try {
            return LogEnd.of(channel) != null;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The file, for reading at offsets. */
    FileChannel channel() {
        return channel;
    }

    static StorageException unreadable(Path file, IOException cause) {
        return new StorageException(
                StorageException.Code.STORAGE_DENIED,
                ErrorDetail.of(
                        file.toString(),
                        "cannot be read (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")",
                        "a file that can be read",
                        "check the name and its permissions"),
                cause);
    }

    private static void quietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the error that led here says more
            return;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("log " + file + ": cannot be closed", e);
        }
    }
}
