package firstspike.runtime.recording.log;

import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.ProcessLock;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;

/** A log that is open for writing, with its lock. One owner thread. */
final class LogFile implements AutoCloseable {

    private final Path file;
    private final ProcessLock lock;
    private final LogOutput output;
    private final SortedMap<String, Long> counters;

    private LogFile(Path file, ProcessLock lock, LogOutput output, SortedMap<String, Long> counters) {
        this.file = file;
        this.lock = lock;
        this.output = output;
        this.counters = counters;
    }

    static LogFile create(Path file, LogHeader header) {
        ProcessLock lock = lock(file);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            LogOutput output = new LogOutput(channel, LabelTable.of(header.labels()));
            output.header(header);
            return new LogFile(file, lock, output, new TreeMap<>());
        } catch (IOException e) {
            lock.close();
            throw StorageFailure.of(file, e);
        }
    }

    /** The lock of a log: {@code NAME.fslog.lock}. */
    static ProcessLock lock(Path file) {
        return ProcessLock.take(lockFile(file), "log " + file, StorageException.Code.LOG_BUSY);
    }

    static Path lockFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }

    LogOutput output() {
        return output;
    }

    /** Counters that the log had when it was opened, without totals. */
    SortedMap<String, Long> counters() {
        return counters;
    }

    @Override
    public void close() {
        try {
            output.close();
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        } finally {
            lock.close();
        }
    }
}
