package firstspike.experiments.cli.serve;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.server.ChipServer;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.metrics.MetricsEndpoint;
import firstspike.experiments.metrics.ServerMetrics;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Option of servers whose numbers somebody watches. */
final class MetricsSwitch {

    private static final int LARGEST_PORT = 65535;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Port of loopback for metrics in Prometheus' form, 0 takes a free one (default: none).")
    Integer port;

    /** Refuses what is no port. */
    void check() {
        if (port != null && (port < 0 || port > LARGEST_PORT)) {
            throw new UsageException("--metrics-port: " + port + " (limit: 0 to " + LARGEST_PORT + "); choose another");
        }
    }

    /** Gives out the numbers of a server, if that was asked for. */
    Optional<MetricsEndpoint> start(ChipServer server) {
        return start(new ServerMetrics(server, Versions.product()));
    }

    /** Gives out the numbers of a server and of its link with an FPGA, if that was asked for. */
    Optional<MetricsEndpoint> start(ChipServer server, Supplier<Optional<HostArqCounters>> link) {
        return start(new ServerMetrics(server, Versions.product()).withFpga(link));
    }

    private Optional<MetricsEndpoint> start(ServerMetrics metrics) {
        if (port == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(MetricsEndpoint.start(port, metrics));
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(
                            "--metrics-port " + port,
                            "cannot be had (" + e.getMessage() + ")",
                            "a free port",
                            "choose another port, 0 takes a free one"),
                    e);
        }
    }

    /** Where they are, for the ready line. */
    static void ready(Optional<MetricsEndpoint> endpoint, Map<String, Object> tree) {
        endpoint.ifPresent(metrics -> tree.put("metrics_port", metrics.port()));
    }

    /** Where they are, for people. */
    static void ready(Optional<MetricsEndpoint> endpoint, Console console) {
        endpoint.ifPresent(metrics -> console.line("metrics on http://127.0.0.1:" + metrics.port() + "/metrics"));
    }
}
