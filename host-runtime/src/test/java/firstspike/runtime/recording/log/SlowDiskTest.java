package firstspike.runtime.recording.log;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.TestClock;
import firstspike.driver.link.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not keep up: the writing thread stands still after its first record. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowDiskTest {

    private static final int QUEUE = 64;

    @TempDir
    Path folder;

    private final TestClock time = TestClock.stopped();
    private final CountDownLatch disk = new CountDownLatch(1);

    /** Time of the test; the writing thread, which asks for it after each record, waits for the disk. */
    private final WallClock clock = new WallClock() {
        @Override
        public long nanoTime() {
            if (Thread.currentThread().getName().startsWith("firstspike-log")) {
                try {
                    disk.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return time.nanoTime();
        }

        @Override
        public long epochMillis() {
            return time.epochMillis();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            time.pause(duration);
        }

        @Override
        public Alarm after(Duration delay, Runnable action) {
            return time.after(delay, action);
        }
    };

    private static void fill(SpikeLogWriter writer, int chunks) {
        long[] ticks = new long[Limits.CHUNK_EVENTS];
        short[] labels = new short[Limits.CHUNK_EVENTS];
        for (int i = 0; i < chunks; i++) {
            writer.spikes(ticks, labels, 0, ticks.length);
        }
    }

    private LogSummary summary(Path file) {
        try (SpikeLog log = SpikeLog.open(file)) {
            return LogInspection.of(log, false, true);
        }
    }

    @Test
    void aLossyLogDropsAndCountsAndIsMarked() {
        Path file = folder.resolve("lossy.fslog");
        LogSettings settings = LogSettings.defaults().withClock(clock).withLoss();
        try (SpikeLogWriter writer = SpikeLogWriter.create(file, Logs.header(), settings)) {
            writer.startProgram(0);
            fill(writer, QUEUE + 10);
            assertThat(writer.ownCounters().get("events.dropped.log")).isGreaterThanOrEqualTo(9L * Limits.CHUNK_EVENTS);
            disk.countDown();
            writer.endProgram(1, Map.of());
        }
        LogSummary summary = summary(file);
        assertThat(summary.health().verdict()).isEqualTo(LogVerdict.CLOSED);
        assertThat(summary.footer().orElseThrow().flags()).isEqualTo(LogFooter.CLOSED | LogFooter.FALSIFIED);
        assertThat(summary.fromChip() + summary.counters().get("events.dropped.log"))
                .isEqualTo((long) (QUEUE + 10) * Limits.CHUNK_EVENTS);
    }

    @Test
    void elseTheCallerWaitsAndTheWaitIsCounted() throws InterruptedException {
        Path file = folder.resolve("patient.fslog");
        try (SpikeLogWriter writer = SpikeLogWriter.create(
                file, Logs.header(), LogSettings.defaults().withClock(clock))) {
            writer.startProgram(0);
            Thread caller = new Thread(() -> fill(writer, QUEUE + 10));
            caller.start();
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            time.advance(Duration.ofMillis(70));
            disk.countDown();
            caller.join();
            writer.endProgram(1, Map.of());
        }
        LogSummary summary = summary(file);
        assertThat(summary.footer().orElseThrow().flags()).isEqualTo(LogFooter.CLOSED);
        assertThat(summary.fromChip()).isEqualTo((long) (QUEUE + 10) * Limits.CHUNK_EVENTS);
        assertThat(summary.counters()).containsEntry("log.writer_stall_ms", 70L);
    }
}
