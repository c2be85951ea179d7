package firstspike.runtime.exchange.tensorboard;

import firstspike.runtime.error.StorageException;
import firstspike.runtime.framing.RecordFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * An event file of one process that trained. A run that goes on has a further file with the next number; what the older ones
 * hold stays ({@code formats.md} 10). One owner thread.
 */
public final class EventFile {

    /** What the name of every event file begins with. */
    public static final String PREFIX = "events.out.tfevents.";

    private static final int SUFFIX = 6;

    private final Path path;

    private EventFile(Path path) {
        this.path = path;
    }

    /**
     * Makes a new file with its version record.
     *
     * @param folder that is there
     * @param runId whose first six hexadecimal digits name the file
     * @param time of the start
     * @return the file
     * @throws StorageException when it cannot be written
     */
    public static EventFile create(Path folder, String runId, Instant time) {
        String run = runId.replace("-", "");
        String name = PREFIX + time.getEpochSecond() + ".firstspike." + run.substring(0, Math.min(SUFFIX, run.length()))
                + "." + count(folder);
        EventFile file = new EventFile(folder.resolve(name));
        file.write(List.of(EventRecords.version(seconds(time))), StandardOpenOption.CREATE_NEW);
        return file;
    }

    /**
     * Whether a folder has event files.
     *
     * @param folder that is there
     * @return true if so
     */
    public static boolean isIn(Path folder) {
        return count(folder) > 0;
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /**
     * Appends records in one write.
     *
     * @param payloads made by {@link EventRecords}
     * @throws StorageException when it cannot be written
     */
    public void append(List<byte[]> payloads) {
        write(payloads, StandardOpenOption.APPEND);
    }

    /**
     * A time as events have it.
     *
     * @param time any
     * @return seconds since 1970
     */
    public static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() * 1e-9;
    }

    private void write(List<byte[]> payloads, StandardOpenOption how) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (byte[] payload : payloads) {
            frames.writeBytes(RecordFrame.of(payload));
        }
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE, how)) {
            ByteBuffer bytes = ByteBuffer.wrap(frames.toByteArray());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static int count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .count();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static StorageException failure(Path path, IOException e) {
        return new StorageException(
                StorageException.Code.STORAGE_DENIED,
                path.toString(),
                "cannot be written (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                "a folder that can be written, with space",
                "free space, or train with --no-tensorboard",
                e);
    }
}
