package firstspike.experiments.bench;

import firstspike.driver.hostarq.DatagramFilter;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.HostArqClient;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.hostarq.HostArqEndpoint;
import firstspike.driver.hostarq.HostArqOptions;
import firstspike.driver.hostarq.LinkBudget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Speed of HostARQ over loopback, each way, all words compared, beside bare datagrams of the same size in the same run. Losses
 * are made at the client's socket, so that no relay takes part of the machine.
 */
final class HostArqBenchmark {

    private static final String NAME = "hostarq";
    private static final String UNIT = "MB/s";
    private static final String LINE_RATE = "118.6 MB/s (1 GbE line rate)";
    private static final String HALF = "half of it: 59.3 MB/s";
    private static final double LOSS = 0.01;

    /** Transfers in which the code is compiled; on a busy machine one is not enough. */
    private static final int WARM_UPS = 3;

    private static final String INFORMATION = "version: 1\ncompatible_until: 2\n";

    private final int repetitions;
    private final int words;
    private final Consumer<Rate> sink;

    HostArqBenchmark(boolean quick, Consumer<Rate> sink) {
        this.repetitions = quick ? 3 : 5;
        this.words = quick ? 3_000_000 : 15_000_000;
        this.sink = sink;
    }

    void run() {
        double[] bare = BareDatagrams.megabytesPerSecond(repetitions, words / HostArqClient.WORDS_PER_FRAME);
        Rate baseline = Rate.of(NAME, "bare datagrams of 1452 bytes, no protocol", bare, UNIT, "");
        sink.accept(baseline);
        HostArqOptions off = HostArqOptions.defaults().withCongestionControl(false);
        HostArqOptions on = HostArqOptions.defaults();
        sink.accept(onGigabitLine(measured(
                "host to FPGA, congestion=off, on a line of 1 Gbit/s",
                off,
                seed -> new GigabitLine(),
                true,
                baseline,
                "at most " + LINE_RATE)));
        measure("host to FPGA, congestion=off", off, 0, true, baseline, LINE_RATE);
        measure("FPGA to host, congestion=off", off, 0, false, baseline, LINE_RATE);
        measure("host to FPGA, congestion=off, 1 % loss", off, LOSS, true, baseline, HALF);
        measure("FPGA to host, congestion=off, 1 % loss", off, LOSS, false, baseline, HALF);
        measure("host to FPGA, congestion=on", on, 0, true, baseline, "");
        measure("host to FPGA, congestion=on, 1 % loss", on, LOSS, true, baseline, "");
    }

    private void measure(
            String subject, HostArqOptions options, double loss, boolean toFpga, Rate baseline, String goal) {
        sink.accept(measured(subject, options, seed -> losing(loss, seed), toFpga, baseline, goal));
    }

    /** A rate above what the line carries would be an error of the measurement (wire.md 20). */
    private static Rate onGigabitLine(Rate rate) {
        double most = LinkBudget.maxPayloadBytesPerSecond() * 1e-6;
        if (rate.highest() > most) {
            throw new IllegalStateException(
                    rate.subject() + ": " + rate.highest() + " MB/s (limit: " + most + "); the measurement is wrong");
        }
        return rate.with("of_line_rate", Math.round(rate.median() / most * 1000) / 1000.0);
    }

    private Rate measured(
            String subject,
            HostArqOptions options,
            IntFunction<DatagramFilter> filters,
            boolean toFpga,
            Rate baseline,
            String goal) {
        double[] rates = new double[repetitions];
        long resent = 0;
        long frames = 0;
        for (int repetition = -WARM_UPS; repetition < repetitions; repetition++) {
            WordCheck check = new WordCheck(words);
            SenderOfEndpoint fpga = new SenderOfEndpoint(toFpga ? check : new WordCheck(0));
            try (HostArqEndpoint endpoint = HostArqEndpoint.bind(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, INFORMATION, fpga);
                    HostArqClient client = HostArqClient.open(
                            new HostArqAddress("127.0.0.1", endpoint.dataPort(), endpoint.resetPort()),
                            options.withFilter(filters.apply(repetition)),
                            toFpga ? new WordCheck(0) : check)) {
                long start = System.nanoTime();
                if (toFpga) {
                    WordCheck.send(words, (chunk, count) -> client.send(WordCheck.UT_WORDS, chunk, 0, count));
                } else {
                    WordCheck.send(words, fpga.sender()::words);
                    fpga.sender().flush();
                }
                double seconds = (check.await() - start) * 1e-9;
                if (repetition >= 0) {
                    rates[repetition] = words * 8.0 / seconds * 1e-6;
                    HostArqCounters sending = toFpga ? client.counters() : endpoint.counters();
                    resent += sending.framesResent();
                    frames += sending.framesSent();
                }
            }
        }
        Rate rate = Rate.of(NAME, subject, rates, UNIT, goal);
        return rate.with("words_compared", (long) words * repetitions)
                .with("frames_sent", frames)
                .with("frames_resent", resent)
                .with("of_bare_datagrams", Math.round(rate.median() / baseline.median() * 1000) / 1000.0);
    }

    private static DatagramFilter losing(double loss, int seed) {
        if (loss == 0) {
            return DatagramFilter.NONE;
        }
        SplittableRandom random = new SplittableRandom(seed);
        return leaving -> random.nextDouble() >= loss;
    }
}
