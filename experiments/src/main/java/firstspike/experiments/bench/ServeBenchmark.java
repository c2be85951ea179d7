package firstspike.experiments.bench;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.remote.StoredResult;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Speed of the service between a client and a server on loopback, both in this process unless a line says otherwise. */
final class ServeBenchmark {

    private static final String NAME = "serve";
    private static final String CHIP = "emu:nominal?seed=1";
    private static final int MANY = 1000;
    private static final int CONFIGURED = 50;
    /** Fetches until the code of both sides is compiled. */
    private static final int WARM_UPS = 4;

    private final boolean quick;
    private final Consumer<Rate> sink;

    /**
     * @param quick fewer and smaller repetitions
     * @param sink takes each measured speed when it is done
     */
    ServeBenchmark(boolean quick, Consumer<Rate> sink) {
        this.quick = quick;
        this.sink = sink;
    }

    void run() {
        try (OwnCertificate certificate = OwnCertificate.make()) {
            Rate plain = roundTrip(Optional.empty(), "empty program in an open session", "at most 300 us");
            Rate tls = roundTrip(Optional.of(certificate), "the same over TLS", "at most 50 us more");
            sink.accept(plain);
            sink.accept(tls.with("more_than_plain_us", Math.round(tls.median() - plain.median())));
            refetch(Optional.empty(), "stored result fetched again, checksums compared", "at least 800 MB/s");
            refetch(Optional.of(certificate), "the same over TLS", "at least 480 MB/s");
        }
        try (ChipSource source = ServedChips.source(CHIP + "&chips=2");
                ServedChips chips = ServedChips.serve(source, Optional.empty())) {
            List<ChipId> two =
                    source.chips().stream().map(ChipDescription::chipId).toList();
            sink.accept(new TwoUsers(quick ? 1 : 3, quick ? 500 : 5000).measure(NAME, chips, two));
        }
        sink.accept(new ManySessions(quick ? MANY / 10 : MANY, quick ? CONFIGURED / 10 : CONFIGURED).measure(NAME));
    }

    private Rate roundTrip(Optional<OwnCertificate> certificate, String subject, String goal) {
        EmptyRoundTrip roundTrip = new EmptyRoundTrip(quick ? 3 : 5, quick ? 500 : 2000);
        try (ServedChips chips = ServedChips.serve(ServedChips.source(CHIP), certificate);
                ChipLink link = chips.open()) {
            return roundTrip.measure(NAME, subject, link, goal);
        }
    }

    private void refetch(Optional<OwnCertificate> certificate, String subject, String goal) {
        int bytes = (quick ? 64 : 512) * 1_000_000;
        double[] rates = new double[quick ? 3 : 5];
        try (ServedChips chips = ServedChips.serve(new CannedChip(bytes / CannedChip.SPIKE_BYTES), certificate)) {
            ManagedChannel channel = chips.channel();
            try {
                StoredResult result = new StoredResult(channel);
                long fetched = 0;
                for (int i = -WARM_UPS; i < rates.length; i++) {
                    long start = System.nanoTime();
                    fetched = result.fetch();
                    if (i >= 0) {
                        rates[i] = fetched / ((System.nanoTime() - start) * 1e-9) * 1e-6;
                    }
                }
                sink.accept(Rate.of(NAME, subject, rates, "MB/s", goal).with("bytes", fetched));
            } finally {
                channel.shutdownNow();
            }
        }
    }
}
