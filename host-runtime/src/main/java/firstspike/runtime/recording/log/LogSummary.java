package firstspike.runtime.recording.log;

import firstspike.runtime.error.FormatException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What a log holds, up to its end or to the damage that stops the reading.
 *
 * @param bytes of the file
 * @param health of the log
 * @param error what stopped the reading
 * @param footer of a closed log
 * @param scanned whether every record was read; else footer, index and last counters say it all
 * @param programs of the log
 * @param toChip spikes sent
 * @param fromChip spikes recorded
 * @param samples of the converters
 * @param chunks of spikes and samples; empty when the index leaves some out
 * @param firstTick least tick of an event; empty when there is none, or the index leaves chunks out
 * @param lastTick largest tick of an event
 * @param populations in the order of the header
 * @param counters of the last health record, without the totals
 */
public record LogSummary(
        long bytes,
        LogHealth health,
        Optional<FormatException> error,
        Optional<LogFooter> footer,
        boolean scanned,
        long programs,
        long toChip,
        long fromChip,
        long samples,
        OptionalLong chunks,
        OptionalLong firstTick,
        OptionalLong lastTick,
        List<PopulationEvents> populations,
        SortedMap<String, Long> counters) {}
