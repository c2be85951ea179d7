package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training over gRPC from another process, and with other numbers of threads, leaves the same arrays and metrics. */
@Tag("acceptance")
class Shows04RemoteEqualsLocalIT {

    private static final String CHIP = "varied?seed=7&mismatch=residual";
    private static final String EPOCHS = "training.epochs=3";

    @Test
    @DisplayName("J07 J35 the same run in process, over gRPC, and with 1, 2 and 4 threads")
    void sameArraysAndMetrics() throws Exception {
        long begin = System.nanoTime();
        Process server = Program.start(
                Program.folder("output").resolve("emulate.txt"),
                "emulate",
                "--listen",
                "127.0.0.1:0",
                "--chip",
                CHIP,
                "--json");
        try {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
            JsonNode ready = new ObjectMapper().readTree(lines.readLine());
            String remote = "grpc://127.0.0.1:" + ready.get("port").asInt();

            Path local = run("emu:" + CHIP, "1");
            List<String> compared = new ArrayList<>();
            for (String threads : List.of("2", "4")) {
                Comparison.assertEqualRuns(local, run("emu:" + CHIP, threads), 3);
                compared.add(threads + " threads");
            }
            Comparison.assertEqualRuns(local, run(remote, "1"), 3);
            compared.add("gRPC");
            Table.row(
                    4,
                    "emulate --listen 127.0.0.1:0 --chip '" + CHIP + "' --json; train yin-yang --set " + EPOCHS,
                    "equal arrays and metrics",
                    "equal to 1 thread in process: " + String.join(", ", compared),
                    (System.nanoTime() - begin) / 1e9,
                    true);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static Path run(String target, String threads) {
        JsonNode result = Program.train("yin-yang", "--target", target, "--threads", threads, "--set", EPOCHS);
        return Path.of(result.get("run").get("path").asText());
    }
}
