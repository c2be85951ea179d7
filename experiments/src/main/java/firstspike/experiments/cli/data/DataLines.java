package firstspike.experiments.cli.data;

import firstspike.experiments.cli.common.Console;
import firstspike.experiments.dataset.DataInventory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows an inventory of data as lines and as one object. */
final class DataLines {

    private static final String FORM = "%-14s %-8s %-24s %s";

    private DataLines() {}

    static void show(Console console, Optional<Path> folder, String folderSaid, List<DataInventory.Entry> entries) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.data/1");
        tree.put("folder", folder.map(Path::toString).orElse(null));
        tree.put("datasets", entries.stream().map(DataLines::object).toList());
        console.object(tree);
        console.line("data folder: " + folderSaid);
        console.line(String.format(Locale.ROOT, FORM, "data set", "state", "origin", "licence"));
        for (DataInventory.Entry entry : entries) {
            console.line(String.format(
                    Locale.ROOT,
                    FORM,
                    entry.name(),
                    word(entry.state()),
                    entry.files().isEmpty() ? entry.origin() : "files that you bring",
                    entry.licence()));
            entry.files().stream()
                    .filter(file -> file.path().isPresent() || entry.state() != DataInventory.State.MISSING)
                    .forEach(file -> console.line("  " + word(file.state()) + " "
                            + file.path()
                                    .map(Path::toString)
                                    .orElse(file.published().name())
                            + (file.detail().isEmpty() ? "" : ": " + file.detail())));
            entry.details().forEach(detail -> console.line("  " + detail));
            if (!entry.remedy().isEmpty()) {
                console.line("  " + entry.remedy());
            }
        }
    }

    private static Map<String, Object> object(DataInventory.Entry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", entry.name());
        tree.put("state", word(entry.state()));
        tree.put("origin", entry.origin());
        tree.put("licence", entry.licence());
        List<Object> files = new ArrayList<>();
        for (DataInventory.FileEntry file : entry.files()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", file.published().name());
            row.put("path", file.path().map(Path::toString).orElse(null));
            row.put("state", word(file.state()));
            row.put("bytes", file.published().size());
            row.put("sha256", file.published().sha256());
            row.put("detail", file.detail());
            files.add(row);
        }
        tree.put("files", files);
        tree.put("details", entry.details());
        tree.put("remedy", entry.remedy());
        return tree;
    }

    private static String word(DataInventory.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
