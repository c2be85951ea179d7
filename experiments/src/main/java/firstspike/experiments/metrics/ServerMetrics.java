package firstspike.experiments.metrics;

import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.Totals;
import firstspike.driver.server.Traffic;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The numbers of one server and of its process. Each is read when somebody asks; nothing is counted a second time. Labels
 * hold chip ids, names of calls, states and codes, all of them few.
 */
public final class ServerMetrics {

    /** What the text is. */
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /**
     * @param server that is watched
     * @param version of the program
     */
    public ServerMetrics(ChipServer server, String version) {
        GaugeWithCallback.builder()
                .name("firstspike_server_info")
                .help("The program that serves; always 1.")
                .labelNames("version", "java")
                .callback(sink -> sink.call(1, version, System.getProperty("java.version")))
                .register(registry);
        gauge(
                "firstspike_draining",
                "1 while running programs finish and nothing new is taken.",
                () -> server.isDraining() ? 1 : 0);
        sessions(server);
        programs(server.totals());
        connections(server.totals());
        traffic(server.traffic());
        new ChipMetrics(server::activity, registry).register();
        JvmMetrics.builder().register(registry);
    }

    private void connections(Totals totals) {
        counter(
                "firstspike_connections_refused",
                "Connections beyond the limit, closed at once.",
                totals::refusedConnections);
        counter("firstspike_connections_idle", "Connections closed because nothing came.", totals::idleConnections);
    }

    private void sessions(ChipServer server) {
        Totals totals = server.totals();
        gauge("firstspike_sessions_open", "Sessions that are open.", server::openSessions);
        counter("firstspike_sessions_opened", "Sessions that were opened.", totals::sessions);
        counter(
                "firstspike_sessions_expired",
                "Sessions closed because nobody was connected.",
                totals::expiredSessions);
        counter(
                "firstspike_calls_refused",
                "Calls that ended with an error of the caller or of a limit.",
                totals::refusedCalls);
    }

    private void programs(Totals totals) {
        CounterWithCallback.builder()
                .name("firstspike_programs")
                .help("Programs that ran, by whether they ran to their end.")
                .labelNames("end")
                .callback(sink -> {
                    sink.call(totals.programsDone(), "done");
                    sink.call(totals.programsFailed(), "failed");
                })
                .register(registry);
    }

    private void traffic(Traffic traffic) {
        gauge("firstspike_connections_open", "Connections that are open.", traffic::openConnections);
        counter(
                "firstspike_connections_accepted",
                "Connections whose handshakes were done.",
                traffic::acceptedConnections);
        gauge("firstspike_calls_open", "Calls that run.", traffic::openCalls);
        counter("firstspike_received_bytes", "Bytes of all messages that came in.", traffic::receivedBytes);
        counter("firstspike_sent_bytes", "Bytes of all messages that went out.", traffic::sentBytes);
        CounterWithCallback.builder()
                .name("firstspike_calls")
                .help("Calls that ended, by method and status.")
                .labelNames("method", "code")
                .callback(sink -> traffic.endedCalls()
                        .forEach((ended, count) ->
                                sink.call(count, ended.method(), ended.code().name())))
                .register(registry);
    }

    /**
     * Adds the counters of a link with an FPGA (wire.md 15).
     *
     * @param link counters of the session that is open now, empty when there is none
     * @return this
     */
    public ServerMetrics withFpga(Supplier<Optional<HostArqCounters>> link) {
        new FpgaMetrics(link, registry).register();
        return this;
    }

    /** Everything now, in Prometheus' text form. */
    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 << 10);
        try {
            writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(sink -> sink.call(value.getAsDouble()))
                .register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(sink -> sink.call(value.getAsLong()))
                .register(registry);
    }
}
