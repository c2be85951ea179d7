package firstspike.experiments.dashboard;

import firstspike.experiments.results.RunRow;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What there is to be seen, and how it is told that it changed. Thread-safe: keeps nothing but the targets as seen last. */
final class Overview {

    private static final List<String> WATCHED = List.of(RunFolder.RUN_JSON, "metrics.jsonl", "figures/raster.csv");

    private final RunIndex index;
    private final Supplier<List<TargetState>> look;
    private volatile List<TargetState> targets = List.of();

    /**
     * @param runs folder that runs lie in
     * @param look finds out how the targets stand; may take seconds
     */
    Overview(Path runs, Supplier<List<TargetState>> look) {
        index = new RunIndex(runs);
        this.look = look;
    }

    /** Looks at the targets again. */
    void refreshTargets() {
        targets = look.get();
    }

    List<TargetState> targets() {
        return targets;
    }

    /** All runs, the newest first. */
    List<RunRow> runs() {
        List<RunRow> rows =
                new ArrayList<>(index.runs().stream().map(RunRow::of).toList());
        rows.sort((a, b) -> b.text("created").compareTo(a.text("created")));
        return Collections.unmodifiableList(rows);
    }

    /** The run whose folder has that very name; a name is compared, never made into a path. */
    Optional<Path> find(String name) {
        return index.runs().stream()
                .filter(run -> run.getFileName().toString().equals(name))
                .findFirst();
    }

    /** A text a part of the page by its address; another one when that part changed. */
    String signatures() {
        Map<String, Object> signatures = new TreeMap<>();
        StringBuilder all = new StringBuilder();
        for (Path run : index.runs()) {
            String one = signature(run);
            all.append(run.getFileName()).append(one);
            signatures.put(Pages.PART_RUN + run.getFileName(), one);
        }
        signatures.put(Pages.PART_RUNS, Integer.toHexString(all.toString().hashCode()));
        signatures.put(Pages.PART_LIVE, Integer.toHexString(all.toString().hashCode()));
        signatures.put(Pages.PART_TARGETS, Integer.toHexString(targets.hashCode()));
        return JsonText.compact(signatures);
    }

    private static String signature(Path run) {
        StringBuilder text = new StringBuilder(RunFolder.isOwned(run) ? "1" : "0");
        for (String name : WATCHED) {
            Path file = run.resolve(name);
            try {
                text.append('-').append(Long.toHexString(Files.size(file)));
                text.append('.')
                        .append(Long.toHexString(Files.getLastModifiedTime(file).toMillis()));
            } catch (IOException e) {
                // it is not there yet, or was just removed: the next look will tell
                text.append("-none");
            }
        }
        return text.toString();
    }
}
