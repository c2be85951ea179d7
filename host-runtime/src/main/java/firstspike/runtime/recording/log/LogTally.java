package firstspike.runtime.recording.log;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what passes: totals, programs, range of ticks, which labels spoke, and the index that the records give. One thread. */
final class LogTally implements RecordSink {

    private static final int LABELS = 1 << 16;

    private final LogHeader header;
    private final LabelTable labels;
    private final LogTotals totals;
    private final IndexBuilder index = new IndexBuilder();
    private final boolean[][] spoke = new boolean[SpikeDirection.values().length][LABELS];
    private SortedMap<String, Long> counters = new TreeMap<>();
    private long programs;
    private long chunks;
    private long firstTick = Long.MAX_VALUE;
    private long lastTick = Long.MIN_VALUE;

    LogTally(LogHeader header) {
        this.header = header;
        this.labels = LabelTable.of(header.labels());
        this.totals = new LogTotals(labels);
    }

    @Override
    public void accept(LogRecord record, long offset) {
        boolean sampleMark = false;
        switch (record.kind()) {
            case SPIKES -> spikes((SpikeChunk) record);
            case SAMPLES -> {
                totals.samples(record.events());
                range(record);
            }
            case MARK -> sampleMark = ((Mark) record).what() == Mark.Kind.SAMPLE;
            case HEALTH -> counters = new TreeMap<>(((HealthRecord) record).counters());
            case SETUP -> {
                // says nothing that is counted
            }
        }
        if (record.events() > 0 || isOfProgram(record)) {
            programs = Math.max(programs, record.program() + 1);
        }
        index.add(entry(record, offset), sampleMark);
    }

    /** A note or a health record may stand before its program. */
    private static boolean isOfProgram(LogRecord record) {
        return record instanceof Mark mark
                && (mark.what() == Mark.Kind.PROGRAM_START || mark.what() == Mark.Kind.PROGRAM_END);
    }

    private void spikes(SpikeChunk chunk) {
        totals.spikes(chunk.direction(), chunk.labels(), 0, chunk.events());
        boolean[] space = spoke[chunk.direction().ordinal()];
        for (short label : chunk.labels()) {
            space[label & 0xffff] = true;
        }
        range(chunk);
    }

    private void range(LogRecord chunk) {
        chunks++;
        firstTick = Math.min(firstTick, chunk.firstTick());
        lastTick = Math.max(lastTick, chunk.lastTick());
    }

    private static IndexEntry entry(LogRecord record, long offset) {
        return new IndexEntry(
                record.sequence(),
                offset,
                record.program(),
                record.firstTick(),
                record.lastTick(),
                record.events(),
                record.kind());
    }

    LabelTable labels() {
        return labels;
    }

    LogTotals totals() {
        return totals;
    }

    IndexBuilder index() {
        return index;
    }

    long programs() {
        return programs;
    }

    /** Chunks of spikes and samples. */
    long chunks() {
        return chunks;
    }

    /** Least tick of an event; {@code Long.MAX_VALUE} when there is none. */
    long firstTick() {
        return firstTick;
    }

    long lastTick() {
        return lastTick;
    }

    /** Neurons of a population without an event. */
    long silent(LabelTable.Population population) {
        return header.labels().stream()
                .filter(entry -> entry.direction() == population.direction()
                        && entry.population().equals(population.name())
                        && !spoke[entry.direction().ordinal()][entry.label()])
                .count();
    }

    /** Counters of the last health record without the totals of the log. */
    SortedMap<String, Long> counters() {
        return LogTotals.without(counters, totals.counters().keySet());
    }
}
