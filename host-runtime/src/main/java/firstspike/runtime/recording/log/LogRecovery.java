package firstspike.runtime.recording.log;

import firstspike.driver.link.WallClock;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.ProcessLock;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Makes a log whole again (formats.md 2.7): cuts a torn tail, rebuilds index and footer, and, when told to salvage, leaves
 * damaged records out. What is cut, or the log as it was, is kept beside it as {@code NAME.torn-<n>}. A log that is whole and
 * closed is not touched, so a second recovery does nothing.
 */
public final class LogRecovery {

    private static final int COPY = 1 << 20;

    private final Path file;
    private final boolean salvage;
    private final WallClock clock;

    private LogRecovery(Path file, boolean salvage, WallClock clock) {
        this.file = file;
        this.salvage = salvage;
        this.clock = clock;
    }

    /**
     * @param file a log that nobody writes
     * @param salvage whether damaged and missing records in the middle are accepted, counted and marked
     * @param clock that dates the footer
     * @return what was done
     * @throws FormatException when the middle is damaged and is not to be salvaged
     * @throws StorageException {@code LOG_BUSY}, {@code STORAGE_FULL} or {@code STORAGE_DENIED}; the log is as it was
     */
    public static Recovery recover(Path file, boolean salvage, WallClock clock) {
        if (!Files.exists(file)) {
            throw SpikeLog.unreadable(file, new java.nio.file.NoSuchFileException(file.toString()));
        }
        ProcessLock lock = LogFile.lock(file);
        try {
            return new LogRecovery(file, salvage, clock).run();
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        } finally {
            lock.close();
        }
    }

    private Recovery run() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            LogTally[] tally = new LogTally[1];
            LogScan scan = new LogScan(channel, file, salvage, (record, offset) -> tally[0].accept(record, offset));
            tally[0] = new LogTally(scan.header());
            scan.run();
            if (scan.error() != null) {
                throw scan.error();
            }
            LogHealth health = scan.health();
            if (health.corruptRecords() > 0 || health.missingRecords() > 0) {
                return rewrite(channel, scan);
            }
            if (health.verdict() == LogVerdict.CLOSED && health.damages().isEmpty()) {
                return new Recovery(health, false, Optional.empty(), 0);
            }
            return mend(channel, scan, tally[0]);
        }
    }

    /** Cuts what follows the last whole record, and closes the log. */
    private Recovery mend(FileChannel channel, LogScan scan, LogTally tally) throws IOException {
        long from = scan.recordsEnd();
        long cut = scan.size() - from;
        Optional<Path> kept = Optional.empty();
        if (cut > 0) {
            Path beside = beside();
            copy(channel, from, cut, beside);
            kept = Optional.of(beside);
            channel.truncate(from);
        }
        LogOutput output =
                new LogOutput(channel, tally.index(), tally.totals(), from, scan.nextSequence(), tally.programs());
        long before = scan.footer() == null ? 0 : scan.footer().flags() & LogFooter.FALSIFIED;
        output.finish(clock.epochMillis(), LogFooter.REBUILT | before);
        output.force();
        return new Recovery(scan.health(), true, kept, cut);
    }

    private static void copy(FileChannel from, long at, long count, Path to) throws IOException {
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long done = 0;
            while (done < count) {
                long moved = from.transferTo(at + done, Math.min(COPY, count - done), out);
                if (moved <= 0) {
                    throw new IOException("the file became shorter while it was read");
                }
                done += moved;
            }
            out.force(true);
        }
    }

    /** Writes the sound records into a new file that takes the place of the log. */
    private Recovery rewrite(FileChannel channel, LogScan scan) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".salvaged");
        Files.deleteIfExists(fresh);
        try (FileChannel target = FileChannel.open(
                fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            LogOutput[] output = new LogOutput[1];
            LogTally[] tally = new LogTally[1];
            LogScan again = new LogScan(channel, file, true, (record, offset) -> {
                tally[0].accept(record, offset);
                copy(record, output[0]);
            });
            LogHeader header = again.header();
            tally[0] = new LogTally(header);
            output[0] = new LogOutput(target, LabelTable.of(header.labels()));
            output[0].header(header);
            again.run();
            SortedMap<String, Long> counters = tally[0].counters();
            scan.health().counters().forEach((name, value) -> counters.merge(name, value, Long::sum));
            output[0].totals(Math.max(0, output[0].programs() - 1), counters);
            output[0].finish(clock.epochMillis(), LogFooter.REBUILT | LogFooter.FALSIFIED);
            output[0].force();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Path beside = beside();
        keepAs(beside);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Recovery(scan.health(), true, Optional.of(beside), scan.size());
    }

    private static void copy(LogRecord record, LogOutput output) {
        try {
            output.copy(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log under a second name, so that at no moment there is none under its own. */
    private void keepAs(Path beside) throws IOException {
        try {
            Files.createLink(beside, file);
        } catch (UnsupportedOperationException | IOException e) {
            // a file system without links
            Files.copy(file, beside);
        }
    }

    private Path beside() {
        for (int n = 1; ; n++) {
            Path beside = file.resolveSibling(file.getFileName() + ".torn-" + n);
            if (!Files.exists(beside)) {
                return beside;
            }
        }
    }
}
