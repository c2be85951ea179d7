package firstspike.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The table of what was promised and what was measured; rows are appended as they are known. */
final class Table {

    private static final Path FILE = Program.folder("").resolve("table.md");

    private Table() {}

    /**
     * Adds a row and fails when the promise does not hold.
     *
     * @param line of "Shows"
     * @param command that was run
     * @param expected in words
     * @param measured in words
     * @param seconds of wall time
     * @param holds the verdict
     */
    static void row(int line, String command, String expected, String measured, double seconds, boolean holds) {
        row(Integer.toString(line), command, expected, measured, seconds, holds);
    }

    /** As the other, for a promise of the wire: {@code wire 5}. */
    static void row(String line, String command, String expected, String measured, double seconds, boolean holds) {
        String row = append(line, command, expected, measured, seconds, holds ? "ok" : "FAILED");
        if (!holds) {
            throw new AssertionError(row);
        }
    }

    /** A speed beside its goal: shown, never asserted, for it says as much of the machine as of the program. */
    static void speed(String line, String command, String goal, String measured, double seconds, boolean reached) {
        append(line, command, goal, measured, seconds, reached ? "reached" : "not reached");
    }

    private static String append(
            String line, String command, String expected, String measured, double seconds, String verdict) {
        String row = String.format(
                Locale.ROOT,
                "| %s | `%s` | %s | %s | %.0f s | %s |%n",
                line,
                command,
                expected,
                measured,
                seconds,
                verdict);
        synchronized (Table.class) {
            try {
                if (!Files.exists(FILE)) {
                    Files.writeString(
                            FILE,
                            "| line | command | expected | measured | wall | verdict |\n|---|---|---|---|---|---|\n");
                }
                Files.writeString(FILE, row, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return row;
    }
}
