package firstspike.experiments.bench;

import com.sun.management.OperatingSystemMXBean;
import firstspike.runtime.recording.log.FsyncPolicy;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogInspection;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.LogSummary;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SpikeChunk;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Speed of the spike log on a file of this machine, contents compared: writing and reading by the time that all threads of
 * this process had a core, and the answer of an inspection of a large closed log.
 */
final class LogBenchmark {

    private static final String NAME = "log";
    private static final String UNIT = "M events/s";
    private static final int WARM_UP = 2;
    private static final int PROGRAM = 100_000;
    private static final int PIECE = 8192;
    private static final double SPACING = 125;
    private static final int LABELS = 1 << 14;
    private static final long GIGABYTE = 1_000_000_000L;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final boolean quick;
    private final Consumer<Rate> sink;
    private final long[] ticks = new long[PROGRAM];
    private final short[] labels = new short[PROGRAM];
    private long checksum;

    LogBenchmark(boolean quick, Consumer<Rate> sink) {
        this.quick = quick;
        this.sink = sink;
        SplittableRandom random = new SplittableRandom(29);
        double tick = 0;
        for (int i = 0; i < PROGRAM; i++) {
            tick -= SPACING * Math.log(1 - random.nextDouble());
            ticks[i] = (long) tick;
            labels[i] = (short) random.nextInt(LABELS);
            checksum += mixed(ticks[i], labels[i]);
        }
    }

    private static long mixed(long tick, short label) {
        return tick * 31 + label;
    }

    void run() {
        try {
            Path folder = Files.createTempDirectory("firstspike-bench");
            try {
                writeAndRead(folder.resolve("bench.fslog"), quick ? 20 : 100, quick ? 3 : 7);
                inspect(folder.resolve("large.fslog"), quick ? GIGABYTE / 10 : GIGABYTE);
            } finally {
                clear(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the log of the benchmark", e);
        }
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void writeAndRead(Path file, int programs, int repetitions) throws IOException {
        double[] written = new double[repetitions];
        double[] read = new double[repetitions];
        double[] writtenWall = new double[repetitions];
        double[] readWall = new double[repetitions];
        double millions = programs * (PROGRAM * 1e-6);
        for (int i = -WARM_UP; i < repetitions; i++) {
            Files.deleteIfExists(file);
            long cpu = process.getProcessCpuTime();
            long wall = System.nanoTime();
            write(file, programs);
            int at = Math.max(i, 0);
            written[at] = millions / ((process.getProcessCpuTime() - cpu) * 1e-9);
            writtenWall[at] = millions / ((System.nanoTime() - wall) * 1e-9);
            cpu = process.getProcessCpuTime();
            wall = System.nanoTime();
            long[] sum = read(file);
            read[at] = millions / ((process.getProcessCpuTime() - cpu) * 1e-9);
            readWall[at] = millions / ((System.nanoTime() - wall) * 1e-9);
            if (sum[0] != (long) programs * PROGRAM || sum[1] != programs * checksum) {
                throw new IllegalStateException("events of the log: " + sum[0] + " with sum " + sum[1] + " (expected "
                        + (long) programs * PROGRAM + " with " + programs * checksum + "); this is a bug of the log");
            }
        }
        double bytes = Files.size(file) / (programs * (double) PROGRAM);
        sink.accept(Rate.of(NAME, "write, per second of one core", written, UNIT, "5 M events/s, 4.0 bytes")
                .with("million_events_per_second_of_wall", tenths(writtenWall))
                .with("bytes_per_event", Math.round(bytes * 1000) / 1000.0)
                .with("events", (long) programs * PROGRAM));
        sink.accept(Rate.of(NAME, "read and verify, per second of one core", read, UNIT, "10 M events/s")
                .with("million_events_per_second_of_wall", tenths(readWall)));
    }

    private static double tenths(double[] values) {
        return Math.round(Rate.of(NAME, "", values, UNIT, "").median() * 10) / 10.0;
    }

    private void write(Path file, int programs) {
        try (SpikeLogWriter writer =
                SpikeLogWriter.create(file, header(), LogSettings.defaults().withFsync(FsyncPolicy.NEVER))) {
            for (int i = 0; i < programs; i++) {
                writer.startProgram(0);
                for (int at = 0; at < PROGRAM; at += PIECE) {
                    writer.spikes(ticks, labels, at, Math.min(PROGRAM, at + PIECE));
                }
                writer.endProgram(ticks[PROGRAM - 1], Map.of("events.received", (long) PROGRAM * (i + 1)));
            }
        }
    }

    private static LogHeader header() {
        return new LogHeader(
                "00000000-0000-4000-8000-000000000000",
                "emu:nominal",
                "nominal",
                "bench",
                "",
                "",
                LogHeader.CHIP_TICK_PS,
                System.currentTimeMillis(),
                "firstspike bench",
                List.of());
    }

    private static long[] read(Path file) {
        long[] sum = new long[2];
        try (SpikeLog log = SpikeLog.open(file)) {
            log.read(false, (record, offset) -> {
                if (record.kind() == RecordKind.SPIKES) {
                    SpikeChunk chunk = (SpikeChunk) record;
                    long[] tick = chunk.ticks();
                    short[] label = chunk.labels();
                    for (int i = 0; i < tick.length; i++) {
                        sum[1] += mixed(tick[i], label[i]);
                    }
                    sum[0] += tick.length;
                }
            });
        }
        return sum;
    }

    private void inspect(Path file, long bytes) throws IOException {
        int programs = (int) (bytes / (3 * PROGRAM)) / 4 * 4;
        write(file, programs);
        double[] seconds = new double[5];
        for (int i = 0; i < seconds.length; i++) {
            long wall = System.nanoTime();
            LogSummary summary;
            try (SpikeLog log = SpikeLog.open(file)) {
                summary = LogInspection.of(log, false, false);
            }
            seconds[i] = (System.nanoTime() - wall) * 1e-9;
            if (summary.scanned() || summary.fromChip() != (long) programs * PROGRAM) {
                throw new IllegalStateException("inspection of a closed log: scanned " + summary.scanned() + ", "
                        + summary.fromChip() + " spikes (expected " + (long) programs * PROGRAM
                        + " without a scan); this is a bug of the log");
            }
        }
        sink.accept(
                Rate.of(NAME, "inspect a closed log, without the start of the program", seconds, "s", "0.5 s at 1 GB")
                        .with("bytes", Files.size(file)));
    }
}
