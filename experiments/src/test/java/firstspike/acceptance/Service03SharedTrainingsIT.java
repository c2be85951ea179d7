package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten users train at once on one shared emulated chip, each with a token, and get what each gets alone. */
@Tag("acceptance")
class Service03SharedTrainingsIT {

    private static final String CHIP = "varied?seed=3&mismatch=residual";
    private static final int USERS = 10;
    private static final int EPOCHS = 5;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "J36 ten trainings at once on one shared chip give the arrays of each alone; waits stay within their bound")
    void sharedTrainings() throws Exception {
        long begin = System.nanoTime();
        Path tokens = folder.resolve("tokens.txt");
        List<Path> tokenFiles = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            tokenFiles.add(token(tokens, "user" + user));
        }
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        JsonNode totals;
        List<JsonNode> alone;
        List<JsonNode> together;
        try (Served server = Served.start(
                "emulate",
                "emulate",
                "--listen",
                "127.0.0.1:0",
                "--chip",
                CHIP,
                "--turn-period",
                "1s",
                "--token-file",
                tokens.toString(),
                "--json")) {
            alone = all(users, user -> train(user, "emu:" + CHIP));
            String shared = server.grpcTarget() + "?shared=one&token_file=";
            together = all(users, user -> train(user, shared + tokenFiles.get(user)));
            totals = server.stop();
        } finally {
            users.shutdownNow();
        }
        for (int user = 0; user < USERS; user++) {
            Comparison.assertEqualButLink(path(alone.get(user)), path(together.get(user)), EPOCHS);
        }
        JsonNode waits = totals.path("waits").path(0);
        double largest = waits.path("largest_wait_ms").asDouble();
        double bound = waits.path("wait_bound_ms").asDouble();
        LongSummaryStatistics turns =
                together.stream().mapToLong(Service03SharedTrainingsIT::turns).summaryStatistics();
        Table.row(
                "service 3",
                USERS + " times train yin-yang --target grpc://…?shared=one&token_file=… at once, --turn-period 1s",
                "arrays of each alone; each has the chip back at least once; largest wait within the bound",
                String.format(
                        Locale.ROOT,
                        "equal; chip had back %d to %d times; largest wait %.0f ms, bound %.0f ms",
                        turns.getMin(),
                        turns.getMax(),
                        largest,
                        bound),
                (System.nanoTime() - begin) / 1e9,
                turns.getMin() > 0 && largest > 0 && largest <= bound);
    }

    private static List<JsonNode> all(ExecutorService users, IntFunction<JsonNode> training) throws Exception {
        List<Callable<JsonNode>> work = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int own = user;
            work.add(() -> training.apply(own));
        }
        List<JsonNode> results = new ArrayList<>();
        for (Future<JsonNode> done : users.invokeAll(work)) {
            results.add(done.get());
        }
        return results;
    }

    private Path token(Path file, String user) throws IOException {
        JsonNode made = Program.run("token", "new", "--user", user, "--file", file.toString(), "--json")
                .succeeded()
                .json();
        Path own = folder.resolve(user + ".token");
        Files.createFile(
                own,
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(own, made.path("token").asText());
    }

    private static JsonNode train(int user, String target) {
        return Program.train(
                "yin-yang",
                "--target",
                target,
                "--set",
                "training.epochs=" + EPOCHS,
                "--set",
                "report.figures=[]",
                "--set",
                "training.seeds.weights_and_batches=" + user,
                "--threads",
                "1",
                // ten programs start at once
                "--connect-patience",
                "60s");
    }

    private static Path path(JsonNode result) {
        return Path.of(result.path("run").path("path").asText());
    }

    /** How often a training had its chip back after others had used it. */
    private static long turns(JsonNode result) {
        return result.path("health").path("counters").path("link.turns").asLong();
    }
}
