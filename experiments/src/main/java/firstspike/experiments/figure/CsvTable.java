package firstspike.experiments.figure;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.csv.CsvLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers beside a figure, read back: comments, header, rows. */
final class CsvTable {

    /** More rows than any figure of ours has. */
    private static final int MOST_ROWS = 1 << 22;

    private final Path file;
    private final List<String> comments;
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, Integer> columns = new HashMap<>();

    private CsvTable(Path file) {
        this.file = file;
        try (CsvLines lines = CsvLines.open(file)) {
            comments = lines.comments();
            List<String> header = lines.next();
            if (header == null) {
                throw malformed("no header line");
            }
            for (int i = 0; i < header.size(); i++) {
                columns.put(header.get(i), i);
            }
            for (List<String> row = lines.next(); row != null; row = lines.next()) {
                if (row.size() != header.size() || rows.size() == MOST_ROWS) {
                    throw malformed("row " + (rows.size() + 1) + " of " + row.size() + " cells");
                }
                rows.add(row);
            }
        }
    }

    /**
     * Reads.
     *
     * @param file that exists
     * @return its content
     * @throws FormatException beyond the limits of formats.md 1, or of rows of different length
     */
    static CsvTable read(Path file) {
        return new CsvTable(file);
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
        return rows.get(row).get(index);
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
}
