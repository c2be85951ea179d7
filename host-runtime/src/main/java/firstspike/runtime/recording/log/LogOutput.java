package firstspike.runtime.recording.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes records to the end of a file, numbers them, and keeps what index, totals and footer will say. Each frame is handed
 * over by one write; when that fails, the file is cut after the last whole record. Mutable, one owner thread.
 */
final class LogOutput {

    private final FileChannel channel;
    private final RecordEncoder encoder = new RecordEncoder();
    private final IndexBuilder index;
    private final LogTotals totals;
    private long end;
    private long sequence;
    private long programs;

    /** A new file: nothing is in it. */
    LogOutput(FileChannel channel, LabelTable labels) {
        this(channel, new IndexBuilder(), new LogTotals(labels), 0, 0, 0);
    }

    /**
     * Goes on where a file ends.
     *
     * @param channel open for writing
     * @param index of the records so far
     * @param totals of the records so far
     * @param end bytes so far
     * @param sequence of the next record
     * @param programs so far
     */
    LogOutput(FileChannel channel, IndexBuilder index, LogTotals totals, long end, long sequence, long programs) {
        this.channel = channel;
        this.index = index;
        this.totals = totals;
        this.end = end;
        this.sequence = sequence;
        this.programs = programs;
    }

    void header(LogHeader header) throws IOException {
        encoder.header(header);
        if (encoder.length() > Limits.HEADER) {
            throw new IllegalArgumentException("header of a log: " + encoder.length() + " bytes (limit: "
                    + Limits.HEADER + "); use fewer labels or shorter names");
        }
        write();
    }

    /** Spikes that are sorted by tick, as one record or as several that keep the limit of bytes. */
    void spikes(long program, SpikeDirection direction, long[] ticks, short[] labels, int[] delays, int from, int count)
            throws IOException {
        if (count > 1 && RecordEncoder.columnBytes(ticks, labels, delays, from, count) > Limits.CHUNK_BYTES) {
            int half = count / 2;
            spikes(program, direction, ticks, labels, delays, from, half);
            spikes(program, direction, ticks, labels, delays, from + half, count - half);
            return;
        }
        encoder.spikes(sequence, program, direction, ticks, labels, delays, from, count);
        totals.spikes(direction, labels, from, count);
        numbered(program, ticks[from], ticks[from + count - 1], count, RecordKind.SPIKES, false);
    }

    /** Samples that are sorted by tick. */
    void samples(
            long program,
            SampleConverter converter,
            int channelNumber,
            String source,
            long[] ticks,
            int[] values,
            int count)
            throws IOException {
        encoder.samples(sequence, program, converter, channelNumber, source, ticks, values, 0, count);
        totals.samples(count);
        numbered(program, ticks[0], ticks[count - 1], count, RecordKind.SAMPLES, false);
    }

    void mark(long program, Mark.Kind kind, long tick, long number, String text, long systime) throws IOException {
        encoder.mark(sequence, program, kind, tick, number, text, systime);
        if (kind == Mark.Kind.PROGRAM_START || kind == Mark.Kind.PROGRAM_END) {
            programs = Math.max(programs, program + 1);
        }
        numbered(program, tick, tick, 0, RecordKind.MARK, kind == Mark.Kind.SAMPLE);
    }

    void health(long program, SortedMap<String, Long> counters) throws IOException {
        encoder.health(sequence, program, counters);
        numbered(program, 0, 0, 0, RecordKind.HEALTH, false);
    }

    void setup(long program, long[] words) throws IOException {
        int from = 0;
        do {
            int count = Math.min(Limits.SETUP_WORDS, words.length - from);
            encoder.setup(sequence, program, words, from, count);
            numbered(program, 0, 0, 0, RecordKind.SETUP, false);
            from += count;
        } while (from < words.length);
    }

    /** The last health record: the counters and the totals. */
    void totals(long program, Map<String, Long> counters) throws IOException {
        SortedMap<String, Long> all = new TreeMap<>(counters);
        all.putAll(totals.counters());
        health(program, all);
    }

    /** A record of another log, under the next sequence number of this one. */
    void copy(LogRecord record) throws IOException {
        switch (record.kind()) {
            case SPIKES -> {
                SpikeChunk chunk = (SpikeChunk) record;
                int[] delays = chunk.fpgaDelays().length == 0 ? null : chunk.fpgaDelays();
                spikes(chunk.program(), chunk.direction(), chunk.ticks(), chunk.labels(), delays, 0, chunk.events());
            }
            case SAMPLES -> {
                SampleChunk chunk = (SampleChunk) record;
                samples(
                        chunk.program(),
                        chunk.converter(),
                        chunk.channel(),
                        chunk.source(),
                        chunk.ticks(),
                        chunk.values(),
                        chunk.events());
            }
            case MARK -> {
                Mark mark = (Mark) record;
                mark(mark.program(), mark.what(), mark.tick(), mark.number(), mark.text(), mark.systime());
            }
            case HEALTH -> health(record.program(), ((HealthRecord) record).counters());
            case SETUP -> setup(record.program(), ((SetupRecord) record).words());
        }
    }

    /** Index and footer. */
    void finish(long closedUnixMs, long flags) throws IOException {
        long indexOffset = end;
        encoder.index(index);
        write();
        encoder.footer(new LogFooter(indexOffset, sequence, totals.events(), programs, closedUnixMs, flags));
        write();
    }

    private void numbered(long program, long first, long last, int count, RecordKind kind, boolean sampleMark)
            throws IOException {
        long offset = end;
        if (count > 0) {
            programs = Math.max(programs, program + 1);
        }
        write();
        index.add(new IndexEntry(sequence, offset, program, first, last, count, kind), sampleMark);
        sequence++;
    }

    private void write() throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(encoder.bytes(), encoder.start(), encoder.length());
        try {
            long at = end;
            while (frame.hasRemaining()) {
                at += channel.write(frame, at);
            }
            end = at;
        } catch (IOException e) {
            cut(e);
            throw e;
        }
    }

    /** A part of a record at the end would be a torn tail; a whole log is better. */
    private void cut(IOException first) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            first.addSuppressed(e);
        }
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Bytes of whole records. */
    long end() {
        return end;
    }

    long programs() {
        return programs;
    }

    LogTotals totals() {
        return totals;
    }

    void close() throws IOException {
        channel.close();
    }
}
