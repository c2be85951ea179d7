package firstspike.experiments.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstspike.experiments.results.Browser;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.RunState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DashboardServerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String EPOCH =
            "{\"epoch\":%d,\"split\":{\"train\":{\"loss\":0.5,\"accuracy\":0.75},\"validation\":{\"loss\":0.6,"
                    + "\"accuracy\":0.7}},\"health\":{\"events.received\":12}}";

    @TempDir
    Path folder;

    private Path runs;
    private RunFolder live;
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        runs = Files.createDirectory(folder.resolve("runs"));
        live = RunFolder.create(runs, "yin-yang", UUID.randomUUID(), Instant.now());
        live.write(record("yin-yang").state(RunState.RUNNING));
        live.metrics().append(String.format(EPOCH, 1));
        Files.writeString(
                live.figures().resolve("raster.csv"),
                "# run\n# class 1, answer 0, validation sample 9 after epoch 1\npopulation,neuron,time_tau\n"
                        + "input,0,0.5\nlabel,0,1.25\nlabel,1,inf\n");
        server = DashboardServer.start(
                LOOPBACK,
                0,
                runs,
                () -> List.of(
                        new TargetState("emu:x", List.of(Map.of("id", "chip <7>", "state", "free")), ""),
                        new TargetState("grpc://gone:1", List.of(), "no answer")),
                Duration.ofMillis(20));
    }

    @AfterEach
    void stop() {
        server.close();
        live.close();
    }

    private static RunRecord record(String name) {
        return new RunRecord()
                .set("run_id", UUID.randomUUID().toString())
                .set("name", name)
                .set("target", "emu:nominal?seed=1")
                .set("epoch", 1)
                .set("epochs_total", 20)
                .set("created", Instant.now().toString());
    }

    private String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nConnection: close\r\n\r\n");
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException e) {
            // a server that closes on what it will not read
            return "";
        }
    }

    @Test
    @DisplayName("U24 the page shows live and finished runs, targets and their state, with nothing from elsewhere")
    void shows() throws IOException {
        RunFolder done = RunFolder.create(runs, "done", UUID.randomUUID(), Instant.now());
        done.write(record("done").state(RunState.DONE).set("result", Map.of("test/accuracy", 0.9375)));
        done.close();
        String name = live.path().getFileName().toString();

        String page = get("/");
        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("Content-security-policy: default-src 'none'; script-src 'self'")
                .contains("running, epoch 1 of 20", "0.9375", "validation sample 9 after epoch 1")
                .contains(name);
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
        assertThat(get("/run/" + name)).contains("Loss", "First spikes of", "whole report");
        assertThat(get("/report/" + done.path().getFileName())).contains("done, epoch 1 of 20", "test/accuracy");
        String targets = get("/part/targets");
        for (int i = 0; i < 200 && !targets.contains("chip"); i++) {
            Thread.onSpinWait();
            targets = get("/part/targets");
        }
        assertThat(targets).contains("chip &lt;7&gt;", "free", "grpc://gone:1: no answer");
    }

    @Test
    @DisplayName("U24 readers are told when a run changes, and only so many at once")
    void events() throws IOException {
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < Requests.STREAMS; i++) {
                Socket reader = new Socket(LOOPBACK, server.port());
                readers.add(reader);
                reader.getOutputStream().write(request(Pages.EVENTS));
            }
            BufferedReader first = lines(readers.get(0));
            BufferedReader last = lines(readers.get(readers.size() - 1));
            String before = data(first);
            data(last);
            assertThat(before).contains("/part/runs", "/part/run/" + live.path().getFileName());
            assertThat(get(Pages.EVENTS)).startsWith("HTTP/1.1 503");

            live.metrics().append(String.format(EPOCH, 2));

            assertThat(data(first)).contains("/part/runs").isNotEqualTo(before);
            assertThat(get("/part/run/" + live.path().getFileName())).contains("epoch 2 of 20");
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String data(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = reader.readLine();
        }
        return line;
    }

    @Test
    @DisplayName("U24 only GET, only its own host, only runs of the folder: hostile requests read nothing")
    void hostile() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "SECRET");
        Files.createSymbolicLink(runs.resolve("link"), folder);
        String port = ":" + server.port();
        for (String path : List.of(
                "/../secret.txt",
                "/run/../../secret.txt",
                "/run/%2e%2e%2fsecret.txt",
                "/report/..",
                "/report/link",
                "/run//etc/passwd",
                "/part/run/" + "x".repeat(400),
                "/report/" + live.path().getFileName() + "/run.json",
                "/nothing")) {
            assertThat(get(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("SECRET");
        }
        String me = "Host: 127.0.0.1" + port + "\r\n";
        assertThat(ask("POST / HTTP/1.1\r\n" + me + "Connection: close\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: GET");
        assertThat(ask("DELETE / HTTP/1.1\r\n" + me + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
        for (String host : List.of("evil.example", "evil.example" + port, "127.0.0.1", "127.0.0.1:1", "")) {
            assertThat(ask("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .as(host)
                    .doesNotContain("yin-yang")
                    .startsWith("HTTP/1.1 4");
        }
        assertThat(ask("GET / HTTP/1.1\r\n" + me + me + "Connection: close\r\n\r\n"))
                .doesNotContain("yin-yang");
        assertThat(ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).doesNotContain("yin-yang");
        assertThat(ask("\u0001\u0002 nonsense\r\n\r\n")).doesNotContain("yin-yang");
        assertThatThrownBy(() -> DashboardServer.start(
                        InetAddress.getByName("0.0.0.0"), 0, runs, List::of, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    @DisplayName("U24 texts of runs are escaped, and a run that cannot be read is a row, not the end")
    void hostileRuns() throws IOException {
        try (RunFolder bad = RunFolder.create(runs, "bad", UUID.randomUUID(), Instant.now())) {
            bad.write(record("<script>alert(1)</script>").set("target", "<img src=x>"));
        }
        Path broken = Files.createDirectory(runs.resolve("broken"));
        Files.writeString(broken.resolve("run.json"), "{\"schema\":\"firstspike.run/99\"}");
        Files.write(live.figures().resolve("raster.csv"), new byte[100_000]);

        String page = get("/");

        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("unreadable", "This run cannot be shown", "&lt;img src=x&gt;");
        assertThat(page).doesNotContain("<script>alert", "<img src=x");
        assertThat(get("/report/broken")).contains("This run cannot be shown", "firstspike.run/99");
    }

    @Test
    @DisplayName("U24 a browser shows the page without a message on its console, and its script takes new epochs in")
    void inABrowser() throws Exception {
        Optional<Browser> browser = Browser.find();
        assumeTrue(browser.isPresent(), Browser.NONE);

        Browser.Seen seen = browser.get().load("http://127.0.0.1:" + server.port() + "/", folder);

        assertThat(seen.console()).isEmpty();
        assertThat(seen.dom()).contains("Going on now", "First spikes of", "aria-label=\"Loss over epochs");
    }
}
