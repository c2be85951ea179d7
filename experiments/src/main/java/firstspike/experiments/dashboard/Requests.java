package firstspike.experiments.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests. Only GET; only paths of plain characters; only with the name of this machine's loopback as host, so that a
 * foreign name that was made to lead here (DNS rebinding) reads nothing. Streams of events are few and counted.
 */
final class Requests implements HttpHandler {

    /** Readers that are told of changes at once. */
    static final int STREAMS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._-]{0,250}");
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Overview overview;
    private final Pages pages;
    private final Set<String> hosts;
    private final Duration interval;
    private final byte[] script;
    private final Semaphore streams = new Semaphore(STREAMS);
    private final CountDownLatch stopped = new CountDownLatch(1);

    Requests(Overview overview, InetSocketAddress address, Duration interval) {
        this.overview = overview;
        pages = new Pages(overview);
        String literal = address.getAddress().getHostAddress();
        hosts = Stream.of("localhost", "127.0.0.1", "[::1]", literal.contains(":") ? "[" + literal + "]" : literal)
                .map(host -> host + ":" + address.getPort())
                .collect(Collectors.toUnmodifiableSet());
        this.interval = interval;
        script = resource("dashboard.js");
    }

    private static byte[] resource(String name) {
        try (InputStream in = Requests.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("part of the program cannot be read: " + name, e);
        }
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                answer(exchange);
            } catch (RuntimeException e) {
                LOG.error("request of the dashboard failed", e);
                refuse(exchange, 500, "the log of the dashboard says why\n");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        List<String> host = exchange.getRequestHeaders().get("Host");
        String path = exchange.getRequestURI().getRawPath();
        if (host == null || host.size() != 1 || !hosts.contains(host.get(0).toLowerCase(Locale.ROOT))) {
            refuse(exchange, 421, "this server answers to its own address only\n");
        } else if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            refuse(exchange, 405, "the dashboard can only be read: GET\n");
        } else if (path == null || !PATH.matcher(path).matches() || path.contains("..")) {
            refuse(exchange, 404, "there is no such page\n");
        } else if (path.equals(Pages.EVENTS)) {
            events(exchange);
        } else if (path.equals(Pages.SCRIPT)) {
            send(exchange, 200, "text/javascript; charset=utf-8", script);
        } else {
            Optional<String> page = pages.at(path);
            if (page.isPresent()) {
                send(exchange, 200, HTML, page.get().getBytes(StandardCharsets.UTF_8));
            } else {
                refuse(exchange, 404, "there is no such page\n");
            }
        }
    }

    private void events(HttpExchange exchange) throws IOException, InterruptedException {
        if (!streams.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "5");
            refuse(exchange, 503, "there are " + STREAMS + " readers already\n");
            return;
        }
        try {
            protect(exchange, "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            String said = "";
            long beatNs = System.nanoTime();
            do {
                String now = overview.signatures();
                if (!now.equals(said) || System.nanoTime() - beatNs > BEAT.toNanos()) {
                    out.write((now.equals(said) ? ": still here\n\n" : "data: " + now + "\n\n")
                            .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    said = now;
                    beatNs = System.nanoTime();
                }
            } while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } finally {
            streams.release();
        }
    }

    private static void refuse(HttpExchange exchange, int code, String why) throws IOException {
        send(exchange, code, TEXT, why.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        protect(exchange, type);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Nothing from elsewhere, nothing for elsewhere, nothing kept. */
    private static void protect(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:; "
                        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }
}
