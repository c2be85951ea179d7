package firstspike.runtime.exchange.csv;

import firstspike.runtime.error.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The table of spikes as CSV ({@code formats.md} 11.1):
 *
 * <pre>
 * # tick_ps 8000
 * program,tick,time_us,direction,label,population,neuron
 * 0,12500,100.000,to_chip,16384,input,0
 * 0,13103,104.824,from_chip,5,hidden,5
 * </pre>
 *
 * <p>Columns may come in any order; only {@code tick} must be there, or {@code time_us} on the 8 ns grid; both must agree.
 */
public final class SpikeCsv {

    /** Picoseconds of a tick. */
    public static final int TICK_PS = 8000;
    /** The header line. */
    public static final String HEADER = "program,tick,time_us,direction,label,population,neuron";

    /** Rows that are read at most: what a table can hold in memory. */
    public static final int MAX_ROWS = 50_000_000;

    private static final List<String> COLUMNS = List.of(HEADER.split(","));
    private static final int NS_PER_TICK = TICK_PS / 1000;
    private static final int MAX_LABEL = 0xFFFF;
    private static final long MAX_TICK = 1L << 62;

    private SpikeCsv() {}

    /**
     * Writes a table.
     *
     * @param comments lines without mark, such as the run id; the tick length is added
     * @param table rows, written in the order of files
     * @param out takes the text, stays open
     */
    public static void write(List<String> comments, SpikeTable table, Appendable out) {
        try {
            head(comments, out);
            StringBuilder line = new StringBuilder();
            List<String> names = table.populations();
            for (int row : table.order()) {
                line.setLength(0);
                int population = table.population(row);
                append(
                        line,
                        table.program(row),
                        table.tick(row),
                        table.toChip(row),
                        table.label(row),
                        population < 0 ? "" : names.get(population),
                        table.neuron(row));
                out.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes comments and header.
     *
     * @param comments lines without mark
     * @param out takes the text
     * @throws IOException of the output
     */
    public static void head(List<String> comments, Appendable out) throws IOException {
        for (String comment : comments) {
            out.append("# ")
                    .append(comment.replace('\n', ' ').replace('\r', ' '))
                    .append('\n');
        }
        out.append("# tick_ps ").append(String.valueOf(TICK_PS)).append('\n');
        out.append(HEADER).append('\n');
    }

    /**
     * Appends the cells of a spike, without a line end.
     *
     * @param line to append to
     * @param program number of the program
     * @param tick after its time zero
     * @param toChip whether it was sent
     * @param label spike label, below 0 for none
     * @param population name, empty for none
     * @param neuron index, below 0 for none
     */
    public static void append(
            StringBuilder line, long program, long tick, boolean toChip, int label, String population, int neuron) {
        line.append(program).append(',').append(tick).append(',');
        appendMicroseconds(line, tick);
        line.append(toChip ? ",to_chip," : ",from_chip,");
        if (label >= 0) {
            line.append(label);
        }
        line.append(',');
        CsvRow.append(line, population);
        line.append(',');
        if (neuron >= 0) {
            line.append(neuron);
        }
    }

    /** A tick in microseconds with exactly three decimals. */
    static void appendMicroseconds(StringBuilder line, long tick) {
        long whole = Math.abs(tick) / 125;
        int rest = (int) (Math.abs(tick) % 125) * NS_PER_TICK;
        if (tick < 0) {
            line.append('-');
        }
        line.append(whole).append('.');
        line.append((char) ('0' + rest / 100))
                .append((char) ('0' + rest / 10 % 10))
                .append((char) ('0' + rest % 10));
    }

    /**
     * Reads a table.
     *
     * @param path file
     * @return its rows as they stand
     * @throws FormatException {@code CSV_LIMIT} or {@code MALFORMED_HEADER} naming file, line and value
     */
    public static SpikeTable read(Path path) {
        try (CsvLines lines = CsvLines.open(path)) {
            return read(lines);
        }
    }

    /**
     * Reads a table.
     *
     * @param lines opened, header next
     * @return its rows as they stand
     */
    public static SpikeTable read(CsvLines lines) {
        checkTickLength(lines);
        List<String> header = lines.next();
        int[] at = columns(lines, header);
        SpikeTable table = new SpikeTable();
        for (List<String> row = lines.next(); row != null; row = lines.next()) {
            if (row.size() == 1 && row.get(0).isBlank()) {
                continue;
            }
            if (row.size() != header.size()) {
                throw lines.malformed(row.size() + " cells", header.size() + " cells", "complete the row");
            }
            if (table.size() == MAX_ROWS) {
                throw new FormatException(
                        FormatException.Code.CSV_LIMIT,
                        "line " + lines.line(),
                        "more than " + MAX_ROWS + " spikes",
                        MAX_ROWS,
                        "split the table");
            }
            addRow(lines, row, at, table);
        }
        return table;
    }

    private static void addRow(CsvLines lines, List<String> row, int[] at, SpikeTable table) {
        String time = cell(row, at[2]);
        long tick = cell(row, at[1]).isEmpty()
                ? tickOf(lines, time)
                : integer(lines, "tick", cell(row, at[1]), -MAX_TICK, MAX_TICK);
        if (!cell(row, at[1]).isEmpty() && !time.isEmpty() && tickOf(lines, time) != tick) {
            throw lines.malformed(
                    "tick " + tick + " and time_us " + time, "time_us = tick times 0.008", "leave one of both out");
        }
        String label = cell(row, at[4]);
        String neuron = cell(row, at[6]);
        table.add(
                cell(row, at[0]).isEmpty() ? 0 : integer(lines, "program", cell(row, at[0]), 0, Long.MAX_VALUE),
                tick,
                toChip(lines, cell(row, at[3])),
                label.isEmpty() ? SpikeTable.NONE : (int) integer(lines, "label", label, 0, MAX_LABEL),
                CsvRow.plain(cell(row, at[5])),
                neuron.isEmpty() ? SpikeTable.NONE : (int) integer(lines, "neuron", neuron, 0, Integer.MAX_VALUE));
    }

    private static boolean toChip(CsvLines lines, String text) {
        return switch (text) {
            case "to_chip", "" -> true;
            case "from_chip" -> false;
            default -> throw lines.malformed("direction '" + text + "'", "to_chip or from_chip", "correct the cell");
        };
    }

    private static String cell(List<String> row, int column) {
        return column < 0 ? "" : row.get(column).strip();
    }

    private static int[] columns(CsvLines lines, List<String> header) {
        if (header == null) {
            throw lines.malformed("no header line", HEADER, "name a table of spikes");
        }
        int[] at = new int[COLUMNS.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = header.indexOf(COLUMNS.get(i));
        }
        for (String name : header) {
            if (!COLUMNS.contains(name.strip()) || header.indexOf(name) != header.lastIndexOf(name)) {
                throw lines.malformed("column '" + name + "'", "each once of " + HEADER, "correct the header");
            }
        }
        if (at[1] < 0 && at[2] < 0) {
            throw lines.malformed("neither tick nor time_us", "one of them", "add the column tick");
        }
        return at;
    }

    private static void checkTickLength(CsvLines lines) {
        for (String comment : lines.comments()) {
            if (comment.startsWith("tick_ps ") && !comment.equals("tick_ps " + TICK_PS)) {
                throw lines.malformed(comment, "tick_ps " + TICK_PS, "convert the ticks to 8 ns");
            }
        }
    }

    private static long integer(CsvLines lines, String column, String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw lines.malformed(column + " '" + text + "'", least + " to " + most, "correct the cell");
    }

    /** Microseconds on the 8 ns grid, without rounding through a double. */
    private static long tickOf(CsvLines lines, String text) {
        if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,12})?")) {
            throw lines.malformed("time_us '" + text + "'", "microseconds, such as 100.008", "correct the cell");
        }
        int point = text.indexOf('.');
        String fraction = point < 0 ? "" : text.substring(point + 1);
        long ns = Long.parseLong((point < 0 ? text : text.substring(0, point)).replace("-", "")) * 1000
                + Long.parseLong((fraction + "000").substring(0, 3));
        boolean finer = fraction.length() > 3 && !fraction.substring(3).matches("0*");
        if (finer || ns % NS_PER_TICK != 0) {
            throw lines.malformed("time_us " + text, "multiples of 0.008", "round the times to the 8 ns grid");
        }
        return (text.startsWith("-") ? -ns : ns) / NS_PER_TICK;
    }
}
