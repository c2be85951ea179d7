package firstspike.runtime.recording.log;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.ProcessLock;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
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
    private final long flags;

    private LogFile(Path file, ProcessLock lock, LogOutput output, SortedMap<String, Long> counters, long flags) {
        this.file = file;
        this.lock = lock;
        this.output = output;
        this.counters = counters;
        this.flags = flags;
    }

    static LogFile create(Path file, LogHeader header) {
        ProcessLock lock = lock(file);
        FileChannel channel = null;
        boolean opened = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            LogOutput output = new LogOutput(channel, LabelTable.of(header.labels()));
            output.header(header);
            opened = true;
            return new LogFile(file, lock, output, new TreeMap<>(), 0);
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        } finally {
            if (!opened) {
                closeQuietly(channel);
                lock.close();
            }
        }
    }

    /**
     * Goes on with a log that is whole.
     *
     * @throws FormatException {@code LOG_MISMATCH} when ticks or labels differ, or target or calibration without force;
     *     the errors of a damaged log
     */
    static LogFile append(Path file, LogHeader header, boolean force) {
        ProcessLock lock = lock(file);
        FileChannel channel = null;
        boolean opened = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            LogTally[] tally = new LogTally[1];
            LogScan scan = new LogScan(channel, file, false, (record, offset) -> tally[0].accept(record, offset));
            LogHeader there = scan.header();
            tally[0] = new LogTally(there);
            String changes = AppendCheck.changes(file, there, header, force);
            scan.run();
            if (scan.error() != null) {
                throw scan.error();
            }
            if (scan.health().verdict() == LogVerdict.TORN) {
                throw LogProblems.torn(file, scan.health());
            }
            channel.truncate(scan.recordsEnd());
            LogOutput output = new LogOutput(
                    channel,
                    tally[0].index(),
                    tally[0].totals(),
                    scan.recordsEnd(),
                    scan.nextSequence(),
                    tally[0].programs());
            if (!changes.isEmpty()) {
                output.mark(tally[0].programs(), Mark.Kind.NOTE, 0, 0, changes, 0);
            }
            opened = true;
            return new LogFile(file, lock, output, tally[0].counters(), lasting(scan.footer()));
        } catch (NoSuchFileException e) {
            throw SpikeLog.unreadable(file, e);
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        } finally {
            if (!opened) {
                closeQuietly(channel);
                lock.close();
            }
        }
    }

    /** What a footer says that holds for all that is added; without a footer something is missing before it. */
    private static long lasting(LogFooter before) {
        return before == null ? LogFooter.REBUILT : before.flags() & (LogFooter.FALSIFIED | LogFooter.REBUILT);
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the error that led here says more
                return;
            }
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

    /** Flags of {@link LogFooter} that the log keeps from its earlier part. */
    long flags() {
        return flags;
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
