package firstspike.experiments.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The chapters of {@code docs/spec} by file name, and what a text cites of them. Immutable. */
final class Specification {

    private final Map<String, Chapter> chapters = new TreeMap<>();

    /** Reads every chapter of a folder. */
    Specification(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".md")).toList()) {
                chapters.put(file.getFileName().toString(), new Chapter(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a text cites that is not there, one sentence each; empty when every citation holds. */
    List<String> broken(String text) {
        List<String> broken = new ArrayList<>();
        for (Citation citation : Citation.in(text)) {
            Chapter chapter = chapters.get(citation.chapter());
            if (chapter == null) {
                broken.add(citation.chapter() + " is no chapter of the specification");
                continue;
            }
            citation.sections().stream()
                    .filter(section -> !chapter.hasSection(section))
                    .forEach(section -> broken.add(citation.chapter() + " has no section " + section));
            citation.numbers().stream()
                    .filter(number -> !chapter.hasNumber(number))
                    .forEach(number -> broken.add(citation.chapter() + " has no " + number));
            citation.items().forEach((item, section) -> {
                if (!chapter.hasItem(section, item)) {
                    broken.add(citation.chapter() + " " + section + " has no item " + item);
                }
            });
        }
        return broken;
    }

    /** The chapter of this file name. */
    Chapter chapter(String name) {
        return chapters.get(name);
    }
}
