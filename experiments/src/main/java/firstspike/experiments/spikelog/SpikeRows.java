package firstspike.experiments.spikelog;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.csv.SpikeCsv;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.log.EventSelection;
import firstspike.runtime.recording.log.LabelTable;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.OrderedSpikes;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the spikes of a log as rows, in the order of tables. Mutable, one owner thread, used once. */
public final class SpikeRows {

    private static final String TABLE_HEAD = String.format(
            "%7s %14s %16s %-9s %5s %-16s %6s",
            "program", "tick", "time_us", "direction", "label", "population", "neuron");

    private final RowForm form;
    private final LabelTable labels;
    private final List<LabelTable.Population> populations;
    private final LineSink out;
    private final StringBuilder line = new StringBuilder();
    private long rows;

    /** Takes lines without their end. */
    @FunctionalInterface
    public interface LineSink {

        /**
         * @param text of one line
         * @throws IOException of the output
         */
        void line(CharSequence text) throws IOException;
    }

    private SpikeRows(LogHeader header, RowForm form, LineSink out) {
        this.form = form;
        this.labels = LabelTable.of(header.labels());
        this.populations = labels.populations();
        this.out = out;
    }

    /**
     * @param log to read
     * @param salvage whether to pass over damage
     * @param selection which spikes
     * @param form of the rows
     * @param out takes the lines
     * @return how many, and how sound the log is
     * @throws FormatException when the log is damaged, or its ticks are not those of the chip
     */
    public static Written write(SpikeLog log, boolean salvage, EventSelection selection, RowForm form, LineSink out) {
        LogHeader header = log.header();
        checkTicks(log);
        SpikeRows rows = new SpikeRows(header, form, out);
        try {
            rows.head(header);
            LogHealth health = OrderedSpikes.read(log, salvage, selection, rows::row);
            return new Written(rows.rows, health);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Refuses a log whose ticks are not those of the chip: times would be converted silently.
     *
     * @param log to be shown
     * @throws FormatException {@code LOG_MISMATCH} naming both lengths
     */
    public static void checkTicks(SpikeLog log) {
        if (log.header().tickPs() != LogHeader.CHIP_TICK_PS) {
            throw new FormatException(
                    FormatException.Code.LOG_MISMATCH,
                    ErrorDetail.of(
                            "tick_ps of " + log.file(),
                            log.header().tickPs(),
                            LogHeader.CHIP_TICK_PS,
                            "read it with a program for that chip"),
                    null);
        }
    }

    private void head(LogHeader header) throws IOException {
        switch (form) {
            case CSV -> {
                out.line("# run_id " + oneLine(header.runId()));
                out.line("# target " + oneLine(header.target()));
                out.line("# fidelity " + oneLine(header.fidelity()));
                out.line("# tick_ps " + header.tickPs());
                out.line(SpikeCsv.HEADER);
            }
            case TABLE -> out.line(TABLE_HEAD);
            case JSONL -> {
                // every line says its columns
            }
        }
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    private void row(long program, long tick, SpikeDirection direction, int label, int population) {
        String name = population < 0 ? "" : populations.get(population).name();
        int neuron = population < 0 ? -1 : labels.neuron(direction, label);
        line.setLength(0);
        switch (form) {
            case CSV -> SpikeCsv.append(line, program, tick, direction == SpikeDirection.TO_CHIP, label, name, neuron);
            case JSONL -> json(program, tick, direction, label, population < 0 ? null : name, neuron);
            case TABLE ->
                line.append(String.format(
                        "%7d %14d %16s %-9s %5d %-16s %6s",
                        program, tick, microseconds(tick), direction.text(), label, name, neuron < 0 ? "" : neuron));
        }
        try {
            out.line(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
    }

    private void json(long program, long tick, SpikeDirection direction, int label, String population, int neuron) {
        line.append("{\"program\":").append(program).append(",\"tick\":").append(tick);
        line.append(",\"time_us\":").append(microseconds(tick));
        line.append(",\"direction\":\"")
                .append(direction.text())
                .append("\",\"label\":")
                .append(label);
        line.append(",\"population\":").append(JsonText.compact(population));
        line.append(",\"neuron\":").append(neuron < 0 ? "null" : neuron).append('}');
    }

    /** Microseconds of a tick of 8 ns with exactly three decimals. */
    static String microseconds(long tick) {
        long size = Math.abs(tick);
        int nanoseconds = (int) (size % 125) * 8;
        return (tick < 0 ? "-" : "") + size / 125 + "." + (char) ('0' + nanoseconds / 100)
                + (char) ('0' + nanoseconds / 10 % 10) + (char) ('0' + nanoseconds % 10);
    }

    /**
     * What was written.
     *
     * @param rows spikes
     * @param health of the log
     */
    public record Written(long rows, LogHealth health) {}
}
