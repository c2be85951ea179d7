package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A training whose server is killed with -9 and started again five times leaves the arrays of one in process. */
@Tag("acceptance")
class Service02KilledServerIT {

    private static final String CHIP = "varied?seed=7&mismatch=residual";
    private static final int EPOCHS = 12;
    private static final int KILLS = 5;
    private static final long PATIENCE_S = 300;

    @Test
    @DisplayName("J12 U6 the server killed with -9 and restarted five times")
    void killedFiveTimes() throws Exception {
        long begin = System.nanoTime();
        JsonNode local = Program.train(arguments("emu:" + CHIP));
        Served server = serve(0);
        int port = server.ready().get("port").asInt();
        try {
            Path err = Program.folder("output").resolve("killed-server.txt");
            String[] trained = arguments("grpc://127.0.0.1:" + port);
            String[] command = new String[trained.length + 3];
            command[0] = "train";
            System.arraycopy(trained, 0, command, 1, trained.length);
            command[trained.length + 1] = "--name";
            command[trained.length + 2] = "killed-server";
            Process training = Program.start(err, append(command, "--json"));
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(training));
            int killed = 0;
            for (int kill = 0; kill < KILLS && training.isAlive(); kill++) {
                // one more epoch each time, so that the kills lie within the training
                awaitEpochs(training, 2 * kill + 1);
                server.kill();
                server.close();
                killed++;
                server = serve(port);
            }
            if (!training.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                training.destroyForcibly();
                throw new AssertionError("training did not end: " + Files.readString(err));
            }
            if (training.exitValue() != 0) {
                throw new AssertionError("training exited " + training.exitValue() + ": " + Files.readString(err));
            }
            JsonNode result = new ObjectMapper().readTree(out.get());
            JsonNode counters = result.get("health").get("counters");
            Comparison.assertEqualButLink(path(local), path(result), EPOCHS);
            long repeats = counters.path("program.repeats").asLong();
            Table.row(
                    "service 2",
                    "train yin-yang --target grpc://… --set training.epochs=" + EPOCHS + "; kill -9 of its server",
                    "arrays of the run in process; program.repeats >= 1, " + KILLS + " kills",
                    String.format(
                            Locale.ROOT,
                            "equal; %d kills, link.reconnects=%d, program.repeats=%d",
                            killed,
                            counters.path("link.reconnects").asLong(),
                            repeats),
                    (System.nanoTime() - begin) / 1e9,
                    killed == KILLS && repeats >= 1);
        } finally {
            server.close();
        }
    }

    private static Served serve(int port) throws Exception {
        return Served.start("emulate", "emulate", "--listen", "127.0.0.1:" + port, "--chip", CHIP, "--json");
    }

    private static String[] arguments(String target) {
        return new String[] {"yin-yang", "--target", target, "--threads", "1", "--set", "training.epochs=" + EPOCHS};
    }

    private static String[] append(String[] words, String last) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(JsonNode result) {
        return Path.of(result.get("run").get("path").asText());
    }

    /** Waits until the run has so many lines of metrics, or ends. */
    private static void awaitEpochs(Process training, int epochs) throws Exception {
        while (training.isAlive()) {
            try (var folders = Files.list(Program.runs())) {
                var metrics = folders.filter(
                                folder -> folder.getFileName().toString().startsWith("killed-server_"))
                        .max(Path::compareTo)
                        .map(folder -> folder.resolve("metrics.jsonl"));
                if (metrics.isPresent()
                        && Files.exists(metrics.get())
                        && Files.readAllLines(metrics.get()).size() >= epochs) {
                    return;
                }
            }
            training.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }
}
