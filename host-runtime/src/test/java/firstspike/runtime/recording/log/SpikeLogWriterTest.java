package firstspike.runtime.recording.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read, when it is handed over, and who may write. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SpikeLogWriterTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("out.fslog");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitGrowth(Path file, long beyond) {
        while (size(file) <= beyond) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        List<String> given = Logs.write(file(), 5, 1000, 1);
        List<String> spikes = new ArrayList<>();
        LogHealth health = Logs.read(file(), false, spikes);
        assertThat(spikes).isEqualTo(given);
        assertThat(health.verdict()).isEqualTo(LogVerdict.CLOSED);
        assertThat(health.damages()).isEmpty();
        try (SpikeLog log = SpikeLog.open(file())) {
            LogSummary quick = LogInspection.of(log, false, false);
            LogSummary full = LogInspection.of(log, false, true);
            assertThat(quick.scanned()).isFalse();
            assertThat(quick.programs()).isEqualTo(5).isEqualTo(full.programs());
            assertThat(quick.toChip()).isEqualTo(5000).isEqualTo(full.toChip());
            assertThat(quick.fromChip()).isEqualTo(5000).isEqualTo(full.fromChip());
            assertThat(quick.health().records()).isEqualTo(full.health().records());
            assertThat(quick.firstTick()).isEqualTo(full.firstTick());
            assertThat(quick.lastTick()).isEqualTo(full.lastTick());
            assertThat(quick.chunks()).isEqualTo(full.chunks());
            assertThat(quick.counters()).isEqualTo(full.counters()).containsEntry("events.received", 1000L);
            assertThat(quick.populations()).extracting(PopulationEvents::events).containsExactly(5000L, 5000L);
            assertThat(full.populations())
                    .extracting(PopulationEvents::silent)
                    .containsExactly(OptionalLong.of(0), OptionalLong.of(0));
        }
    }

    @Test
    void ticksOutOfOrderAreSortedStably() {
        try (SpikeLogWriter writer = SpikeLogWriter.create(file(), Logs.header(), LogSettings.defaults())) {
            writer.startProgram(1L << 42);
            writer.spikes(new long[] {10, 5, 10, 7, 5}, new short[] {1, 2, 3, 4, 5}, new int[] {9, 8, 7, 6, 5}, 0, 5);
            writer.endProgram(11, Map.of());
        }
        List<LogRecord> records = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(file())) {
            log.read(false, (record, offset) -> records.add(record));
        }
        assertThat(((Mark) records.get(0)).systime()).isEqualTo(1L << 42);
        SpikeChunk chunk = (SpikeChunk) records.get(1);
        assertThat(chunk.ticks()).containsExactly(5, 5, 7, 10, 10);
        assertThat(chunk.labels()).containsExactly(2, 5, 4, 1, 3);
        assertThat(chunk.fpgaDelays()).containsExactly(8, 5, 6, 9, 7);
        assertThat(records.get(2)).isInstanceOf(Mark.class);
        assertThat(records.get(3)).isInstanceOf(HealthRecord.class);
    }

    @Test
    void manyOutOfOrderToo() {
        int count = 3000;
        long[] ticks = new long[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = (count - i) / 2;
        }
        int[] order = StableOrder.of(ticks, count);
        for (int i = 1; i < count; i++) {
            assertThat(ticks[order[i]]).isGreaterThanOrEqualTo(ticks[order[i - 1]]);
            if (ticks[order[i]] == ticks[order[i - 1]]) {
                assertThat(order[i]).isGreaterThan(order[i - 1]);
            }
        }
        assertThat(StableOrder.of(new long[] {1, 1, 2}, 3)).isNull();
    }

    @Test
    void eventsAreHandedOverAfter200MsThoughNoneFollows() {
        TestClock clock = TestClock.stopped();
        try (SpikeLogWriter writer = SpikeLogWriter.create(
                file(), Logs.header(), LogSettings.defaults().withClock(clock))) {
            writer.startProgram(0);
            writer.handOver();
            long before = size(file());
            writer.spikes(new long[] {1, 2}, new short[] {1, 2}, 0, 2);
            clock.advance(Duration.ofMillis(199));
            assertThat(size(file())).isEqualTo(before);
            clock.advance(Duration.ofMillis(1));
            awaitGrowth(file(), before);
            List<String> spikes = new ArrayList<>();
            assertThat(Logs.read(file(), false, spikes).verdict()).isEqualTo(LogVerdict.OPEN);
            assertThat(spikes).hasSize(2);

            long whole = size(file());
            clock.advance(Duration.ofSeconds(1));
            awaitGrowth(file(), whole);
        }
        List<LogRecord> records = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(file())) {
            log.read(false, (record, offset) -> records.add(record));
        }
        // a program that runs on tells its counters each second
        assertThat(records).filteredOn(HealthRecord.class::isInstance).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("J24 logs without programs, without events and with an empty program work")
    void emptyLogs() {
        SpikeLogWriter.create(file(), Logs.header("ideal:", List.of()), LogSettings.defaults())
                .close();
        assertThat(Logs.read(file(), false, new ArrayList<>()).verdict()).isEqualTo(LogVerdict.CLOSED);
        Path second = folder.resolve("second.fslog");
        try (SpikeLogWriter writer = SpikeLogWriter.create(second, Logs.header(), LogSettings.defaults())) {
            writer.startProgram(0);
            writer.stimulus(new long[0], new short[0], 0, 0);
            writer.endProgram(0, Map.of());
        }
        try (SpikeLog log = SpikeLog.open(second)) {
            LogSummary summary = LogInspection.of(log, false, false);
            assertThat(summary.programs()).isEqualTo(1);
            assertThat(summary.firstTick()).isEmpty();
            OrderedSpikes.read(log, false, EventSelection.all(), (program, tick, direction, label, population) -> {
                throw new AssertionError("a spike in an empty log");
            });
        }
    }

    @Test
    void setUpsAndSamples() {
        PlaybackProgram program = PlaybackProgram.builder().timerReset().done();
        try (SpikeLogWriter writer = SpikeLogWriter.create(file(), Logs.header(), LogSettings.defaults())) {
            writer.setUp(program);
            writer.startProgram(0);
            writer.samples(SampleConverter.MADC, 1, "hidden[0].v", new long[] {3, 1}, new int[] {300, 301}, 0, 2);
            writer.samples(SampleConverter.CADC, 600, "", new long[] {2}, new int[] {7}, 0, 1);
            writer.endProgram(4, Map.of());
        }
        List<LogRecord> records = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(file())) {
            log.read(false, (record, offset) -> records.add(record));
        }
        assertThat(records)
                .extracting(LogRecord::kind)
                .containsExactly(
                        RecordKind.SETUP,
                        RecordKind.MARK,
                        RecordKind.SAMPLES,
                        RecordKind.SAMPLES,
                        RecordKind.MARK,
                        RecordKind.HEALTH,
                        RecordKind.HEALTH);
        assertThat(((SetupRecord) records.get(0)).words()).isEqualTo(PlaybackProgramWords.of(program));
        assertThat(((SampleChunk) records.get(2)).values()).containsExactly(301, 300);
    }

    @Test
    void appendedProgramsGoOnAsIfTheLogHadNeverBeenClosed() throws IOException {
        List<String> given = new ArrayList<>(Logs.write(file(), 2, 100, 1));
        try (SpikeLogWriter writer = SpikeLogWriter.append(file(), Logs.header(), LogSettings.defaults(), false)) {
            assertThat(writer.program()).isEqualTo(2);
            Logs.program(writer, 100, 3, given);
        }
        List<String> spikes = new ArrayList<>();
        assertThat(Logs.read(file(), false, spikes).verdict()).isEqualTo(LogVerdict.CLOSED);
        assertThat(spikes).isEqualTo(given);
        try (SpikeLog log = SpikeLog.open(file())) {
            LogSummary summary = LogInspection.of(log, false, false);
            assertThat(summary.scanned()).isFalse();
            assertThat(summary.programs()).isEqualTo(3);
            // counters go on where they were
            assertThat(summary.counters()).containsEntry("events.received", 200L);
        }

        LogHeader other = Logs.header("emu:nominal?seed=8", Logs.header().labels());
        FormatException refused = catchThrowableOfType(
                FormatException.class, () -> SpikeLogWriter.append(file(), other, LogSettings.defaults(), false));
        assertThat(refused.code()).isEqualTo(FormatException.Code.LOG_MISMATCH);
        assertThat(refused.getMessage()).contains("target", "seed=7", "seed=8", "--force");
        assertThatThrownBy(() -> SpikeLogWriter.append(
                        file(), Logs.header("emu:nominal?seed=7", List.of()), LogSettings.defaults(), true))
                .isInstanceOf(FormatException.class);
        SpikeLogWriter.append(file(), other, LogSettings.defaults(), true).close();
        List<String> notes = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(file())) {
            log.read(false, (record, offset) -> {
                if (record instanceof Mark mark && mark.what() == Mark.Kind.NOTE) {
                    notes.add(mark.text());
                }
            });
        }
        assertThat(notes).hasSize(1);
    }

    @Test
    @DisplayName("J51 a second writer is refused and told who writes; the log stays sound")
    void twoWriters() {
        try (SpikeLogWriter writer = SpikeLogWriter.create(file(), Logs.header(), LogSettings.defaults())) {
            StorageException busy = catchThrowableOfType(
                    StorageException.class,
                    () -> SpikeLogWriter.append(file(), Logs.header(), LogSettings.defaults(), false));
            assertThat(busy.code()).isEqualTo(StorageException.Code.LOG_BUSY);
            assertThat(busy.getMessage())
                    .contains("pid " + ProcessHandle.current().pid());
            assertThatThrownBy(() -> LogRecovery.recover(file(), false, TestClock.stopped()))
                    .isInstanceOf(StorageException.class);
            Logs.program(writer, 10, 1, new ArrayList<>());
        }
        assertThat(Logs.read(file(), false, new ArrayList<>()).verdict()).isEqualTo(LogVerdict.CLOSED);
    }

    @Test
    @DisplayName("J50 whoever reads a log while it is written sees whole events from its beginning, and no error")
    void readerBesideWriter() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        List<String> given = new ArrayList<>();
        SpikeLogWriter writer = SpikeLogWriter.create(file(), Logs.header(), LogSettings.defaults());
        List<List<String>> seen = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                boolean last;
                do {
                    last = done.get();
                    List<String> spikes = new ArrayList<>();
                    LogHealth health = Logs.read(file(), false, spikes);
                    assertThat(health.verdict()).isIn(LogVerdict.OPEN, LogVerdict.CLOSED);
                    try (SpikeLog log = SpikeLog.open(file())) {
                        LogInspection.of(log, false, false);
                    }
                    seen.add(spikes);
                } while (!last);
            } catch (Throwable e) {
                failed.set(e);
            }
        });
        reader.start();
        for (int i = 0; i < 30; i++) {
            Logs.program(writer, 500, i, given);
        }
        writer.close();
        // closed, and gone on with: its index and footer go
        try (SpikeLogWriter more = SpikeLogWriter.append(file(), Logs.header(), LogSettings.defaults(), false)) {
            for (int i = 0; i < 10; i++) {
                Logs.program(more, 500, i, given);
            }
        }
        done.set(true);
        reader.join();
        assertThat(failed.get()).isNull();
        for (List<String> spikes : seen) {
            assertThat(spikes).isEqualTo(given.subList(0, spikes.size()));
        }
        assertThat(seen.get(seen.size() - 1)).isEqualTo(given);
    }

    @Test
    @DisplayName("J29 at a mean spacing of 125 ticks and labels below 16384 an event takes at most 4 bytes")
    void bytesPerEvent() throws IOException {
        java.util.SplittableRandom random = new java.util.SplittableRandom(29);
        int count = 200_000;
        long[] ticks = new long[count];
        short[] labels = new short[count];
        double tick = 0;
        for (int i = 0; i < count; i++) {
            tick -= 125 * Math.log(1 - random.nextDouble());
            ticks[i] = (long) tick;
            labels[i] = (short) random.nextInt(16_384);
        }
        try (SpikeLogWriter writer =
                SpikeLogWriter.create(file(), Logs.header("emu:nominal", List.of()), LogSettings.defaults())) {
            writer.startProgram(0);
            writer.spikes(ticks, labels, 0, count);
            writer.endProgram(ticks[count - 1], Map.of());
        }
        assertThat(Files.size(file()) / (double) count).isBetween(2.0, 4.0);
    }

    @Test
    void spikesInOrderOfTables() {
        try (SpikeLogWriter writer = SpikeLogWriter.create(file(), Logs.header(), LogSettings.defaults())) {
            for (int program = 0; program < 2; program++) {
                writer.startProgram(0);
                writer.stimulus(new long[] {0, 50, 100}, new short[] {16_384, 16_385, 16_386}, 0, 3);
                writer.handOver();
                writer.spikes(new long[] {10, 60}, new short[] {0, 1}, 0, 2);
                writer.handOver();
                writer.spikes(new long[] {50, 60, 120}, new short[] {2, 3, 0}, 0, 3);
                writer.endProgram(200, Map.of());
            }
        }
        List<String> all = new ArrayList<>();
        List<String> few = new ArrayList<>();
        try (SpikeLog log = SpikeLog.open(file())) {
            OrderedSpikes.read(
                    log,
                    false,
                    EventSelection.all(),
                    (program, tick, direction, label, population) -> all.add(program + ":" + tick + ":" + label));
            EventSelection selection = new EventSelection(50, 60, 1, 1, SpikeDirection.FROM_CHIP, "hidden");
            OrderedSpikes.read(
                    log,
                    false,
                    selection,
                    (program, tick, direction, label, population) -> few.add(program + ":" + tick + ":" + label));
        }
        List<String> one = List.of("0:16384", "10:0", "50:16385", "50:2", "60:1", "60:3", "100:16386", "120:0");
        List<String> expected = new ArrayList<>();
        one.forEach(spike -> expected.add("0:" + spike));
        one.forEach(spike -> expected.add("1:" + spike));
        assertThat(all).isEqualTo(expected);
        assertThat(few).containsExactly("1:50:2", "1:60:1", "1:60:3");
    }

    @Test
    void anIndexBeyondItsLimitLosesSampleMarksFirst() {
        IndexBuilder index = new IndexBuilder(2000);
        for (int i = 0; i < 1000; i++) {
            index.add(new IndexEntry(2 * i, 100L * i, i, 0, 0, 0, RecordKind.MARK), true);
            index.add(new IndexEntry(2 * i + 1, 100L * i + 50, i, 0, 9, 5, RecordKind.SPIKES), false);
        }
        index.add(new IndexEntry(2000, 100_000, 999, 0, 0, 0, RecordKind.HEALTH), false);
        List<IndexEntry> entries = new ArrayList<>();
        index.forEach(entries::add);
        assertThat(entries).extracting(IndexEntry::kind).doesNotContain(RecordKind.MARK);
        assertThat(entries.get(entries.size() - 1).kind()).isEqualTo(RecordKind.HEALTH);
        assertThat(entries)
                .hasSizeBetween(30, 200)
                .isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
    }
}
