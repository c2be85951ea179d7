package firstspike.runtime.exchange.csv;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a CSV file, read one by one: leading comment lines first, then the header, then the rest. A byte-order mark and
 * {@code \r\n} are accepted. Mutable, one owner thread.
 */
public final class CsvLines implements AutoCloseable {

    /** Most bytes of a line. */
    public static final int MAX_LINE = 64 << 10;
    /** Most cells of a line. */
    public static final int MAX_COLUMNS = 1024;

    private final String name;
    private final InputStream in;
    private final List<String> comments = new ArrayList<>();
    private final byte[] buffer = new byte[MAX_LINE];
    private String pending;
    private long line;

    private CsvLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Opens a file and reads its comments.
     *
     * @param path file
     * @return its rows, to be closed by the caller
     * @throws StorageException when it cannot be read
     */
    public static CsvLines open(Path path) {
        try {
            return of(path.toString(), Files.newInputStream(path));
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /**
     * Reads a stream.
     *
     * @param name for messages
     * @param in taken over, closed with this
     * @return its rows
     */
    public static CsvLines of(String name, InputStream in) {
        CsvLines lines = new CsvLines(name, new BufferedInputStream(in, 1 << 16));
        lines.readComments();
        return lines;
    }

    /** Leading comment lines without their marks, in order. */
    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** Number of the line that was read last, from 1. */
    public long line() {
        return line;
    }

    /**
     * The next row.
     *
     * @return its cells, null at the end
     * @throws FormatException {@code CSV_LIMIT} beyond the limits, {@code MALFORMED_HEADER} for open quotes or no UTF-8
     */
    public List<String> next() {
        String text = nextLine();
        return text == null ? null : cells(text);
    }

    /**
     * The next row as it stands, for tables that are not split at commas.
     *
     * @return the line without its end, null at the end
     * @throws FormatException as {@link #next}
     */
    public String nextLine() {
        String first = pending;
        pending = null;
        return first == null ? text() : first;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * An error of the line that was read last.
     *
     * @param value what was found
     * @param limit what is allowed
     * @param remedy what to do
     * @return the error, naming file and line
     */
    public FormatException malformed(Object value, Object limit, String remedy) {
        return new FormatException(FormatException.Code.MALFORMED_HEADER, name + ":" + line, value, limit, remedy);
    }

    private void readComments() {
        String text = text();
        while (text != null && text.startsWith("#")) {
            comments.add(text.substring(1).strip());
            if (comments.size() > MAX_COLUMNS) {
                throw limit(comments.size() + " comment lines", MAX_COLUMNS);
            }
            text = text();
        }
        pending = text;
    }

    /** One line, its quoted line ends included; null at the end. */
    private String text() {
        int n = 0;
        boolean quoted = false;
        boolean any = false;
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                any = true;
                if (c == '\n' && !quoted) {
                    break;
                }
                quoted ^= c == '"';
                if (n == MAX_LINE) {
                    line++;
                    throw limit("more than " + MAX_LINE + " bytes", MAX_LINE + " bytes a line");
                }
                buffer[n++] = (byte) c;
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        if (!any) {
            return null;
        }
        line++;
        if (quoted) {
            throw malformed("quotes that never end", "closed quotes", "close the quotes");
        }
        int end = n > 0 && buffer[n - 1] == '\r' ? n - 1 : n;
        String text = decode(Arrays.copyOf(buffer, end));
        return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("bytes that are no UTF-8", "UTF-8", "save the file as UTF-8");
        }
    }

    private List<String> cells(String text) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                add(cells, cell);
            } else {
                cell.append(c);
            }
        }
        add(cells, cell);
        return cells;
    }

    private void add(List<String> cells, StringBuilder cell) {
        if (cells.size() == MAX_COLUMNS) {
            throw limit("more than " + MAX_COLUMNS + " columns", MAX_COLUMNS + " columns");
        }
        cells.add(cell.toString());
        cell.setLength(0);
    }

    private FormatException limit(Object value, Object limit) {
        return new FormatException(
                FormatException.Code.CSV_LIMIT,
                name + ":" + line,
                value,
                limit,
                "name a CSV table of this program's kind");
    }

    private static StorageException unreadable(String name, IOException e) {
        return new StorageException(
                StorageException.Code.STORAGE_DENIED,
                name,
                "cannot be read (" + e.getClass().getSimpleName() + ")",
                "a readable file",
                "check the path and its permissions",
                e);
    }
}
