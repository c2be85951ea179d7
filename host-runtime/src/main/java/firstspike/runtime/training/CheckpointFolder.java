package firstspike.runtime.training;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        String name = named();
        return Optional.of(readOrNameAnother(name, latest));
    }

    private Checkpoint readOrNameAnother(String name, Path thing) {
        try {
            return read(name);
        } catch (FormatException e) {
            String other = newestThatVerifies(name)
                    .map(good -> "the newest checkpoint that verifies is " + good)
                    .orElse("no other checkpoint verifies");
            throw new FormatException(
                    e.code(), thing.toString(), e.getMessage(), "a checkpoint that verifies", other, e);
        }
    }

    /**
     * A checkpoint to go on from.
     *
     * @param name of its file
     * @param checkpoint the state
     * @param passedOver newer files that do not verify, each with the reason
     */
    public record Found(String name, Checkpoint checkpoint, List<String> passedOver) {

        /** Copies the list. */
        public Found {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * Reads the newest checkpoint that verifies: the one that {@code latest} names, else the next older one. Files that are newer
     * than {@code latest} says are left from before the run went on from an earlier one.
     *
     * @return the state and what was passed over; empty when there is no checkpoint at all
     * @throws FormatException when there are some and none verifies
     */
    public Optional<Found> newest() {
        List<String> passedOver = new ArrayList<>();
        List<String> names = newestFirst();
        int from = names.indexOf(named());
        for (String name : names.subList(Math.max(0, from), names.size())) {
            try {
                return Optional.of(new Found(name, read(name), passedOver));
            } catch (FormatException e) {
                passedOver.add(name + ": " + e.detail().value());
            }
        }
        if (!passedOver.isEmpty()) {
            throw new FormatException(
                    FormatException.Code.CHECKSUM_MISMATCH,
                    "checkpoints of " + folder,
                    String.join("; ", passedOver),
                    "one that verifies",
                    "restore one from a copy, or train anew");
        }
        return Optional.empty();
    }

    /**
     * Reads the checkpoint after an epoch.
     *
     * @param epoch epochs done
     * @return the state
     * @throws FormatException when it is not there or does not verify; the remedy names the newest one that does
     */
    public Found after(int epoch) {
        String name = name(epoch);
        return new Found(name, readOrNameAnother(name, folder.resolve(name)), List.of());
    }

    /**
     * Makes a checkpoint the one that a run goes on from.
     *
     * @param found one of this folder
     */
    public void goOnFrom(Found found) {
        AtomicFile.replace(folder.resolve(LATEST), (found.name() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code latest} says; empty when it is not there or cannot be a name. */
    private String named() {
        Path latest = folder.resolve(LATEST);
        try {
            return Files.exists(latest) && Files.size(latest) <= LONGEST_NAME
                    ? Files.readString(latest).strip()
                    : "";
        } catch (MalformedInputException e) {
            return "";
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Optional<String> newestThatVerifies(String except) {
        return newestFirst().stream()
                .filter(name -> !name.equals(except))
                .filter(this::verifies)
                .findFirst();
    }

    private List<String> newestFirst() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> NAME.matcher(file).matches())
                    .sorted(Comparator.comparing(String::length)
                            .thenComparing(Comparator.naturalOrder())
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
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
