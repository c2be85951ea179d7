package firstspike.runtime.recording.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says what a log holds: from footer, index and last counters where it is closed and has them (formats.md 2.4), else by reading
 * every record. Only the second way finds damage in the middle. Stateless.
 */
public final class LogInspection {

    private LogInspection() {}

    /**
     * @param log to look at
     * @param salvage whether to pass over damage
     * @param full whether every record is to be read
     * @return what it holds; damage is in it, not thrown
     */
    public static LogSummary of(SpikeLog log, boolean salvage, boolean full) {
        if (!full && !salvage) {
            Optional<LogSummary> quick = ofEnd(log);
            if (quick.isPresent()) {
                return quick.get();
            }
        }
        LogTally tally = new LogTally(log.header());
        LogScan scan = log.scan(salvage, tally);
        boolean any = tally.chunks() > 0;
        return new LogSummary(
                scan.size(),
                log.health(scan),
                Optional.ofNullable(scan.error()),
                Optional.ofNullable(scan.footer()),
                true,
                Math.max(
                        tally.programs(),
                        scan.footer() == null ? 0 : scan.footer().programCount()),
                tally.totals().spikes(SpikeDirection.TO_CHIP),
                tally.totals().spikes(SpikeDirection.FROM_CHIP),
                tally.totals().samples(),
                OptionalLong.of(tally.chunks()),
                any ? OptionalLong.of(tally.firstTick()) : OptionalLong.empty(),
                any ? OptionalLong.of(tally.lastTick()) : OptionalLong.empty(),
                populations(tally.labels(), tally.totals(), tally),
                tally.counters());
    }

    private static List<PopulationEvents> populations(LabelTable labels, LogTotals totals, LogTally seen) {
        List<PopulationEvents> rows = new ArrayList<>();
        for (int i = 0; i < labels.populations().size(); i++) {
            LabelTable.Population population = labels.populations().get(i);
            rows.add(new PopulationEvents(
                    population.direction(),
                    population.name(),
                    totals.ofPopulation(i),
                    seen == null ? OptionalLong.empty() : OptionalLong.of(seen.silent(population))));
        }
        return rows;
    }

    /** From the end of a closed log; empty when anything there is not as it must be. */
    private static Optional<LogSummary> ofEnd(SpikeLog log) {
        try {
            LogEnd end = LogEnd.of(log.channel());
            if (end == null) {
                return Optional.empty();
            }
            LabelTable labels = LabelTable.of(log.header().labels());
            LogTotals totals = new LogTotals(labels);
            if (!totals.take(end.counters().counters())) {
                return Optional.empty();
            }
            LogFooter footer = end.footer();
            LogTail tail = LogTail.of(footer, footer.indexOffset(), footer.programCount() - 1, false);
            LogHealth health = new LogHealth(
                    LogVerdict.CLOSED, tail, footer.recordCount() + LogEnd.UNNUMBERED, -1, 0, 0, 0, 0, List.of());
            boolean complete = end.events() == footer.eventCount() + totals.samples();
            boolean any = complete && end.chunks() > 0;
            return Optional.of(new LogSummary(
                    end.bytes(),
                    health,
                    Optional.empty(),
                    Optional.of(footer),
                    false,
                    footer.programCount(),
                    totals.spikes(SpikeDirection.TO_CHIP),
                    totals.spikes(SpikeDirection.FROM_CHIP),
                    totals.samples(),
                    complete ? OptionalLong.of(end.chunks()) : OptionalLong.empty(),
                    any ? OptionalLong.of(end.firstTick()) : OptionalLong.empty(),
                    any ? OptionalLong.of(end.lastTick()) : OptionalLong.empty(),
                    populations(labels, totals, null),
                    LogTotals.without(
                            end.counters().counters(), totals.counters().keySet())));
        } catch (IOException e) {
            throw SpikeLog.unreadable(log.file(), e);
        }
    }
}
