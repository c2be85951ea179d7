package firstspike.experiments.exchange;

import firstspike.runtime.recording.log.LogHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an export or import came to.
 *
 * @param files that were written
 * @param leftOut what the format cannot hold, with the reason
 * @param notes what a reader should know
 * @param logs how sound the spike logs are that were read for it
 */
public record Written(List<Path> files, List<String> leftOut, List<String> notes, List<LogHealth> logs) {

    /**
     * The same, of what needs no spike log.
     *
     * @param files that were written
     * @param leftOut what the format cannot hold
     * @param notes what a reader should know
     */
    public Written(List<Path> files, List<String> leftOut, List<String> notes) {
        this(files, leftOut, notes, List.of());
    }

    /** Copies the lists. */
    public Written {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
        notes = List.copyOf(notes);
        logs = List.copyOf(logs);
    }

    /** Lines for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        files.forEach(file -> lines.add(String.format("%-20s %s (%d bytes)", "written", file, size(file))));
        notes.forEach(note -> lines.add(String.format("%-20s %s", "note", note)));
        leftOut.forEach(what -> lines.add(String.format("%-20s %s", "left out", what)));
        return lines;
    }

    /**
     * Adds what was written to an object of JSON mode.
     *
     * @param tree takes {@code files}, {@code left_out}, {@code notes}
     */
    public void putInto(Map<String, Object> tree) {
        List<Object> all = new ArrayList<>();
        for (Path file : files) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("path", file.toString());
            facts.put("bytes", size(file));
            all.add(facts);
        }
        tree.put("files", all);
        tree.put("left_out", leftOut);
        tree.put("notes", notes);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1; // removed meanwhile
        }
    }
}
