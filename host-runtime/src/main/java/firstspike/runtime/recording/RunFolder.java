package firstspike.runtime.recording;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of one run (formats.md 3), owned by this process until it is closed. Small files are replaced whole; the log
 * and the metrics only grow.
 */
public final class RunFolder implements AutoCloseable {

    /** File with state and identity. */
    public static final String RUN_JSON = "run.json";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final int SUFFIX = 6;

    private final Path path;
    private final RunLock lock;

    private RunFolder(Path path, RunLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes a new folder, never reusing one.
     *
     * @param parent made when it is not there
     * @param name of the experiment
     * @param id of the run
     * @param time of its start
     * @return the folder, locked
     * @throws StorageException when it cannot be made
     */
    public static RunFolder create(Path parent, String name, UUID id, Instant time) {
        String suffix = id.toString().replace("-", "").substring(0, SUFFIX);
        Path path = parent.resolve(name + "_" + STAMP.format(time) + "Z_" + suffix);
        try {
            Files.createDirectories(parent);
            Files.createDirectory(path);
            Files.createDirectory(path.resolve("checkpoints"));
            Files.createDirectory(path.resolve("figures"));
        } catch (IOException e) {
            throw StorageFailure.of(path, e);
        }
        return new RunFolder(path, RunLock.take(path));
    }

    /**
     * Takes over a folder that is there.
     *
     * @param path of the folder
     * @return the folder, locked
     * @throws StorageException {@code RUN_LOCKED} when a living process owns it
     */
    public static RunFolder open(Path path) {
        return new RunFolder(path, RunLock.take(path));
    }

    /** Whether a living process owns a folder. */
    public static boolean isOwned(Path path) {
        return RunLock.isHeld(path);
    }

    /**
     * Reads state and identity; needs no lock.
     *
     * @param path of the folder
     * @return what run.json says
     */
    public static RunRecord record(Path path) {
        Path file = path.resolve(RUN_JSON);
        try {
            return RunRecord.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(file.toString(), "cannot be read", "", "name a run folder"),
                    e);
        }
    }

    /** Process, machine and time that own it. */
    public String owner() {
        return lock.owner();
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Folder of the checkpoints. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** Folder of the figures. */
    public Path figures() {
        return path.resolve("figures");
    }

    /** The metrics of all epochs. */
    public MetricsLog metrics() {
        return new MetricsLog(path.resolve("metrics.jsonl"));
    }

    /**
     * Replaces a small file.
     *
     * @param name below the folder
     * @param text all of it
     */
    public void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces a small file.
     *
     * @param name below the folder
     * @param bytes all of it
     */
    public void write(String name, byte[] bytes) {
        AtomicFile.replace(path.resolve(name), bytes);
    }

    /**
     * Writes state and identity, with the time of now.
     *
     * @param record what run.json is to say
     */
    public void write(RunRecord record) {
        record.set("updated", Instant.now().toString());
        write(RUN_JSON, record.json());
    }

    /**
     * Adds a line for people to {@code log.txt}.
     *
     * @param level such as INFO
     * @param text one line
     */
    public void log(String level, String text) {
        String line = Instant.now() + " " + level + " ["
                + Thread.currentThread().getName() + "] " + text.replace('\n', ' ') + "\n";
        Path file = path.resolve("log.txt");
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    /** Size and SHA-256 of every file but run.json, lock and log, by their path with slashes, sorted. */
    public Map<String, Object> inventory() {
        Map<String, Object> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = path.relativize(file).toString().replace('\\', '/');
                if (!name.equals(RUN_JSON) && !name.equals("lock") && !name.equals("log.txt")) {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("bytes", Files.size(file));
                    facts.put("sha256", sha256(file));
                    files.put(name, facts);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(path, e);
        }
        return files;
    }

    /**
     * A file that is not as the end of the run left it.
     *
     * @param name below the folder
     * @param state such as {@code is missing}
     */
    public record Changed(String name, String state) {}

    /**
     * Compares files with what an earlier {@link #inventory()} said of them.
     *
     * @param inventory map of path to {@code bytes} and {@code sha256}
     * @return those that are missing or changed, in its order; files that it does not know are new and no matter
     */
    public List<Changed> changedSince(Map<?, ?> inventory) {
        List<Changed> changed = new ArrayList<>();
        for (Map.Entry<?, ?> entry : inventory.entrySet()) {
            String name = String.valueOf(entry.getKey());
            Path file = path.resolve(name).normalize();
            if (!(entry.getValue() instanceof Map<?, ?> facts) || !file.startsWith(path.normalize())) {
                changed.add(new Changed(name, "is no file of a run"));
            } else if (!Files.isRegularFile(file)) {
                changed.add(new Changed(name, "is missing"));
            } else {
                state(file, facts).ifPresent(state -> changed.add(new Changed(name, state)));
            }
        }
        return changed;
    }

    private static Optional<String> state(Path file, Map<?, ?> facts) {
        try {
            long bytes = Files.size(file);
            if (!String.valueOf(bytes).equals(String.valueOf(facts.get("bytes")))) {
                return Optional.of("has " + bytes + " bytes, had " + facts.get("bytes"));
            }
            return sha256(file).equals(facts.get("sha256")) ? Optional.empty() : Optional.of("has another SHA-256");
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream reading = new DigestInputStream(in, digest)) {
                reading.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /**
     * Removes the folder with all that is in it, and gives it up. Links are removed, not followed. The state file goes first, so
     * that what is left of an interrupted removal is no run any more.
     *
     * @throws StorageException when a file cannot be removed
     */
    public void remove() {
        try {
            Files.deleteIfExists(path.resolve(RUN_JSON));
            try (Stream<Path> all = Files.walk(path)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(path, e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
