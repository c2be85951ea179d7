package firstspike.runtime.exchange.csv;

import java.util.List;

/** Cells as one line of RFC 4180 without its end. */
public final class CsvRow {

    private CsvRow() {}

    /**
     * @param cells texts of the row
     * @return the line, quoted where it must be
     */
    public static String of(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            append(line, cells.get(i));
        }
        return line.toString();
    }

    /**
     * @param cells texts of the row
     * @return the line, quoted where it must be
     */
    public static String of(String... cells) {
        return of(List.of(cells));
    }

    /**
     * Appends one cell. A text that a spreadsheet would take for a formula gets an apostrophe in front.
     *
     * @param line to append to
     * @param cell its text
     */
    public static void append(StringBuilder line, String cell) {
        String safe = isFormula(cell) ? "'" + cell : cell;
        if (needsQuotes(safe)) {
            line.append('"').append(safe.replace("\"", "\"\"")).append('"');
        } else {
            line.append(safe);
        }
    }

    /**
     * Takes the apostrophe away that {@link #append} put before a text.
     *
     * @param cell as read
     * @return the text that was written
     */
    public static String plain(String cell) {
        return cell.startsWith("'") && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
    }

    private static boolean isFormula(String cell) {
        return !cell.isEmpty() && "=+-@".indexOf(cell.charAt(0)) >= 0 && !isNumber(cell);
    }

    private static boolean isNumber(String cell) {
        if (cell.equals("-inf")) {
            return true;
        }
        int at = 1;
        boolean digit = false;
        while (at < cell.length() && (Character.digit(cell.charAt(at), 10) >= 0 || cell.charAt(at) == '.')) {
            digit |= cell.charAt(at) != '.';
            at++;
        }
        if (digit && at < cell.length() && (cell.charAt(at) == 'E' || cell.charAt(at) == 'e')) {
            return cell.substring(at + 1).matches("[+-]?[0-9]+");
        }
        return digit && at == cell.length() && cell.indexOf('.') == cell.lastIndexOf('.');
    }

    private static boolean needsQuotes(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
