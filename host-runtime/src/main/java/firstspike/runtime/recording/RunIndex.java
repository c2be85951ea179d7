package firstspike.runtime.recording;

import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds runs by folder, by name, by a unique beginning of their id, or as {@code @last}. */
public final class RunIndex {

    private final Path parent;

    /** @param parent folder that run folders lie in; need not exist */
    public RunIndex(Path parent) {
        this.parent = parent;
    }

    /**
     * @param name a folder, its name, a beginning of a run id, or {@code @last}
     * @return the folder
     * @throws StorageException when there is none or more than one
     */
    public Path find(String name) {
        if (name.equals("@last")) {
            return runs().stream()
                    .max(Comparator.comparing(RunIndex::created).thenComparing(Path::toString))
                    .orElseThrow(() -> missing(name, "no runs in " + parent));
        }
        for (Path candidate : candidates(name)) {
            if (Files.isRegularFile(candidate.resolve(RunFolder.RUN_JSON))) {
                return candidate;
            }
        }
        List<Path> matching = runs().stream()
                .filter(run ->
                        id(run).startsWith(name) || run.getFileName().toString().startsWith(name))
                .toList();
        if (matching.size() > 1) {
            throw missing(
                    name,
                    matching.size() + " runs begin so: " + matching.get(0).getFileName() + ", "
                            + matching.get(1).getFileName());
        }
        if (matching.isEmpty() || name.isBlank()) {
            throw missing(name, "no such run");
        }
        return matching.get(0);
    }

    private List<Path> candidates(String name) {
        try {
            return List.of(Path.of(name), parent.resolve(name));
        } catch (InvalidPathException e) {
            throw missing(name.replace('\0', '?'), "no path");
        }
    }

    /** All run folders, sorted by name; none where the parent is not there. */
    public List<Path> runs() {
        List<Path> runs = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (Stream<Path> entries = Files.list(parent)) {
                entries.filter(entry -> Files.isRegularFile(entry.resolve(RunFolder.RUN_JSON)))
                        .sorted()
                        .forEach(runs::add);
            } catch (IOException e) {
                throw StorageFailure.of(parent, e);
            }
        }
        return runs;
    }

    private static String id(Path run) {
        try {
            return RunFolder.record(run).text("run_id");
        } catch (HostException e) {
            return "";
        }
    }

    private static String created(Path run) {
        try {
            return RunFolder.record(run).text("created");
        } catch (HostException e) {
            return "";
        }
    }

    private StorageException missing(String name, String found) {
        return new StorageException(
                StorageException.Code.STORAGE_DENIED,
                "run " + name,
                found,
                "a folder, its name, a unique beginning of its id, or @last in " + parent,
                "name a run, or its parent by --runs DIR");
    }
}
