package firstspike.runtime.recording.table;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.csv.SpikeCsv;
import firstspike.runtime.exchange.csv.SpikeTable;
import firstspike.runtime.exchange.sonata.ProgramStarts;
import firstspike.runtime.recording.log.EventSelection;
import firstspike.runtime.recording.log.LabelTable;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.OrderedSpikes;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The spikes of a log in memory, in the order of tables, and when their programs began.
 *
 * @param table spikes
 * @param starts by the system time that the log recorded, else programs in turn
 * @param health how sound the log is
 */
public record LoggedSpikes(SpikeTable table, ProgramStarts starts, LogHealth health) {

    private static final long SYSTIME_MASK = (1L << 43) - 1;

    /**
     * @param log to read
     * @param salvage whether to pass over damage, and count it
     * @param selection which spikes are wanted
     * @return the spikes
     * @throws FormatException when the log is damaged in the middle, or {@code ARRAY_TOO_LARGE}
     */
    public static LoggedSpikes read(SpikeLog log, boolean salvage, EventSelection selection) {
        LabelTable labels = LabelTable.of(log.header().labels());
        SpikeTable table = new SpikeTable();
        LogHealth health =
                OrderedSpikes.read(log, salvage, selection, (program, tick, direction, label, population) -> {
                    if (table.size() == SpikeCsv.MAX_ROWS) {
                        throw new FormatException(
                                FormatException.Code.ARRAY_TOO_LARGE,
                                log.file().toString(),
                                "more than " + SpikeCsv.MAX_ROWS + " spikes",
                                SpikeCsv.MAX_ROWS,
                                "select programs or a population");
                    }
                    boolean known = population >= 0;
                    table.add(
                            program,
                            tick,
                            direction == SpikeDirection.TO_CHIP,
                            label,
                            known ? labels.populations().get(population).name() : "",
                            known ? labels.neuron(direction, label) : SpikeTable.NONE);
                });
        SortedMap<Long, Long> systimes = new TreeMap<>();
        log.read(salvage, (record, offset) -> {
            if (record.kind() == RecordKind.MARK
                    && record instanceof Mark mark
                    && mark.what() == Mark.Kind.PROGRAM_START) {
                systimes.put(mark.program(), mark.systime());
            }
        });
        return new LoggedSpikes(table, starts(table, systimes), health);
    }

    /** Recorded system times, if each program has one and they rise; programs one after another otherwise. */
    private static ProgramStarts starts(SpikeTable table, SortedMap<Long, Long> systimes) {
        SortedMap<Long, Long> starts = new TreeMap<>();
        long least = 0;
        long before = -1;
        long elapsed = 0;
        for (Map.Entry<Long, Long> entry : systimes.entrySet()) {
            if (entry.getValue() <= 0) {
                return ProgramStarts.inTurn(table);
            }
            // the counter has 43 bits and starts again after twenty hours
            elapsed += before < 0 ? 0 : (entry.getValue() - before) & SYSTIME_MASK;
            before = entry.getValue();
            starts.put(entry.getKey(), elapsed);
        }
        for (int row = 0; row < table.size(); row++) {
            Long start = starts.get(table.program(row));
            if (start == null) {
                return ProgramStarts.inTurn(table);
            }
            least = Math.min(least, start + table.tick(row));
        }
        long shift = -least;
        starts.replaceAll((program, start) -> start + shift);
        return new ProgramStarts(starts, "recorded system time, the first program at " + shift + " ticks");
    }
}
