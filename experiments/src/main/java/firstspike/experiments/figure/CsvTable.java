package firstspike.experiments.figure;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers beside a figure, read back: comments, header, rows. No cell of ours holds a comma or a quote. */
final class CsvTable {

    private static final long LARGEST = 64L << 20;
    private static final int LONGEST_LINE = 64 << 10;
    private static final int MOST_COLUMNS = 1024;

    private final Path file;
    private final List<String> comments = new ArrayList<>();
    private final List<String[]> rows = new ArrayList<>();
    private Map<String, Integer> columns = Map.of();

    private CsvTable(Path file) {
        this.file = file;
    }

    /**
     * Reads.
     *
     * @param file that exists
     * @return its content
     * @throws FormatException beyond the limits of formats.md 1, or of rows of different length
     */
    static CsvTable read(Path file) {
        CsvTable table = new CsvTable(file);
        try {
            if (Files.size(file) > LARGEST) {
                throw table.beyond(Files.size(file) + " bytes", LARGEST + " bytes");
            }
            Files.readString(file).lines().forEach(table::line);
        } catch (CharacterCodingException e) {
            throw table.malformed("no text of UTF-8");
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
        if (table.columns.isEmpty()) {
            throw table.malformed("no header line");
        }
        return table;
    }

    private void line(String line) {
        if (line.length() > LONGEST_LINE) {
            throw beyond("line of " + line.length() + " characters", LONGEST_LINE + " characters");
        }
        if (line.startsWith("# ") && columns.isEmpty()) {
            comments.add(line.substring(2));
            return;
        }
        String[] cells = line.split(",", -1);
        if (cells.length > MOST_COLUMNS) {
            throw beyond(cells.length + " columns", MOST_COLUMNS + " columns");
        }
        if (columns.isEmpty()) {
            columns = new HashMap<>();
            for (int i = 0; i < cells.length; i++) {
                columns.put(cells[i], i);
            }
        } else if (cells.length != columns.size()) {
            throw malformed("row " + (rows.size() + 1) + " of " + cells.length + " cells");
        } else {
            rows.add(cells);
        }
    }

    /** Comment lines above the header, without their sign. */
    List<String> comments() {
        return comments;
    }

    int size() {
        return rows.size();
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    String text(int row, String column) {
        Integer index = columns.get(column);
        if (index == null) {
            throw malformed("no column " + column);
        }
        return rows.get(row)[index];
    }

    /** A number; infinite for {@code inf}, not-a-number for an empty cell. */
    double number(int row, String column) {
        String text = text(row, column);
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw malformed("row " + (row + 1) + ": '" + text + "' in column " + column);
        }
    }

    /** A whole number in a range. */
    int whole(int row, String column, int least, int most) {
        double number = number(row, column);
        if (!(number >= least && number <= most) || number != Math.rint(number)) {
            throw malformed("row " + (row + 1) + ": " + text(row, column) + " in column " + column);
        }
        return (int) number;
    }

    FormatException malformed(String what) {
        return new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                file.toString(),
                what,
                "the numbers of a figure as it was drawn",
                "restore the file, or remove it");
    }

    private FormatException beyond(String what, String limit) {
        return new FormatException(
                FormatException.Code.CSV_LIMIT, file.toString(), what, limit, "restore the file, or remove it");
    }
}
