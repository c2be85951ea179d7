package firstspike.acceptance;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogInspection;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.LogSummary;
import firstspike.runtime.recording.log.LogVerdict;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SpikeChunk;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log of ten megabytes, cut at and flipped in a thousand places. */
@Tag("acceptance")
class Records04DamageIT {

    private static final int CASES = 1000;
    private static final int BYTES = 10_000_000;
    private static final int SPIKES = 5000;

    private static Path file;
    private static long size;
    /** Where records begin, and the events before them; index, footer and end of the file included. */
    private static final NavigableMap<Long, Events> BEFORE = new TreeMap<>();

    private static long indexAt;

    /** Number and sum of events, such that another order or another event gives another sum. */
    private record Events(long count, long sum) {

        static final Events NONE = new Events(0, 0);

        Events and(SpikeChunk chunk) {
            long next = sum;
            for (int i = 0; i < chunk.events(); i++) {
                next = (next * 31 + chunk.ticks()[i]) * 31 + chunk.label(i);
            }
            return new Events(count + chunk.events(), next);
        }
    }

    @BeforeAll
    static void aLog() throws IOException {
        file = Program.folder("damage").resolve("whole.fslog");
        Files.deleteIfExists(file);
        SplittableRandom random = new SplittableRandom(4);
        LogHeader header = new LogHeader(
                "00000000-0000-4000-8000-000000000004",
                "emu:nominal",
                "nominal",
                "c",
                "",
                "",
                8000,
                0,
                "test",
                List.of());
        try (SpikeLogWriter writer = SpikeLogWriter.create(file, header, LogSettings.defaults())) {
            while (Files.size(file) < BYTES) {
                program(writer, random);
                writer.handOver();
            }
        }
        size = Files.size(file);
        try (SpikeLog log = SpikeLog.open(file)) {
            Events[] sum = {Events.NONE};
            log.read(false, (record, offset) -> {
                BEFORE.put(offset, sum[0]);
                if (record.kind() == RecordKind.SPIKES) {
                    sum[0] = sum[0].and((SpikeChunk) record);
                }
            });
            LogSummary summary = LogInspection.of(log, false, false);
            indexAt = summary.footer().orElseThrow().indexOffset();
            BEFORE.put(indexAt, sum[0]);
            BEFORE.put(size - 72, sum[0]);
            BEFORE.put(size, sum[0]);
        }
    }

    private static void program(SpikeLogWriter writer, SplittableRandom random) {
        long[] ticks = new long[SPIKES];
        short[] labels = new short[SPIKES];
        long tick = 0;
        for (int i = 0; i < SPIKES; i++) {
            tick += random.nextInt(250);
            ticks[i] = tick;
            labels[i] = (short) random.nextInt(1 << 14);
        }
        writer.startProgram(0);
        writer.stimulus(ticks, labels, 0, SPIKES / 10);
        writer.mark(Mark.Kind.SAMPLE, 0, 1, "");
        writer.spikes(ticks, labels, 0, SPIKES);
        writer.endProgram(tick, Map.of("events.received", (long) SPIKES));
    }

    /** What a reader of a file sees, and how it ends. */
    private static LogHealth read(Path damaged, Events[] seen) {
        seen[0] = Events.NONE;
        try (SpikeLog log = SpikeLog.open(damaged)) {
            return log.read(false, (record, offset) -> {
                if (record.kind() == RecordKind.SPIKES) {
                    seen[0] = seen[0].and((SpikeChunk) record);
                }
            });
        }
    }

    @Test
    @DisplayName("J26 a thousand cuts of a log of ten megabytes leave the events of all whole records before them")
    void cuts() throws IOException {
        long begin = System.nanoTime();
        Path damaged = file.resolveSibling("cut.fslog");
        Files.copy(file, damaged, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        long[] offsets = new SplittableRandom(26).longs(CASES, 0, size).sorted().toArray();
        Events[] seen = new Events[1];
        int right = 0;
        int inHeader = 0;
        long records = BEFORE.firstKey();
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            // from the end on, so that one copy serves all cuts
            for (int i = CASES - 1; i >= 0; i--) {
                long cut = offsets[i];
                channel.truncate(cut);
                if (cut < records) {
                    inHeader += isNoLog(damaged) ? 1 : 0;
                    continue;
                }
                LogHealth health = read(damaged, seen);
                long record = BEFORE.floorKey(cut);
                LogVerdict verdict = record == cut ? LogVerdict.OPEN : LogVerdict.TORN;
                boolean torn = record == cut || health.tornAt() == record;
                right += health.verdict() == verdict
                                && torn
                                && health.tornBytes() == cut - record
                                && seen[0].equals(BEFORE.get(record))
                        ? 1
                        : 0;
            }
        }
        Table.row(
                "records 4 (J26)",
                "log inspect after a cut, " + CASES + " times, of " + size + " bytes",
                "exactly the events of all whole records, verdict torn or open, no exception",
                right + " right, and " + inHeader + " cuts in the header said to be no log",
                (System.nanoTime() - begin) / 1e9,
                right + inHeader == CASES && right > CASES / 2);
    }

    private static boolean isNoLog(Path damaged) {
        try (SpikeLog log = SpikeLog.open(damaged)) {
            return log.header() == null;
        } catch (FormatException e) {
            return e.code() == FormatException.Code.NOT_A_SPIKE_LOG;
        }
    }

    @Test
    @DisplayName("J27 a thousand flipped bits of a log of ten megabytes are found, with their places; no wrong event")
    void flips() throws IOException {
        long begin = System.nanoTime();
        Path damaged = file.resolveSibling("flipped.fslog");
        Files.copy(file, damaged, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        SplittableRandom random = new SplittableRandom(27);
        int found = 0;
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < CASES; i++) {
                long at = random.nextLong(size);
                int bit = 1 << random.nextInt(8);
                flip(channel, at, bit);
                found += isFound(damaged, at) ? 1 : 0;
                flip(channel, at, bit);
            }
        }
        Events[] seen = new Events[1];
        boolean whole = read(damaged, seen).verdict() == LogVerdict.CLOSED
                && seen[0].equals(BEFORE.lastEntry().getValue());
        Table.row(
                "records 4 (J27)",
                "log inspect --full after a flipped bit, " + CASES + " times, of " + size + " bytes",
                "each found with the place of its record; no event but those that were written",
                found + " found; flipped back, the log is " + (whole ? "whole" : "NOT whole"),
                (System.nanoTime() - begin) / 1e9,
                found == CASES && whole);
    }

    private static void flip(FileChannel channel, long at, int bit) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, at);
        one.put(0, (byte) (one.get(0) ^ bit)).flip();
        channel.write(one, at);
    }

    private static boolean isFound(Path damaged, long at) {
        Long record = BEFORE.floorKey(at);
        Events[] seen = new Events[1];
        try {
            LogHealth health = read(damaged, seen);
            // index and footer can be rebuilt: all events, and the place is told
            return record != null
                    && record >= indexAt
                    && seen[0].equals(BEFORE.lastEntry().getValue())
                    && (health.tornAt() == record || health.damages().get(0).at() == record);
        } catch (FormatException e) {
            if (record == null) {
                return seen[0] == null || seen[0].equals(Events.NONE);
            }
            return e.code() == FormatException.Code.LOG_CORRUPT
                    && e.detail().fields().get("offset").equals(record.toString())
                    && seen[0].equals(BEFORE.get(record));
        }
    }
}
