package firstspike.experiments.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import firstspike.emulator.EmulatorSource;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a scraper of metrics and what strangers get. */
@Timeout(60)
class MetricsEndpointTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final EmulatorSource chips = EmulatorSource.of("emu:nominal?seed=3");
    private ChipServer server;
    private MetricsEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        server = ChipServer.start(chips, new InetSocketAddress(LOOPBACK, 0), ServerOptions.defaults());
        endpoint = MetricsEndpoint.start(0, new ServerMetrics(server, "1.2.3").withFpga(() -> Optional.of(counters())));
    }

    @AfterEach
    void stop() {
        endpoint.close();
        server.close();
        chips.close();
    }

    @Test
    void tellsWhatTheServerDid() throws IOException {
        try (ChipTarget target = (ChipTarget)
                        Targets.installed().resolve("grpc://127.0.0.1:" + server.port(), LinkOptions.defaults());
                ChipLink link = target.open(0, 0)) {
            link.run(PlaybackProgram.builder().done(), RunOptions.defaults());

            Map<String, Double> metrics = scrape();
            assertThat(metrics)
                    .containsEntry("firstspike_sessions_open", 1.0)
                    .containsEntry("firstspike_sessions_opened_total", 1.0)
                    .containsEntry("firstspike_draining", 0.0)
                    .containsEntry("firstspike_programs_total{end=\"done\"}", 1.0)
                    .containsEntry("firstspike_chip_submissions_total{chip=\"emu-nominal-3\",state=\"done\"}", 1.0)
                    .containsEntry("firstspike_chip_submissions_total{chip=\"emu-nominal-3\",state=\"failed\"}", 0.0)
                    .containsEntry("firstspike_chip_available{chip=\"emu-nominal-3\"}", 1.0)
                    .containsEntry("firstspike_chip_sessions{chip=\"emu-nominal-3\"}", 1.0)
                    .containsEntry("firstspike_chip_leased{chip=\"emu-nominal-3\"}", 0.0)
                    .containsEntry("firstspike_calls_total{code=\"OK\",method=\"OpenSession\"}", 1.0)
                    .containsEntry("firstspike_fpga_frames_resent_total", 10.0)
                    .containsEntry("firstspike_fpga_rto_seconds", 0.004)
                    .containsKey("jvm_threads_current")
                    .containsKey("process_cpu_seconds_total");
            assertThat(metrics.get("firstspike_connections_open")).isPositive();
            assertThat(metrics.get("firstspike_received_bytes_total")).isPositive();
            assertThat(metrics.keySet()).noneMatch(name -> name.contains(System.getProperty("user.name")));
        }
    }

    @Test
    void listensOnLoopbackOnlyAndKnowsOnePage() throws IOException {
        assertThat(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 404");
        assertThat(ask("POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(ask("\u0001\u0002\u0003 nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(ask("GET /metrics?x=" + "y".repeat(5000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(ask("GET /metrics HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .doesNotContain("firstspike_");
    }

    @Test
    void closesConnectionsBeyondItsLimitAndServesAgainWhenTheyAreGone() throws IOException {
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < MetricsEndpoint.CONNECTIONS; i++) {
            idle.add(new Socket(LOOPBACK, endpoint.port()));
        }
        try (Socket further = new Socket(LOOPBACK, endpoint.port())) {
            assertThat(further.getInputStream().read()).isEqualTo(-1);
        }
        idle.get(0).getOutputStream().write("GET /metrics HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(idle.get(0).getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 200")
                .contains("firstspike_sessions_open 0.0");
        assertThat(scrape()).containsKey("firstspike_sessions_open");
        for (Socket socket : idle) {
            socket.close();
        }
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, endpoint.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException e) {
            // a server that closes on what it will not read
            return "";
        }
    }

    private Map<String, Double> scrape() throws IOException {
        String page = ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(page).startsWith("HTTP/1.1 200").contains("text/plain; version=0.0.4");
        Map<String, Double> metrics = new TreeMap<>();
        page.lines()
                .dropWhile(line -> !line.isEmpty())
                .skip(1)
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int blank = line.lastIndexOf(' ');
                    assertThat(metrics.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1))))
                            .isNull();
                });
        return metrics;
    }

    private static HostArqCounters counters() {
        return new HostArqCounters(
                20, 10, 7, 7, 100, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 0, 0, 4000, 87, 87);
    }
}
