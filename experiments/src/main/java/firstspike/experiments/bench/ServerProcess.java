package firstspike.experiments.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An emulator server in a process of its own, with a heap of a given size; what it says on standard error is kept. */
final class ServerProcess implements AutoCloseable {

    private static final double MIB = 1 << 20;
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"} ";
    private static final int LAST_LINES = 20;
    private static final long END_SECONDS = 5;

    private final Process process;
    private final Path errors;
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private int metricsPort;

    private ServerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param heapMib most heap that it may use
     * @throws IOException when it does not start; names what it said
     */
    static ServerProcess start(int heapMib) throws IOException {
        Path errors = Files.createTempFile("firstspike-bench", ".err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMib + "m",
                        // as the packed command line does
                        "-XX:+UseParallelGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+DisplayVMOutputToStderr",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "firstspike.experiments.cli.Main",
                        "emulate",
                        "--listen",
                        "127.0.0.1:0",
                        "--metrics-port",
                        "0",
                        "--json")
                .redirectError(errors.toFile())
                .start();
        ServerProcess server = new ServerProcess(process, errors);
        try {
            server.awaitReady();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IOException("the server did not start: " + lastWords());
        }
        JsonNode ready = new ObjectMapper().readTree(line);
        port = ready.path("port").asInt();
        metricsPort = ready.path("metrics_port").asInt();
    }

    /** Its target, without a chip. */
    String target() {
        return "grpc://127.0.0.1:" + port;
    }

    /** MiB of heap in use, garbage included. */
    double heapMib() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(HEAP))
                    .mapToDouble(line -> Double.parseDouble(line.substring(HEAP.length())) / MIB)
                    .findFirst()
                    .orElseThrow(() -> new IOException("the server tells nothing of its heap"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** How it ended, if it did, and the end of what it said on standard error. */
    String lastWords() throws IOException {
        String end = "it still runs";
        try {
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                end = "exit code " + process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> lines = Files.readAllLines(errors, StandardCharsets.ISO_8859_1);
        return end + "; " + String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Ends it at once. */
    @Override
    public void close() throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
    }
}
