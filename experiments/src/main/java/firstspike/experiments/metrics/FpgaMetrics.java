package firstspike.experiments.metrics;

import firstspike.driver.hostarq.HostArqCounters;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The counters of a link with an FPGA (wire.md 15). They start anew when the link is opened again, as counters may. */
final class FpgaMetrics {

    private static final double MICROS = 1e-6;

    private final Supplier<Optional<HostArqCounters>> link;
    private final PrometheusRegistry registry;

    /**
     * @param link counters of the session that is open now, empty when there is none
     * @param registry takes the metrics
     */
    FpgaMetrics(Supplier<Optional<HostArqCounters>> link, PrometheusRegistry registry) {
        this.link = link;
        this.registry = registry;
    }

    void register() {
        GaugeWithCallback.builder()
                .name("firstspike_fpga_link_up")
                .help("1 while there is a session with the FPGA.")
                .callback(sink -> sink.call(link.get().isPresent() ? 1 : 0))
                .register(registry);
        counter("frames_sent", "Frames that were sent, resends included.", HostArqCounters::framesSent);
        counter("frames_resent", "Frames that were sent again.", HostArqCounters::framesResent);
        counter("frames_received", "Frames that came in.", HostArqCounters::framesReceived);
        counter("words_sent", "Words that were sent, each once.", HostArqCounters::payloadWordsSent);
        counter("words_received", "Words that were delivered.", HostArqCounters::payloadWordsReceived);
        counter("duplicates", "Frames that came a second time.", HostArqCounters::duplicates);
        counter("out_of_order", "Frames that came early.", HostArqCounters::outOfOrder);
        counter("dropped", "Datagrams that were dropped, for any reason.", HostArqCounters::dropped);
        counter("stalls", "Times that the window was full.", HostArqCounters::stalls);
        gauge("rto_seconds", "Time after which a frame is sent again.", HostArqCounters::currentRtoUs);
        gauge("round_trip_seconds", "Smoothed time of a round trip.", HostArqCounters::roundTripUs);
    }

    private void counter(String name, String help, ToLongFunction<HostArqCounters> value) {
        CounterWithCallback.builder()
                .name("firstspike_fpga_" + name)
                .help(help)
                .callback(sink -> link.get().ifPresent(counters -> sink.call(value.applyAsLong(counters))))
                .register(registry);
    }

    private void gauge(String name, String help, ToLongFunction<HostArqCounters> micros) {
        GaugeWithCallback.builder()
                .name("firstspike_fpga_" + name)
                .help(help)
                .callback(sink -> link.get().ifPresent(counters -> sink.call(micros.applyAsLong(counters) * MICROS)))
                .register(registry);
    }
}
