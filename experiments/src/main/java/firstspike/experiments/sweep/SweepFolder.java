package firstspike.experiments.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.JsonTree;
import firstspike.runtime.recording.RunLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * The folder of one sweep, owned by this process until it is closed: {@code sweep.json}, {@code results.csv},
 * {@code sweep.yaml} and {@code base.yaml} as written, {@code figures/}, and below {@code runs/} a run folder a point.
 */
public final class SweepFolder implements AutoCloseable {

    /** Schema of {@code sweep.json}. */
    public static final String SCHEMA = "firstspike.sweep/1";

    private static final String SWEEP_JSON = "sweep.json";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final long LARGEST = 64L << 20;

    private final Path path;
    private final RunLock lock;

    private SweepFolder(Path path, RunLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes a new folder, never reusing one.
     *
     * @param parent made when it is not there
     * @param name of the sweep
     * @param time of its start
     * @return the folder, locked
     * @throws StorageException when it cannot be made
     */
    public static SweepFolder create(Path parent, String name, Instant time) {
        String stamped = name + "_" + STAMP.format(time) + "Z";
        for (int again = 1; ; again++) {
            Path path = parent.resolve(again == 1 ? stamped : stamped + "-" + again);
            try {
                Files.createDirectories(parent);
                Files.createDirectory(path);
                Files.createDirectory(path.resolve("runs"));
                Files.createDirectory(path.resolve("figures"));
                return new SweepFolder(path, RunLock.take(path));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(path)) {
                    throw denied(path, e);
                }
            } catch (IOException e) {
                throw denied(path, e);
            }
        }
    }

    /**
     * Takes over a folder that is there.
     *
     * @param path of the folder
     * @return the folder, locked
     * @throws StorageException {@code RUN_LOCKED} when a living process owns it, {@code STORAGE_DENIED} for no such folder
     */
    public static SweepFolder open(Path path) {
        if (!Files.isRegularFile(path.resolve(SWEEP_JSON))) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    "sweep " + path,
                    "has no " + SWEEP_JSON,
                    "the folder of a sweep",
                    "name one; they lie in the folder sweeps");
        }
        return new SweepFolder(path, RunLock.take(path));
    }

    private static StorageException denied(Path path, IOException e) {
        return new StorageException(
                StorageException.Code.STORAGE_DENIED,
                ErrorDetail.of(
                        "sweep " + path,
                        "cannot be made (" + e.getClass().getSimpleName() + ")",
                        "",
                        "name another folder by --runs DIR"),
                e);
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Folder of the run folders. */
    public Path runs() {
        return path.resolve("runs");
    }

    /** Folder of the figures. */
    public Path figures() {
        return path.resolve("figures");
    }

    /**
     * Replaces a file.
     *
     * @param name below the folder
     * @param bytes all of it
     */
    public void write(String name, byte[] bytes) {
        AtomicFile.replace(path.resolve(name), bytes);
    }

    /**
     * Replaces {@code sweep.json}.
     *
     * @param tree with the schema first
     */
    public void write(Map<String, Object> tree) {
        write(SWEEP_JSON, JsonText.pretty(tree).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param name below the folder
     * @return all of a file that this folder was made with
     * @throws StorageException when it cannot be read
     */
    public byte[] read(String name) {
        Path file = path.resolve(name);
        try {
            if (Files.size(file) > LARGEST) {
                throw new FormatException(
                        FormatException.Code.JSON_LIMIT,
                        file.toString(),
                        Files.size(file) + " bytes",
                        LARGEST,
                        "restore the file");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(file.toString(), "cannot be read", "", "restore the file, or begin a new sweep"),
                    e);
        }
    }

    /**
     * What {@code sweep.json} says.
     *
     * @return its tree
     * @throws FormatException when it is not one of ours
     */
    public Map<?, ?> record() {
        Path file = path.resolve(SWEEP_JSON);
        try {
            if (JsonTree.toTree(JsonTree.parse(new String(read(SWEEP_JSON), StandardCharsets.UTF_8)))
                            instanceof Map<?, ?> tree
                    && SCHEMA.equals(tree.get("schema"))) {
                return tree;
            }
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    ErrorDetail.of(file.toString(), "no JSON: " + e.getOriginalMessage(), SCHEMA, "restore the file"),
                    e);
        }
        throw new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                file.toString(),
                "another schema",
                SCHEMA,
                "name the folder of a sweep, or use the program that wrote it");
    }

    @Override
    public void close() {
        lock.close();
    }
}
