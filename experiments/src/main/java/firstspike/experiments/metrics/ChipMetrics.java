package firstspike.experiments.metrics;

import firstspike.driver.server.ChipActivity;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What goes on at each chip of a server. */
final class ChipMetrics {

    private static final double NANOS = 1e-9;

    private final Supplier<List<ChipActivity>> chips;
    private final PrometheusRegistry registry;

    /**
     * @param chips now
     * @param registry takes the metrics
     */
    ChipMetrics(Supplier<List<ChipActivity>> chips, PrometheusRegistry registry) {
        this.chips = chips;
        this.registry = registry;
    }

    void register() {
        gauge("available", "1 while what stands behind the server is there.", chip -> chip.available() ? 1 : 0);
        gauge("leased", "1 while one user has the chip to itself.", chip -> chip.leased() ? 1 : 0);
        gauge("queue", "Submissions that wait.", ChipActivity::queued);
        gauge("sessions", "Sessions on the chip.", ChipActivity::sessions);
        gauge("programs_last_minute", "Programs that ended in the last 60 s.", ChipActivity::lastMinute);
        gauge("largest_wait_seconds", "Largest wait for a turn since the start.", chip -> seconds(chip.largestWait()));
        GaugeWithCallback.builder()
                .name("firstspike_chip_wait_bound_seconds")
                .help("What turns allow the largest wait to be; absent where nothing waited.")
                .labelNames("chip")
                .callback(sink -> chips.get().forEach(chip -> chip.waitBound()
                        .ifPresent(
                                bound -> sink.call(seconds(bound), chip.chip().value()))))
                .register(registry);
        CounterWithCallback.builder()
                .name("firstspike_chip_submissions")
                .help("Submissions by the state in which they ended.")
                .labelNames("chip", "state")
                .callback(sink -> chips.get().forEach(chip -> chip.ended()
                        .forEach((state, count) -> sink.call(
                                count, chip.chip().value(), state.name().toLowerCase(Locale.ROOT)))))
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() * NANOS;
    }

    private void gauge(String name, String help, ToDoubleFunction<ChipActivity> value) {
        GaugeWithCallback.builder()
                .name("firstspike_chip_" + name)
                .help(help)
                .labelNames("chip")
                .callback(sink -> chips.get()
                        .forEach(chip ->
                                sink.call(value.applyAsDouble(chip), chip.chip().value())))
                .register(registry);
    }
}
