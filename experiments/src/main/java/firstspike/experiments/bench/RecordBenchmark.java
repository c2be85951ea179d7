package firstspike.experiments.bench;

import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.run.BareTraining;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SpikeLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What recording costs an in-the-loop training: the same training without and with a spike log, by turns. */
final class RecordBenchmark {

    private static final String TARGET = "emu:nominal?seed=1";
    private static final String GOAL = "10 % or 40 ns an event more";

    private final boolean quick;
    private final int threads;
    private final Consumer<Rate> rates;

    RecordBenchmark(boolean quick, int threads, Consumer<Rate> rates) {
        this.quick = quick;
        this.threads = threads;
        this.rates = rates;
    }

    void run() {
        int size = quick ? 1000 : 5000;
        int repeats = quick ? 3 : 7;
        Experiment experiment = MeasuredTraining.experiment("yin-yang-chip", TARGET, 1, size);
        long samples = size + 2L * experiment.dataset().validationSize();
        once(experiment, false);
        once(experiment, true);
        double[] off = new double[repeats];
        double[] on = new double[repeats];
        Once last = null;
        boolean same = true;
        for (int i = 0; i < repeats; i++) {
            Once without = once(experiment, false);
            last = once(experiment, true);
            off[i] = without.seconds() * 1e6 / samples;
            on[i] = last.seconds() * 1e6 / samples;
            same &= without.digest().equals(last.digest());
        }
        Rate before = Rate.of("record", "training in the loop, nothing recorded", off, "us a sample", "");
        Rate after = Rate.of("record", "training in the loop, spikes recorded", on, "us a sample", GOAL);
        double more = after.median() - before.median();
        rates.accept(before.with("samples", samples).with("threads", threads));
        rates.accept(after.with("more_percent", rounded(100 * more / before.median()))
                .with("more_ns_an_event", rounded(more * 1e3 * samples / last.events()))
                .with("events", last.events())
                .with("log_bytes", last.bytes())
                .with("same_weights", same));
    }

    /** A training: its time, digest of its weights, and events and bytes of its log. */
    private record Once(double seconds, String digest, long events, long bytes) {}

    private Once once(Experiment experiment, boolean recorded) {
        LinkOptions link = LinkOptions.defaults().withThreads(threads);
        Path folder = null;
        try {
            folder = Files.createTempDirectory("firstspike-record");
            BareTraining.Timed timed =
                    BareTraining.run(experiment, link, recorded ? Optional.of(folder) : Optional.empty());
            Path log = folder.resolve("spikes.fslog");
            return new Once(
                    timed.seconds(),
                    MeasuredTraining.digest(timed.result()),
                    recorded ? events(log) : 0,
                    recorded ? Files.size(log) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("folder of a spike log: " + e.getMessage(), e);
        } finally {
            delete(folder);
        }
    }

    private static long events(Path file) {
        long[] events = new long[1];
        try (SpikeLog log = SpikeLog.open(file)) {
            log.read(false, (record, offset) -> events[0] += record.kind() == RecordKind.SPIKES ? record.events() : 0);
        }
        return events[0];
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " cannot be removed", e);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
