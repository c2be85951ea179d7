package firstspike.experiments.stimulus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.exchange.csv.SpikeCsv;
import firstspike.runtime.exchange.csv.SpikeTable;
import firstspike.runtime.recording.JsonTree;
import firstspike.runtime.recording.StorageFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads events for a chip from CSV (formats.md 11.1), JSON lines with the same keys, or an npz whose members are the columns
 * {@code tick} or {@code time_us}, {@code label} or {@code neuron}, and {@code program}. Rows that came from a chip are left
 * out, so an exported log is a stimulus too. Times are from 0 to 2^53 ticks; anything else is refused with the number of its
 * row, counted from 1. A row that is there twice is two events: the second one moves to the next free tick.
 */
public final class StimulusFile {

    /** Latest tick: what a double holds exactly. */
    private static final long LATEST = 1L << 53;

    private static final double TICK_US = 0.008;
    private static final int LONGEST_LINE = 64 << 10;
    private static final int MOST_LABEL = 0xffff;

    private final Path file;
    private final SpikeTable table = new SpikeTable();

    private StimulusFile(Path file) {
        this.file = file;
    }

    /**
     * @param file that ends in .csv, .jsonl or .npz
     * @return its events for the chip, as they stand
     * @throws ExperimentException {@code VALUE_OUT_OF_RANGE} naming the row
     * @throws FormatException when it is no such file
     */
    public static SpikeTable read(Path file) {
        StimulusFile stimulus = new StimulusFile(file);
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npz")) {
            stimulus.npz();
        } else if (name.endsWith(".jsonl")) {
            stimulus.jsonLines();
        } else if (name.endsWith(".csv")) {
            stimulus.csv();
        } else {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    "stimulus " + file,
                    "ends in none of the known ways",
                    ".csv, .jsonl or .npz",
                    "name the file by what it is");
        }
        return stimulus.table;
    }

    private void csv() {
        SpikeTable all = SpikeCsv.read(file);
        for (int row = 0; row < all.size(); row++) {
            if (all.toChip(row)) {
                int population = all.population(row);
                add(
                        row + 1L,
                        all.program(row),
                        all.tick(row),
                        all.label(row),
                        population < 0 ? "" : all.populations().get(population),
                        all.neuron(row));
            }
        }
    }

    private void jsonLines() {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long row = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                row++;
                if (line.length() > LONGEST_LINE) {
                    throw malformed(row, line.length() + " characters", LONGEST_LINE + " in a line");
                }
                if (!line.isBlank()) {
                    object(row, line);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    private void object(long row, String line) {
        JsonNode node;
        try {
            node = JsonTree.parse(line);
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    ErrorDetail.of(place(row), "no JSON: " + e.getOriginalMessage(), "one object a line", "correct it"),
                    e);
        }
        if (!node.isObject()) {
            throw malformed(row, "no object", "one object a line");
        }
        if (node.path("direction").asText("to_chip").equals("from_chip")) {
            return;
        }
        long tick = node.hasNonNull("tick") ? whole(row, node, "tick", LATEST) : onGrid(row, number(row, node));
        add(
                row,
                node.hasNonNull("program") ? whole(row, node, "program", Long.MAX_VALUE) : 0,
                tick,
                node.hasNonNull("label") ? (int) whole(row, node, "label", MOST_LABEL) : SpikeTable.NONE,
                node.path("population").asText(""),
                node.hasNonNull("neuron") ? (int) whole(row, node, "neuron", Integer.MAX_VALUE) : SpikeTable.NONE);
    }

    private long whole(long row, JsonNode node, String key, long most) {
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > most) {
            throw outOfRange(row, key, value, "a whole number from 0 to " + most);
        }
        return value.asLong();
    }

    private double number(long row, JsonNode node) {
        JsonNode value = node.path("time_us");
        if (!value.isNumber()) {
            throw outOfRange(row, "time_us", value.isMissingNode() ? "absent" : value, "a time, or a tick");
        }
        return value.asDouble();
    }

    private void npz() {
        try (NpzFile arrays = NpzFile.open(file)) {
            long[] ticks = arrays.has("tick") ? arrays.array("tick").longs() : microseconds(arrays);
            long[] programs = column(arrays, "program", ticks.length);
            long[] labels = column(arrays, "label", ticks.length);
            long[] neurons = column(arrays, "neuron", ticks.length);
            long[] toChip = column(arrays, "to_chip", ticks.length);
            for (int i = 0; i < ticks.length; i++) {
                if (toChip != null && toChip[i] == 0) {
                    continue;
                }
                long row = i + 1L;
                add(
                        row,
                        programs == null ? 0 : inRange(row, "program", programs[i], Long.MAX_VALUE),
                        ticks[i],
                        labels == null ? SpikeTable.NONE : (int) inRange(row, "label", labels[i], MOST_LABEL),
                        "",
                        neurons == null
                                ? SpikeTable.NONE
                                : (int) inRange(row, "neuron", neurons[i], Integer.MAX_VALUE));
            }
        }
    }

    private long[] microseconds(NpzFile arrays) {
        if (!arrays.has("time_us")) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    "stimulus " + file,
                    "members " + arrays.arrays(),
                    "tick or time_us, and label or neuron",
                    "add the column");
        }
        double[] times = arrays.array("time_us").doubles();
        long[] ticks = new long[times.length];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = onGrid(i + 1L, times[i]);
        }
        return ticks;
    }

    private long[] column(NpzFile arrays, String name, int length) {
        if (!arrays.has(name)) {
            return null;
        }
        long values = Arrays.stream(arrays.shape(name)).asLongStream().reduce(1, (a, b) -> a * b);
        if (values != length) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    "member " + name + " of stimulus " + file,
                    values + " values",
                    length + ", as the times",
                    "give each event a value");
        }
        return arrays.array(name).longs();
    }

    /** Rounded half to even on exact decimals (playback.md 2.5). */
    private long onGrid(long row, double microseconds) {
        if (!(microseconds >= 0) || microseconds > LATEST * TICK_US) {
            throw outOfRange(row, "time_us", microseconds, "from 0 to 2^53 ticks of 8 ns");
        }
        return new BigDecimal(Double.toString(microseconds))
                .multiply(BigDecimal.valueOf(125))
                .setScale(0, java.math.RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private long inRange(long row, String column, long value, long most) {
        if (value < 0 || value > most) {
            throw outOfRange(row, column, value, "0 to " + most);
        }
        return value;
    }

    private void add(long row, long program, long tick, int label, String population, int neuron) {
        inRange(row, "tick", tick, LATEST);
        if (label == SpikeTable.NONE && neuron == SpikeTable.NONE) {
            throw outOfRange(row, "label and neuron", "absent", "one of both");
        }
        if (table.size() == SpikeCsv.MAX_ROWS) {
            throw malformed(row, "more than " + SpikeCsv.MAX_ROWS + " events", SpikeCsv.MAX_ROWS);
        }
        table.add(program, tick, true, label, population, neuron);
    }

    private String place(long row) {
        return "stimulus " + file + ", row " + row;
    }

    private ExperimentException outOfRange(long row, String column, Object value, String limit) {
        return new ExperimentException(
                ExperimentException.Code.VALUE_OUT_OF_RANGE,
                place(row) + ", " + column,
                value,
                limit,
                "correct the row, or leave it out");
    }

    private FormatException malformed(long row, Object value, Object limit) {
        return new FormatException(FormatException.Code.MALFORMED_HEADER, place(row), value, limit, "correct the file");
    }
}
