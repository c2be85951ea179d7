package firstspike.experiments.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many sessions at once on an emulator server whose heap is small, in a process of its own. */
final class ManySessions {

    private static final int HEAP_MIB = 512;
    private static final double MIB = 1 << 20;
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"} ";

    private final int sessions;
    private final int configured;

    /**
     * @param sessions open at once
     * @param configured those of them whose chips are initialised
     */
    ManySessions(int sessions, int configured) {
        this.sessions = sessions;
        this.configured = configured;
    }

    /** Opens them, configures some and runs a program in those; MiB of heap that the server uses then. */
    Rate measure(String name) {
        try {
            Process server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx" + HEAP_MIB + "m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "firstspike.experiments.cli.Main",
                            "emulate",
                            "--listen",
                            "127.0.0.1:0",
                            "--metrics-port",
                            "0",
                            "--json")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return measure(name, server);
            } finally {
                server.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new IllegalStateException("no server of its own: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Rate measure(String name, Process server) throws IOException, InterruptedException {
        try {
            return opened(name, server);
        } catch (ChipException e) {
            // a server that its heap does not suffice is a result too
            return rate(name, HEAP_MIB).with("failed", e.getMessage());
        }
    }

    private Rate rate(String name, double used) {
        return Rate.of(
                name,
                sessions + " sessions open, " + configured + " configured",
                new double[] {used},
                "MiB",
                "heap of " + HEAP_MIB + " MiB");
    }

    private Rate opened(String name, Process server) throws IOException, InterruptedException {
        var ready = new ObjectMapper()
                .readTree(new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                        .readLine());
        PlaybackProgramBuilder configuration = PlaybackProgram.builder();
        InitialisationProgram.append(
                Initialisation.steps(InitialisationOptions.standard().withoutSystimeSync()), configuration);
        PlaybackProgram initialise = configuration.done();
        PlaybackProgram empty = PlaybackProgram.builder().done();
        List<ChipLink> links = new ArrayList<>();
        long start = System.nanoTime();
        try (ChipSource source =
                ServedChips.source("grpc://127.0.0.1:" + ready.path("port").asInt())) {
            var chip = source.chips().get(0).chipId();
            for (int i = 0; i < sessions; i++) {
                links.add(source.open(chip, LinkOptions.defaults()));
            }
            for (int i = 0; i < configured; i++) {
                links.get(i).run(initialise, RunOptions.forSetup());
            }
            // all of them again, while all are there
            for (int i = 0; i < configured; i++) {
                links.get(i).run(empty, RunOptions.defaults());
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            double used = heapMib(ready.path("metrics_port").asInt());
            return rate(name, used).with("programs", 2 * configured).with("seconds", Math.round(seconds * 10) / 10.0);
        } finally {
            links.forEach(ChipLink::close);
        }
    }

    private static double heapMib(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(HEAP))
                .mapToDouble(line -> Double.parseDouble(line.substring(HEAP.length())) / MIB)
                .findFirst()
                .orElseThrow(() -> new IOException("the server tells nothing of its heap"));
    }
}
