package firstspike.runtime.training;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a run's checkpoints: files {@code epoch-NNNNN.npz} and {@code latest}, the name of the newest complete one. A
 * checkpoint inside an epoch has the number of that epoch; its completed state replaces it.
 */
public final class CheckpointFolder {
    private static final String LATEST = "latest";
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("epoch-\\d{5,9}\\.npz");

    private final Path folder;

    /**
     * A folder that exists.
     *
     * @param folder path
     */
    public CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a checkpoint and makes it the latest one; a reader sees the old or the new state.
     *
     * @param checkpoint state of a training
     * @return file name
     * @throws StorageException when it cannot be written; older ones stay valid
     */
    public String write(Checkpoint checkpoint) {
        CheckpointMeta meta = checkpoint.meta();
        String name = name(meta.batch() == 0 ? meta.epoch() : meta.epoch() + 1);
        AtomicFile.replace(folder.resolve(name), CheckpointCodec.write(checkpoint));
        AtomicFile.replace(folder.resolve(LATEST), (name + "\n").getBytes(StandardCharsets.UTF_8));
        return name;
    }

    /**
     * Reads a checkpoint, verifying every array.
     *
     * @param name file name
     * @return the state
     * @throws FormatException for a truncated, corrupt or foreign file
     */
    public Checkpoint read(String name) {
        if (!NAME.matcher(name).matches()) {
            throw CheckpointCodec.foreign(folder.resolve(LATEST), "names '" + name + "'", null);
        }
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            throw CheckpointCodec.foreign(file, "does not exist", null);
        }
        return CheckpointCodec.read(file);
    }

    /**
     * Reads the newest complete checkpoint.
     *
     * @return the state, empty when there is none
     * @throws FormatException when it does not verify; the remedy names the newest one that does
     */
    public Optional<Checkpoint> latest() {
        Path latest = folder.resolve(LATEST);
        if (!Files.exists(latest)) {
            return Optional.empty();
        }
        String name;
        try {
            name = Files.size(latest) > LONGEST_NAME
                    ? ""
                    : Files.readString(latest).strip();
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            return Optional.of(read(name));
        } catch (FormatException e) {
            String other = newestThatVerifies(name)
                    .map(good -> "the newest checkpoint that verifies is " + good)
                    .orElse("no other checkpoint verifies");
            throw new FormatException(
                    e.code(), latest.toString(), e.getMessage(), "a checkpoint that verifies", other, e);
        }
    }

    private Optional<String> newestThatVerifies(String except) {
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(file -> NAME.matcher(file).matches() && !file.equals(except))
                    .sorted(Comparator.comparing(String::length)
                            .thenComparing(Comparator.naturalOrder())
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
        return names.stream().filter(this::verifies).findFirst();
    }

    private boolean verifies(String name) {
        try {
            read(name);
            return true;
        } catch (HostException e) {
            return false;
        }
    }

    private StorageException unreadable(IOException e) {
        return new StorageException(
                StorageException.Code.STORAGE_DENIED,
                folder.toString(),
                String.valueOf(e.getMessage()),
                "a readable folder",
                "check its permissions",
                e);
    }

    private static String name(int epoch) {
        return String.format(Locale.ROOT, "epoch-%05d.npz", epoch);
    }
}
